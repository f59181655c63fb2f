#include "hub/delivery/folds.hpp"

#include <algorithm>

namespace noroshi::delivery {

void Folds::apply(const v1::Entry& entry) {
  registry_.apply(entry);
  head_ = entry.sequence();
  const auto& body = entry.body();
  for (const auto& range : body.acks_recorded().ranges()) {
    auto& cursor = cursors_[range.subscriber()];
    cursor = std::max<Sequence>(cursor, range.through());
  }
  if (!body.has_alert_accepted()) return;
  alerts_.push_back(entry.sequence());
  const auto& alert = body.alert_accepted();
  const auto reason =
      alert.summary().message_type() == "Cancel" ? v1::Passed::CANCELLED : v1::Passed::SUPERSEDED;
  for (const auto referenced : alert.summary().referenced_sequences())
    fates_[referenced] = {reason, entry.sequence()};
}

std::optional<Sequence> Folds::alert_after(Sequence position) const {
  const auto next = std::upper_bound(alerts_.begin(), alerts_.end(), position);
  if (next == alerts_.end()) return std::nullopt;
  return *next;
}

Sequence Folds::cursor(std::string_view subscriber) const {
  const auto* registered = registry_.subscriber(subscriber);
  const Sequence start = registered == nullptr ? 0 : registered->registered;
  const auto found = cursors_.find(std::string(subscriber));
  return found == cursors_.end() ? start : std::max(start, found->second);
}

std::optional<Fate> Folds::fate(const v1::AlertAccepted& alert, Sequence sequence,
                                std::int64_t accepted_ms, std::int64_t now_ms) const {
  const auto found = fates_.find(sequence);
  if (found != fates_.end()) return found->second;
  if (alert.has_expires_ms() && accepted_ms < alert.expires_ms() && alert.expires_ms() <= now_ms)
    return Fate{v1::Passed::EXPIRED, 0};
  return std::nullopt;
}

}  // namespace noroshi::delivery
