#include "subscribers/client/witness.hpp"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "proto/hexadecimal.hpp"
#include "proto/merkle/hash.hpp"
#include "proto/merkle/proof.hpp"
#include "subscribers/client/consistency_answer.hpp"
#include "subscribers/client/durable_file.hpp"
#include "subscribers/client/facts.hpp"
#include "subscribers/client/hub_call.hpp"
#include "subscribers/client/seen_logs.hpp"

namespace noroshi::subscribers {

namespace {

using merkle::Checkpoint;
using merkle::NoteVerifier;

constexpr std::chrono::milliseconds call_limit{10'000};

// One look at one hub.
class Look {
 public:
  Look(const Witness::Settings& settings, const LinkSettings& hub, const std::stop_token& stop,
       SeenLogs& seen)
      : settings_(settings), hub_(hub), stop_(stop), seen_(seen) {}

  Finding run() {
    auto note = fetch("/v1/audit/checkpoint");
    if (!note) return std::move(finding_);
    note_ = *std::move(note);
    const auto claimed = claim();
    if (!claimed) return contradiction(Verdict::wrong_signature);
    finding_.shown = *claimed;
    kept_ = seen_.log(claimed->origin);
    if (!expected(claimed->origin)) return other_log();
    const auto key = key_of(claimed->origin);
    if (!key) return std::move(finding_);
    finding_.key = key->text();
    if (!signed_by(*key)) return contradiction(Verdict::wrong_signature);
    return compare(*key);
  }

 private:
  // Nothing when there is no answer to go by; the finding says so.
  std::optional<std::string> fetch(const std::string& path) {
    wire::Request request;
    request.method = "GET";
    request.target = path;
    auto answer = call_hub(hub_, std::move(request), call_limit, stop_);
    asked_ = path;
    answer_.clear();
    if (!answer) {
      finding_.fault = std::move(answer.error());
      return std::nullopt;
    }
    answer_ = answer->body;
    if (answer->status == 200) return std::move(answer->body);
    finding_.fault = fault_of_answer(*answer);
    return std::nullopt;
  }

  // What the note says, whoever signed it.
  [[nodiscard]] std::optional<Checkpoint> claim() const {
    const auto blank = note_.rfind("\n\n");
    if (blank == std::string::npos) return std::nullopt;
    const auto read = merkle::read_checkpoint(std::string_view(note_).substr(0, blank + 1));
    return read ? std::optional(*read) : std::nullopt;
  }

  [[nodiscard]] bool expected(const std::string& origin) const {
    if (!settings_.pinned.empty()) return pin_of(origin) != nullptr;
    const auto known = seen_.origin_of(hub_.hub.authority);
    return !known || *known == origin;
  }

  [[nodiscard]] const NoteVerifier* pin_of(const std::string& origin) const {
    const auto pin = std::find_if(settings_.pinned.begin(), settings_.pinned.end(),
                                  [&](const auto& each) { return each.name == origin; });
    return pin == settings_.pinned.end() ? nullptr : &*pin;
  }

  // Given, remembered, or else what the hub names: the first time somebody has to be believed.
  std::optional<NoteVerifier> key_of(const std::string& origin) {
    if (const auto* pin = pin_of(origin)) {
      finding_.pinned = true;
      return *pin;
    }
    if (kept_ != nullptr) return kept_->key;
    auto text = fetch("/v1/audit/key");
    if (!text) return std::nullopt;
    if (text->ends_with('\n')) text->pop_back();
    const auto key = NoteVerifier::read(*text);
    if (key && key->name == origin) return *key;
    finding_.fault = Fault{Fault::Kind::not_a_hub, "/v1/audit/key", std::nullopt};
    return std::nullopt;
  }

  [[nodiscard]] bool signed_by(const NoteVerifier& key) const {
    const std::array verifiers{key};
    return merkle::open_note(note_, verifiers).has_value();
  }

  // A restore keeps the key and gives the log a new name.
  Finding other_log() {
    if (const auto known = seen_.origin_of(hub_.hub.authority)) kept_ = seen_.log(*known);
    if (kept_ != nullptr)
      finding_.by_the_same_key = signed_by(NoteVerifier{finding_.shown->origin, kept_->key.key});
    return contradiction(Verdict::other_log);
  }

  Finding compare(const NoteVerifier& key) {
    if (kept_ == nullptr) return keep(Verdict::first, key);
    const auto& kept = kept_->checkpoint;
    const auto& shown = *finding_.shown;
    if (shown.size < kept.size) return contradiction(Verdict::rolled_back);
    if (shown.size == kept.size)
      return shown.root == kept.root ? keep(Verdict::consistent, key)
                                     : contradiction(Verdict::split);
    if (kept.size == 0) return keep(Verdict::consistent, key);
    return ask_for_proof(key);
  }

  // Who signed a size owes the proof for it: to refuse it is no excuse, to be busy is.
  Finding ask_for_proof(const NoteVerifier& key) {
    const auto& kept = kept_->checkpoint;
    const auto& shown = *finding_.shown;
    const auto answer = fetch("/v1/audit/consistency?from=" + std::to_string(kept.size) +
                              "&to=" + std::to_string(shown.size));
    if (!answer) {
      if (answer_.find("\"query.invalid\"") == std::string::npos) return std::move(finding_);
      finding_.fault.reset();
      return contradiction(Verdict::split);
    }
    const auto proof = consistency_proof_in(*answer);
    if (!proof || !merkle::verify_consistency(kept.size, shown.size, kept.root, shown.root, *proof))
      return contradiction(Verdict::split);
    return keep(Verdict::consistent, key);
  }

  Finding keep(Verdict verdict, const NoteVerifier& key) {
    if (kept_ != nullptr) finding_.kept = kept_->checkpoint;
    const bool known = kept_ != nullptr && kept_->checkpoint == *finding_.shown &&
                       kept_->key.text() == key.text() &&
                       seen_.origin_of(hub_.hub.authority) == key.name;
    if (!known) {
      const auto kept = seen_.keep(hub_.hub.authority, {key, note_, *finding_.shown});
      if (!kept) return trouble(kept.error());
    }
    finding_.verdict = verdict;
    if (settings_.cosigner) cosign();
    return std::move(finding_);
  }

  // Only what is remembered on the disk is signed: nothing else can ever be signed for this log.
  void cosign() {
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(
        std::chrono::system_clock::now().time_since_epoch());
    const auto text = text_of(*finding_.shown);
    wire::Request request;
    request.method = "POST";
    request.target = "/v1/audit/cosignatures";
    request.fields.emplace_back("Content-Type", "text/plain; charset=utf-8");
    request.body =
        text + "\n" + settings_.cosigner->cosign(text, static_cast<std::uint64_t>(now.count()));
    auto answer = call_hub(hub_, std::move(request), call_limit, stop_);
    if (!answer) {
      finding_.not_cosigned = std::move(answer.error());
    } else if (answer->status != 204) {
      finding_.not_cosigned = fault_of_answer(*answer);
    } else {
      finding_.cosigned = true;
    }
  }

  Finding contradiction(Verdict verdict) {
    finding_.verdict = verdict;
    if (kept_ != nullptr) finding_.kept = kept_->checkpoint;
    if (const auto written = write_evidence(); !written) finding_.trouble = written.error();
    return std::move(finding_);
  }

  Finding trouble(const Error& error) {
    finding_.verdict = Verdict::unseen;
    finding_.trouble = error;
    return std::move(finding_);
  }

  // One file for what was remembered and how it is contradicted: a hub that goes on lying fills no
  // disk.
  Result<void> write_evidence() {
    const auto verdict = std::string(name(finding_.verdict));
    const auto kept = kept_ == nullptr ? std::string() : kept_->note;
    const auto origin = finding_.shown ? finding_.shown->origin : std::string();
    const auto digest = merkle::hash_of(hub_.hub.authority + "\n" + origin + "\n" + kept);
    const auto id = hexadecimal({reinterpret_cast<const char*>(digest.data()), 8});
    finding_.evidence = settings_.folder / ("evidence-" + verdict + "-" + id + ".json");
    std::error_code error;
    if (std::filesystem::exists(finding_.evidence, error)) return {};
    boost::json::object said{{"verdict", verdict},
                             {"hub", hub_.hub.authority},
                             {"at", rfc3339(std::chrono::system_clock::now())},
                             {"kept", kept},
                             {"kept_key", kept_ == nullptr ? "" : kept_->key.text()},
                             {"key", finding_.key},
                             {"shown", note_},
                             {"asked", asked_},
                             {"answer", answer_}};
    const auto text = boost::json::serialize(said) + "\n";
    if (auto written = write_durably(finding_.evidence, text); !written) return written;
    return sync_folder(settings_.folder);
  }

  const Witness::Settings& settings_;
  const LinkSettings& hub_;
  const std::stop_token& stop_;
  SeenLogs& seen_;
  const SeenLog* kept_ = nullptr;
  std::string note_, asked_, answer_;
  Finding finding_;
};

}  // namespace

std::string_view name(Verdict verdict) {
  switch (verdict) {
    case Verdict::first:
      return "first";
    case Verdict::consistent:
      return "consistent";
    case Verdict::rolled_back:
      return "rolled_back";
    case Verdict::split:
      return "split";
    case Verdict::wrong_signature:
      return "wrong_signature";
    case Verdict::other_log:
      return "other_log";
    case Verdict::unseen:
      break;
  }
  return "unseen";
}

bool contradicts(Verdict verdict) {
  return verdict == Verdict::rolled_back || verdict == Verdict::split ||
         verdict == Verdict::wrong_signature || verdict == Verdict::other_log;
}

Finding Witness::look(const LinkSettings& hub, const std::stop_token& stop) const {
  // Held from before the hub is asked: what two witnesses on one folder hear stays in order.
  auto seen = SeenLogs::open(settings_.folder, stop);
  if (!seen) {
    Finding finding;
    finding.trouble = seen.error();
    return finding;
  }
  return Look(settings_, hub, stop, *seen).run();
}

}  // namespace noroshi::subscribers
