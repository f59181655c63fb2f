#include "hub/outlets/feed_heartbeat.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "proto/cap/instant.hpp"
#include "proto/cap/writer.hpp"

namespace noroshi::outlets {
namespace {

constexpr const char* note = "GET /v1/references/{sender},{identifier},{sent}";

}  // namespace

RecentAlert recent_alert(journal::Sequence sequence, const v1::AlertAccepted& alert) {
  const auto& summary = alert.summary();
  return {sequence, summary.sender() + "," + summary.identifier() + "," + alert.sent()};
}

void remember(std::deque<RecentAlert>& recent, RecentAlert alert) {
  const auto at = std::lower_bound(
      recent.begin(), recent.end(), alert.sequence,
      [](const RecentAlert& known, journal::Sequence wanted) { return known.sequence < wanted; });
  if (at != recent.end() && at->sequence == alert.sequence) return;
  recent.insert(at, std::move(alert));
  if (recent.size() > recent_alerts_max) recent.pop_front();
}

std::string feed_heartbeat(const std::string& sender, std::uint64_t epoch,
                           journal::Sequence through, std::int64_t now_ms,
                           const std::deque<RecentAlert>& recent) {
  cap::Alert alert;
  alert.identifier = fmt::format("noroshi-heartbeat-{}-{}-{}", epoch, through, now_ms);
  alert.sender = sender;
  alert.sent = cap::cap_datetime(now_ms);
  alert.status = "System";
  alert.msg_type = "Alert";
  alert.source = "noroshi";
  alert.scope = "Public";
  alert.note = note;
  std::string references;
  for (const auto& earlier : recent)
    references.append(references.empty() ? "" : " ").append(earlier.reference);
  if (!references.empty()) alert.references = references;
  return cap::write(alert);
}

}  // namespace noroshi::outlets
