#include "hub/admission/repeats.hpp"

#include <algorithm>

#include "hub/admission/questions.hpp"
#include "hub/journal/entry.hpp"
#include "proto/jp/codes.hpp"

namespace noroshi::admission {
namespace {

bool is_loud(const v1::RoutingPart& own) {
  if (own.level() > 0) return true;
  return std::any_of(own.events().begin(), own.events().end(), [](const auto& event) {
    const auto* category = jp::category(event);
    return category != nullptr && category->alerting == jp::Alerting::loud;
  });
}

bool counts(const v1::AlertAccepted& alert) {
  return alert.references().empty() && alert.summary().message_type() == "Alert" &&
         !alert.summary().headline().empty() && alert.routing_size() > 0 &&
         is_loud(alert.routing(0));
}

std::string key_of(const v1::AlertAccepted& alert) {
  v1::RoutingPart own = alert.routing(0);
  own.clear_sequence();
  const auto hash =
      journal::content_hash(alert.channel() + '\x1f' + alert.publisher() + '\x1f' +
                            alert.summary().headline() + '\x1f' + own.SerializeAsString());
  return {hash.begin(), hash.begin() + 16};
}

}  // namespace

void Repeats::apply(const v1::Entry& entry) {
  if (!entry.body().has_alert_accepted()) return;
  const auto& alert = entry.body().alert_accepted();
  if (!counts(alert)) return;
  while (!recent_.empty() &&
         (recent_.front().at_ms + window_ms < entry.at_ms() || recent_.size() >= keys_max)) {
    const auto found = times_.find(recent_.front().key);
    found->second.pop_front();
    if (found->second.empty()) times_.erase(found);
    recent_.pop_front();
  }
  auto key = key_of(alert);
  times_[key].push_back(entry.at_ms());
  recent_.push_back({entry.at_ms(), std::move(key)});
}

std::size_t Repeats::before(const v1::AlertAccepted& alert, std::int64_t at_ms) const {
  if (times_.empty() || !counts(alert)) return 0;
  const auto found = times_.find(key_of(alert));
  if (found == times_.end()) return 0;
  return static_cast<std::size_t>(
      std::count_if(found->second.begin(), found->second.end(),
                    [&](std::int64_t earlier) { return earlier + window_ms >= at_ms; }));
}

std::optional<Refusal> repeats_too_often(std::size_t before) {
  if (before < Repeats::asked_max) return std::nullopt;
  return refusal("alert.repeated", "alert.repeated", {std::to_string(before + 1)});
}

}  // namespace noroshi::admission
