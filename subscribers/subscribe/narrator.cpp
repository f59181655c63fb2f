#include "subscribers/subscribe/narrator.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstring>
#include <utility>

#include "proto/terminal/printable.hpp"
#include "subscribers/client/facts.hpp"
#include "subscribers/subscribe/witness_voice.hpp"

namespace noroshi::subscribers {

namespace pb = noroshi::v1;
using std::chrono::milliseconds;

namespace {

template <class... Values>
std::string filled(std::string_view pattern, const Values&... values) {
  return fmt::format(fmt::runtime(pattern), values...);
}

std::string seconds(milliseconds duration) {
  return fmt::format("{:.1f} s", static_cast<double>(duration.count()) / 1000.0);
}

std::string_view pattern_of(Fault::Kind kind, const Words& words) {
  switch (kind) {
    case Fault::Kind::name_unknown:
      return words.name_unknown;
    case Fault::Kind::unreachable:
      return words.unreachable;
    case Fault::Kind::timed_out:
      return words.timed_out;
    case Fault::Kind::certificate_untrusted:
      return words.certificate_untrusted;
    case Fault::Kind::certificate_name:
      return words.certificate_name;
    case Fault::Kind::tls:
      return words.tls;
    case Fault::Kind::not_allowed:
      return words.not_allowed;
    case Fault::Kind::busy:
      return words.busy;
    case Fault::Kind::not_a_hub:
      return words.not_a_hub;
    case Fault::Kind::protocol:
      return words.protocol;
    case Fault::Kind::silent:
      return words.silent;
    case Fault::Kind::goodbye:
      return words.goodbye;
    case Fault::Kind::drill_over:
      return words.drill_over;
    case Fault::Kind::cut:
      break;
  }
  return words.cut;
}

}  // namespace

Narrator::Narrator(std::vector<std::string> hub_urls, Speech speech, std::function<void()> on_end)
    : words_(words()),
      hub_urls_(std::move(hub_urls)),
      speech_(speech),
      on_end_(std::move(on_end)),
      verdicts_(hub_urls_.size(), Verdict::consistent),
      not_cosigned_(hub_urls_.size(), false) {}

void Narrator::on_connected(const pb::Welcome& welcome, std::optional<milliseconds> gone) {
  if (gone) say(filled(words_.back, seconds(*gone)));
  say(filled(words_.connected, hub_urls_.at(hub_), welcome.subscriber(), welcome.channel(),
             welcome.environment(), welcome.cursor()));
  if (on_connection_) on_connection_();
}

void Narrator::on_hub(std::size_t hub) {
  last_hub_ = hub_;
  hub_ = hub;
}

void Narrator::on_lost(const Fault& fault, milliseconds retry_in) {
  if (hub_urls_.size() > 1)
    return say(filled(words_.trying_next, hub_urls_[last_hub_], text(fault), hub_urls_[hub_],
                      seconds(retry_in)));
  say(filled(words_.trying_again, text(fault), seconds(retry_in)));
}

void Narrator::on_log_changed(const pb::Welcome& welcome) {
  say(filled(words_.log_changed, welcome.epoch()));
}

void Narrator::on_declined(const pb::Declined& declined) {
  complain(filled(words_.declined, declined.id(), declined.code(), declined.detail()));
}

void Narrator::on_ended(const Ending& ending) {
  const auto end = [&](Exit exit, const std::string& line) {
    exit_ = exit;
    if (!line.empty()) complain(line);
  };
  switch (ending.kind) {
    case Ending::Kind::asked:
    case Ending::Kind::count_reached:
      end(Exit::ok, "");
      break;
    case Ending::Kind::replaced:
      end(Exit::conflict, filled(words_.replaced, ending.detail));
      break;
    case Ending::Kind::suspended:
      end(Exit::refused, filled(words_.suspended, ending.detail));
      break;
    case Ending::Kind::rolled_back:
      end(Exit::conflict, filled(words_.rolled_back, ending.detail));
      break;
    case Ending::Kind::drill_over:  // as was to be expected of it
      end(Exit::ok, filled(words_.drill_over, ending.detail));
      break;
    case Ending::Kind::other_channel:
      end(Exit::conflict, filled(words_.other_channel, ending.detail));
      break;
    case Ending::Kind::not_allowed:
      end(Exit::refused, text(*ending.fault));
      break;
    case Ending::Kind::untrusted:
      end(Exit::failed, text(*ending.fault));
      break;
    case Ending::Kind::store_failed:
      end(terminal::exit_of(ending.error->code), ending.error->detail);
      break;
  }
  on_end_();
}

void Narrator::on_finding(std::size_t hub, const Finding& finding) {
  const bool alarm = contradicts(finding.verdict);
  const bool unwanted = finding.not_cosigned.has_value();
  const bool news = std::exchange(verdicts_.at(hub), finding.verdict) != finding.verdict ||
                    (unwanted && !not_cosigned_.at(hub));
  not_cosigned_.at(hub) = unwanted;
  if (!alarm && !news) return;
  for (const auto& line : finding_lines(hub_urls_.at(hub), finding, fault_text(finding)))
    alarm || finding.trouble || unwanted ? complain(line) : say(line);
}

std::string Narrator::fault_text(const Finding& finding) const {
  return finding.fault ? text(*finding.fault) : std::string();
}

void Narrator::stopping() const { say(std::string(words_.stopping)); }

void Narrator::on_passed_over(const Item& item) {
  const auto& passed = std::get<pb::Passed>(item.content);
  say(filled(words_.passed, item.position.sequence, name(passed.reason())));
}

void Narrator::on_failed_run(const Item& item, Run run, milliseconds retry_in) {
  const auto sequence = item.position.sequence;
  const auto wait = seconds(retry_in);
  switch (run.kind) {
    case Run::Kind::exited:
      return complain(filled(words_.run_exited, sequence, run.number, wait));
    case Run::Kind::killed:
      return complain(filled(words_.run_killed, sequence, run.number, wait));
    case Run::Kind::too_slow:
      return complain(filled(words_.run_too_slow, sequence, wait));
    case Run::Kind::stopped:
    case Run::Kind::not_started:
      return complain(filled(words_.run_not_started, sequence, std::strerror(run.number), wait));
  }
}

std::string Narrator::text(const Fault& fault) const {
  return filled(pattern_of(fault.kind, words_), fault.detail);
}

void Narrator::say(const std::string& line) const {
  if (speech_ == Speech::full) complain(line);
}

void Narrator::complain(const std::string& line) const {
  const auto whole = "noroshi-subscribe: " + terminal::printable(line) + "\n";
  std::fwrite(whole.data(), 1, whole.size(), stderr);
}

}  // namespace noroshi::subscribers
