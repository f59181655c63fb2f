#include "hub/in_force/standing.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "hub/drills/channel.hpp"
#include "hub/in_force/stands_until.hpp"
#include "proto/jp/lg_code.hpp"

namespace noroshi::in_force {
namespace {

constexpr std::int64_t kept_after_its_end_ms = std::int64_t{24} * 60 * 60 * 1000;

bool is_whole_prefecture(std::string_view code) {
  return code.size() == 6 && code.substr(2, 3) == "000";
}

// What an answer is made of, serialised. Only what the log in short has, too.
std::string kept_of(const v1::AlertAccepted& alert) {
  thread_local v1::AlertAccepted kept;  // cleared, it holds on to its memory
  kept.Clear();
  kept.set_publisher(alert.publisher());
  kept.set_update_kind(alert.update_kind());
  drills::Channel::of(alert).mark(kept);
  auto& summary = *kept.mutable_summary();
  summary.set_status(alert.summary().status());
  summary.set_identifier(alert.summary().identifier());
  summary.set_sender(alert.summary().sender());
  summary.set_revision(alert.summary().revision());
  summary.set_level(alert.summary().level());
  if (!alert.lines().empty()) summary.set_document(alert.summary().document());
  *kept.mutable_lines() = alert.lines();
  if (alert.routing_size() > 0) *kept.add_routing() = alert.routing(0);
  if (alert.has_expires_ms()) kept.set_expires_ms(alert.expires_ms());
  return kept.SerializeAsString();
}

std::vector<std::string> codes_of(const v1::AlertAccepted& alert) {
  if (alert.routing().empty() || alert.routing(0).area_codes().empty()) return {""};
  const auto& codes = alert.routing(0).area_codes();
  return {codes.begin(), codes.end()};
}

}  // namespace

bool concerns(std::string_view area, std::string_view code) {
  if (area == "*" || area == code || jp::covers(area, code) || jp::covers(code, area)) return true;
  return (is_whole_prefecture(code) || is_whole_prefecture(area)) &&
         area.substr(0, 2) == code.substr(0, 2);
}

v1::AlertAccepted Standing::Held::read() const {
  v1::AlertAccepted read;
  read.ParseFromString(alert);
  return read;
}

void Standing::apply(const v1::Entry& entry) {
  if (!entry.body().has_alert_accepted()) return;
  const auto& alert = entry.body().alert_accepted();
  if (alert.channel() != channel_ || !drills::Channel::of(alert).carries(alert)) return;
  for (const auto referenced : alert.summary().referenced_sequences()) end(referenced);
  const auto until = stands_until(alert);
  if (!until) return;
  auto& held = held_[entry.sequence()];
  held = {entry.at_ms(), *until, codes_of(alert), kept_of(alert)};
  if (*until != for_ever) by_end_.emplace(*until, entry.sequence());
  for (const auto& code : held.codes) {
    auto& there = by_code_[code];
    if (there.empty() || there.back() != entry.sequence()) there.push_back(entry.sequence());
  }
}

void Standing::end(Sequence alert) {
  const auto held = held_.find(alert);
  if (held == held_.end()) return;
  for (const auto& code : held->second.codes) {
    const auto there = by_code_.find(code);
    if (there == by_code_.end()) continue;
    const auto [first, last] = std::equal_range(there->second.begin(), there->second.end(), alert);
    there->second.erase(first, last);
    if (there->second.empty()) by_code_.erase(there);
  }
  if (held->second.until_ms != for_ever) by_end_.erase({held->second.until_ms, alert});
  held_.erase(held);
}

const Standing::Held* Standing::find(Sequence alert) const {
  const auto found = held_.find(alert);
  return found == held_.end() ? nullptr : &found->second;
}

std::vector<Sequence> Standing::at(std::string_view area, std::int64_t now_ms) const {
  std::set<Sequence, std::greater<>> found;
  const auto prefix = area == "*" ? std::string_view() : area.substr(0, 2);
  for (auto there = by_code_.lower_bound(prefix);
       there != by_code_.end() && there->first.starts_with(prefix); ++there)
    if (concerns(area, there->first)) found.insert(there->second.begin(), there->second.end());
  std::vector<Sequence> standing;
  for (const auto sequence : found)
    if (held_.find(sequence)->second.until_ms > now_ms) standing.push_back(sequence);
  return standing;
}

std::vector<Sequence> Standing::all() const {
  std::vector<Sequence> all;
  for (const auto& [sequence, held] : held_) all.push_back(sequence);
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<Sequence> Standing::forget(std::int64_t now_ms) {
  std::vector<Sequence> forgotten;
  while (!by_end_.empty() && by_end_.begin()->first < now_ms - kept_after_its_end_ms) {
    forgotten.push_back(by_end_.begin()->second);
    end(forgotten.back());
  }
  return forgotten;
}

}  // namespace noroshi::in_force
