#include "subscribers/subscribe/witness_voice.hpp"

#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "proto/merkle/base64.hpp"
#include "subscribers/client/facts.hpp"
#include "subscribers/subscribe/witness_words.hpp"

namespace noroshi::subscribers {

namespace {

template <class... Values>
std::string phrase(std::string_view pattern, const Values&... values) {
  return fmt::format(fmt::runtime(pattern), values...);
}

std::uint64_t size_of(const std::optional<merkle::Checkpoint>& checkpoint) {
  return checkpoint ? checkpoint->size : 0;
}

std::string origin_in(const std::optional<merkle::Checkpoint>& checkpoint) {
  return checkpoint ? checkpoint->origin : "?";
}

std::string why_unseen(const Finding& finding, const std::string& fault) {
  return finding.trouble ? finding.trouble->detail : fault;
}

std::string headline(const std::string& hub, const Finding& finding, const std::string& fault) {
  const auto& w = witness_words();
  const auto shown = size_of(finding.shown);
  switch (finding.verdict) {
    case Verdict::first:
      if (finding.pinned) return phrase(w.first_pinned, hub, origin_in(finding.shown), shown);
      return phrase(w.first, hub, origin_in(finding.shown), shown, finding.key);
    case Verdict::consistent:
      return phrase(w.consistent, hub, shown);
    case Verdict::rolled_back:
      return phrase(w.rolled_back, hub, shown, size_of(finding.kept));
    case Verdict::split:
      return phrase(w.split, hub, shown, size_of(finding.kept));
    case Verdict::wrong_signature:
      return phrase(w.wrong_signature, hub);
    case Verdict::other_log:
      return phrase(w.other_log, hub, origin_in(finding.shown), origin_in(finding.kept),
                    !finding.kept             ? std::string_view()
                    : finding.by_the_same_key ? w.same_key
                                              : w.another_key);
    case Verdict::unseen:
      break;
  }
  return phrase(w.unseen, hub, why_unseen(finding, fault));
}

// A sentence of the table may be too long for one line of it.
std::string on_one_line(std::string text) {
  for (auto& c : text)
    if (c == '\n') c = ' ';
  return text;
}

boost::json::object object_of(const merkle::Checkpoint& checkpoint) {
  const auto* const bytes = reinterpret_cast<const char*>(checkpoint.root.data());
  return {{"origin", checkpoint.origin},
          {"size", checkpoint.size},
          {"root", merkle::base64({bytes, checkpoint.root.size()})}};
}

}  // namespace

std::vector<std::string> finding_lines(const std::string& hub, const Finding& finding,
                                       const std::string& fault) {
  const auto& w = witness_words();
  std::vector<std::string> lines{on_one_line(headline(hub, finding, fault))};
  if (finding.not_cosigned)
    lines.push_back(phrase(w.not_cosigned, hub, finding.not_cosigned->detail));
  if (!contradicts(finding.verdict)) return lines;
  lines.push_back(finding.trouble ? phrase(w.no_evidence, finding.trouble->detail)
                                  : phrase(w.evidence, finding.evidence.string()));
  if (finding.verdict != Verdict::other_log) lines.emplace_back(w.call);
  return lines;
}

std::string finding_json(const std::string& hub, const Finding& finding, const std::string& fault) {
  boost::json::object object{{"hub", hub},
                             {"verdict", name(finding.verdict)},
                             {"at", rfc3339(std::chrono::system_clock::now())}};
  if (finding.shown)
    for (auto& [member, value] : object_of(*finding.shown)) object[member] = value;
  if (!finding.key.empty()) object["key"] = finding.key;
  if (finding.kept) object["kept"] = object_of(*finding.kept);
  if (!finding.evidence.empty()) object["evidence"] = finding.evidence.string();
  if (finding.trouble || finding.fault) object["detail"] = why_unseen(finding, fault);
  if (finding.cosigned || finding.not_cosigned) object["cosigned"] = finding.cosigned;
  if (finding.not_cosigned) object["detail"] = finding.not_cosigned->detail;
  return boost::json::serialize(object);
}

terminal::Exit exit_of(const Finding& finding) {
  using terminal::Exit;
  if (contradicts(finding.verdict)) return Exit::conflict;
  if (finding.verdict != Verdict::unseen) return Exit::ok;
  if (finding.trouble) return terminal::exit_of(finding.trouble->code);
  const bool refused = finding.fault && finding.fault->kind == Fault::Kind::not_allowed;
  return refused ? Exit::refused : Exit::failed;
}

}  // namespace noroshi::subscribers
