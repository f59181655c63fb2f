#include "hub/in_force/freshness.hpp"

#include <algorithm>

#include "hub/drills/channel.hpp"
#include "hub/in_force/standing.hpp"
#include "hub/in_force/stands_until.hpp"

namespace noroshi::in_force {

void Freshness::apply(const v1::Entry& entry) {
  if (!entry.body().has_alert_accepted()) return;
  const auto& alert = entry.body().alert_accepted();
  if (alert.channel() != channel_ || !drills::Channel::of(alert).carries(alert)) return;
  if (alert.routing().empty()) return;
  const bool cancels = alert.summary().message_type() == "Cancel";
  const bool orders = !cancels && orders_evacuation(alert);
  const bool none = !cancels && !orders && is_null_report(alert);
  auto& places = said_[alert.publisher()];
  const auto say = [&](const std::string& code) {
    auto& word = places[code];
    word.sequence = entry.sequence();
    word.at_ms = entry.at_ms();
    if (orders) word.null_report_ms.reset();
    if (none) word.null_report_ms = entry.at_ms();
  };
  for (const auto& code : alert.routing(0).area_codes()) say(code);
  if (alert.routing(0).area_codes().empty()) say("");
}

std::optional<LastWord> Freshness::last_word(const std::string& publisher,
                                             std::string_view area) const {
  const auto places = said_.find(publisher);
  if (places == said_.end()) return std::nullopt;
  std::optional<LastWord> last;
  std::optional<std::int64_t> none_since;  // the oldest of them all
  bool none_everywhere = true;
  for (const auto& [code, word] : places->second) {
    if (!concerns(area, code)) continue;
    if (!last || word.sequence > last->sequence) last = word;
    none_everywhere = none_everywhere && word.null_report_ms;
    if (none_everywhere) none_since = std::min(none_since.value_or(for_ever), *word.null_report_ms);
  }
  if (last) last->null_report_ms = none_everywhere ? none_since : std::nullopt;
  return last;
}

}  // namespace noroshi::in_force
