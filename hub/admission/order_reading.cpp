#include "hub/admission/order_reading.hpp"

#include "proto/jp/order.hpp"

namespace noroshi::admission {

void read_order(const cap::Alert& alert, v1::AlertAccepted& accepted) {
  const auto order = jp::read(alert);
  if (!order) return;
  accepted.set_update_kind(order->update_kind);
  for (const auto& line : order->lines) {
    auto& kept = *accepted.add_lines();
    kept.set_event(line.event);
    kept.set_hazard(line.hazard);
    kept.set_lift(line.direction == jp::Direction::lift);
    kept.set_level(line.level);
    for (const auto& district : line.districts) kept.add_districts(district);
    if (line.onset_ms) kept.set_onset_ms(*line.onset_ms);
    if (line.expires_ms) kept.set_expires_ms(*line.expires_ms);
  }
  for (const auto& flag : order->unknown) accepted.mutable_summary()->add_flags(flag);
}

}  // namespace noroshi::admission
