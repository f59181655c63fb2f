#include "hub/in_force/stands_until.hpp"

#include <algorithm>
#include <string_view>

#include "proto/jp/event_life.hpp"

namespace noroshi::in_force {
namespace {

constexpr std::string_view null_report = "evac.none";

// Whether an issue line, or in a plain alert an event, is one of those.
template <class Wanted>
bool says(const v1::AlertAccepted& alert, Wanted wanted) {
  if (!alert.lines().empty())
    return std::any_of(alert.lines().begin(), alert.lines().end(),
                       [&](const auto& line) { return !line.lift() && wanted(line.event()); });
  if (alert.routing().empty()) return false;
  const auto& events = alert.routing(0).events();
  return std::any_of(events.begin(), events.end(), wanted);
}

}  // namespace

std::optional<std::int64_t> stands_until(const v1::OrderLine& line) {
  if (line.lift() || line.event() == null_report) return std::nullopt;
  if (jp::stands_until_lifted(line.event()) || !line.has_expires_ms()) return for_ever;
  return line.expires_ms();
}

std::optional<std::int64_t> stands_until(const v1::AlertAccepted& alert) {
  if (alert.summary().message_type() == "Cancel") return std::nullopt;
  if (alert.lines().empty()) {
    if (is_null_report(alert)) return std::nullopt;
    return alert.has_expires_ms() ? alert.expires_ms() : for_ever;
  }
  std::optional<std::int64_t> last;
  for (const auto& line : alert.lines())
    if (const auto until = stands_until(line)) last = std::max(last.value_or(*until), *until);
  return last;
}

bool is_null_report(const v1::AlertAccepted& alert) {
  return says(alert, [](std::string_view event) { return event == null_report; });
}

bool orders_evacuation(const v1::AlertAccepted& alert) {
  return says(alert, [](std::string_view event) { return jp::is_evacuation_order(event); });
}

}  // namespace noroshi::in_force
