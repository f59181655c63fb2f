#include "hub/view/feed_page.hpp"

#include <algorithm>
#include <utility>

#include "hub/view/view_database.hpp"

namespace noroshi::view {
namespace {

using Order = ViewDatabase::Order;

// When the last of what ended it was accepted.
std::optional<std::int64_t> ended_ms(ViewDatabase& database, const Listed& alert) {
  std::optional<std::int64_t> ended;
  for (const auto& by : {alert.superseded_by, alert.cancelled_by})
    if (const auto at = by ? database.accepted_ms(*by) : std::nullopt)
      ended = std::max(ended.value_or(*at), *at);
  return ended;
}

// Looks on from where it stands; true at the newest alert.
bool look_on(ViewDatabase& database, const registry::Registry& registry,
             const registry::Subscriber& reader, const drills::Channel& channel, Sequence cursor,
             Unread& unread) {
  if (cursor < unread.cursor || cursor > unread.looked_through) unread = {cursor, cursor};
  unread.cursor = cursor;
  std::erase_if(unread.alerts, [&](Sequence alert) { return alert <= cursor; });
  bool newest = true;
  std::size_t looked_at = 0;
  database.each_alert(channel, unread.looked_through, Order::oldest_first, [&](Listed&& alert) {
    newest = ++looked_at <= page_looked_at_max && unread.alerts.size() < page_alerts_max;
    if (!newest) return false;
    unread.looked_through = alert.sequence;
    if (registry.addressed(reader, alert.alert, alert.sequence))
      unread.alerts.push_back(alert.sequence);
    return true;
  });
  return newest;
}

// Adds what lies between the page and the cursor; the page reaches down to that then.
void make_whole(ViewDatabase& database, FeedPage& page, const Unread& unread) {
  for (auto alert = unread.alerts.rbegin(); alert != unread.alerts.rend(); ++alert) {
    if (*alert > page.after) continue;
    if (page.alerts.size() >= page_alerts_max) return;
    auto listed = database.alert(*alert);
    if (!listed) return;
    const auto ended = ended_ms(database, *listed);
    page.alerts.push_back({std::move(*listed), ended});
    page.after = *alert - 1;
  }
  page.after = unread.cursor;
}

}  // namespace

FeedPage read_feed_page(ViewDatabase& database, const registry::Registry& registry,
                        const drills::Channel& channel, const FeedQuery& query, Unread& unread) {
  const auto* reader = query.subscriber ? registry.subscriber(*query.subscriber) : nullptr;
  FeedPage page;
  if (query.subscriber && reader == nullptr) return page;
  const bool upwards = query.after.has_value();
  const auto wanted = std::clamp<std::size_t>(query.limit, 1, page_alerts_max);
  std::vector<Listed> alerts;
  Sequence looked_at_last = 0;
  std::size_t looked_at = 0;
  bool more = false;
  const auto look = [&](Listed&& alert) {
    const bool enough = alerts.size() >= wanted && (upwards || alerts.size() >= page_alerts_max ||
                                                    alert.sequence <= query.whole_after);
    more = enough || looked_at == page_looked_at_max;
    if (more) return false;
    ++looked_at;
    looked_at_last = alert.sequence;
    if (reader == nullptr || registry.addressed(*reader, alert.alert, alert.sequence))
      alerts.push_back(std::move(alert));
    return true;
  };
  if (upwards) {
    database.each_alert(channel, *query.after, Order::oldest_first, look);
    std::reverse(alerts.begin(), alerts.end());
    page.after = *query.after;
    page.older = true;
    page.newer = more;
  } else {
    database.each_alert(channel, query.before.value_or(INT64_MAX), Order::newest_first, look);
    page.after = more ? looked_at_last - 1 : 0;
    page.older = more;
    page.newer = query.before.has_value();
  }
  for (auto& alert : alerts) {
    const auto ended = ended_ms(database, alert);
    page.alerts.push_back({std::move(alert), ended});
  }
  const bool first = reader != nullptr && !upwards && !query.before;
  if (first && page.after > query.whole_after && page.alerts.size() < page_alerts_max &&
      look_on(database, registry, *reader, channel, query.whole_after, unread))
    make_whole(database, page, unread);
  return page;
}

}  // namespace noroshi::view
