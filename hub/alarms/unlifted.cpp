#include "hub/alarms/unlifted.hpp"

#include "hub/drills/channel.hpp"
#include "hub/in_force/stands_until.hpp"

namespace noroshi::alarms {

void Unlifted::apply(const v1::Entry& entry) {
  if (!entry.body().has_alert_accepted()) return;
  const auto& alert = entry.body().alert_accepted();
  if (!drills::Channel::of(alert).carries(alert)) return;
  for (const auto referenced : alert.summary().referenced_sequences()) {
    const auto known = orders_.find(referenced);
    if (known != orders_.end() && known->second.drill == alert.drill()) end(referenced);
  }
  const v1::OrderLine* first = nullptr;
  for (const auto& line : alert.lines()) {
    if (!line.has_expires_ms() || in_force::stands_until(line) != in_force::for_ever) continue;
    if (first == nullptr || line.expires_ms() < first->expires_ms()) first = &line;
  }
  if (first == nullptr) return;
  orders_[entry.sequence()] = {entry.sequence(), alert.publisher(), alert.drill(), first->event(),
                               first->expires_ms()};
  by_end_.emplace(first->expires_ms(), entry.sequence());
}

void Unlifted::end(journal::Sequence sequence) {
  const auto order = orders_.find(sequence);
  by_end_.erase({order->second.ended_ms, sequence});
  orders_.erase(order);
}

std::vector<UnliftedOrder> Unlifted::at(std::int64_t now_ms) const {
  std::vector<UnliftedOrder> ended;
  for (const auto& [ended_ms, sequence] : by_end_) {
    if (ended_ms > now_ms) break;
    ended.push_back(orders_.at(sequence));
  }
  return ended;
}

}  // namespace noroshi::alarms
