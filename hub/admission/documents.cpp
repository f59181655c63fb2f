#include "hub/admission/documents.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "hub/admission/coverage.hpp"
#include "proto/jp/event_life.hpp"
#include "proto/jp/lg_code.hpp"

namespace noroshi::admission {
namespace {

constexpr std::string_view null_report = "evac.none";  // gives way to any order
constexpr char separator = '\x1f';  // in no value: the gate takes no control characters
constexpr std::int64_t for_ever = std::numeric_limits<std::int64_t>::max();

std::string key_of(const v1::AlertAccepted& alert) {
  return alert.channel() + separator + alert.publisher() + separator + alert.summary().document();
}

std::string place(std::string_view channel, std::string_view code) {
  return std::string(channel) + separator + std::string(code);
}

// Every code that a line names a district of.
std::set<std::string_view> codes_of(const v1::AlertAccepted& alert) {
  std::set<std::string_view> codes;
  for (const auto& line : alert.lines())
    for (const auto& district : line.districts()) codes.insert(municipality_of(district));
  return codes;
}

}  // namespace

v1::AlertAccepted Documents::Standing::read() const {
  v1::AlertAccepted alert;
  alert.ParseFromString(lines);
  return alert;
}

void Documents::apply(const v1::Entry& entry) {
  masters_.apply(entry);
  if (!entry.body().has_alert_accepted()) return;
  const auto& alert = entry.body().alert_accepted();
  const auto& summary = alert.summary();
  const bool cancels = summary.message_type() == "Cancel";
  for (const auto referenced : summary.referenced_sequences())
    end(referenced, {entry.sequence(), summary.identifier(), cancels});
  if (cancels || alert.lines().empty()) return;
  if (!summary.document().empty()) {
    auto key = key_of(alert);
    documents_[key] = {entry.sequence(), summary.identifier(), summary.sender(), summary.revision(),
                       false};
    identity_of_newest_[entry.sequence()] = {std::move(key), summary.document()};
  }
  stand(entry.sequence(), alert);
}

void Documents::end(Sequence alert, Ended ended) {
  const auto newest = identity_of_newest_.find(alert);
  if (newest != identity_of_newest_.end()) {
    documents_[newest->second.key].cancelled = ended.cancelled;
    identity_of_newest_.erase(newest);
  }
  const auto stood = standing_.find(alert);
  if (stood != standing_.end()) {
    const auto lines = stood->second.read();
    for (const auto code : codes_of(lines)) {
      const auto there = by_place_.find(place(stood->second.channel, code));
      if (there == by_place_.end()) continue;
      const auto [first, last] =
          std::equal_range(there->second.begin(), there->second.end(), alert);
      there->second.erase(first, last);
      if (there->second.empty()) by_place_.erase(there);
    }
    standing_.erase(stood);
  }
  ended_[alert] = std::move(ended);
}

void Documents::stand(Sequence sequence, const v1::AlertAccepted& alert) {
  thread_local v1::AlertAccepted lines;  // cleared, it holds on to its memory
  lines.Clear();
  std::optional<std::int64_t> orders_until;
  for (const auto& line : alert.lines()) {
    if (line.lift() || line.event() == null_report || !jp::is_state(line.event())) continue;
    *lines.add_lines() = line;
    if (!jp::is_evacuation_order(line.event())) continue;
    const auto until = line.has_expires_ms() ? line.expires_ms() : for_ever;
    orders_until = std::max(orders_until.value_or(until), until);
  }
  if (lines.lines().empty()) return;
  for (const auto code : codes_of(lines))
    by_place_[place(alert.channel(), code)].push_back(sequence);
  standing_[sequence] = {alert.channel(), alert.publisher(), alert.summary().identifier(),
                         orders_until, lines.SerializeAsString()};
}

const Documents::Ended* Documents::ended(Sequence alert) const {
  const auto found = ended_.find(alert);
  return found == ended_.end() ? nullptr : &found->second;
}

const Documents::Document* Documents::document_of(const v1::AlertAccepted& alert) const {
  if (alert.summary().document().empty() || alert.lines().empty()) return nullptr;
  const auto found = documents_.find(key_of(alert));
  return found == documents_.end() ? nullptr : &found->second;
}

const std::string* Documents::document_with(Sequence newest) const {
  const auto found = identity_of_newest_.find(newest);
  return found == identity_of_newest_.end() ? nullptr : &found->second.id;
}

const Documents::Standing* Documents::standing(Sequence alert) const {
  const auto found = standing_.find(alert);
  return found == standing_.end() ? nullptr : &found->second;
}

bool Documents::take_all(const std::vector<Sequence>& alerts, const Take& take) const {
  return std::all_of(alerts.rbegin(), alerts.rend(), [&](Sequence sequence) {
    return take(sequence, standing_.find(sequence)->second);
  });
}

void Documents::for_each_at(const std::string& channel, std::string_view code,
                            const Take& take) const {
  const auto found = by_place_.find(place(channel, code));
  if (found != by_place_.end()) take_all(found->second, take);
}

void Documents::for_each_around(const std::string& channel, std::string_view code,
                                const Take& take) const {
  const auto prefecture = place(channel, code.substr(0, 2));
  const auto whole = [](std::string_view one) {
    return one.size() == 6 && one.substr(2, 3) == "000";
  };
  for (auto there = by_place_.lower_bound(prefecture);
       there != by_place_.end() && there->first.starts_with(prefecture); ++there) {
    const auto other = std::string_view(there->first).substr(channel.size() + 1);
    const bool around =
        whole(code) || whole(other) || jp::covers(code, other) || jp::covers(other, code);
    if (around && !take_all(there->second, take)) return;
  }
}

}  // namespace noroshi::admission
