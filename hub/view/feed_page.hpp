// One page of a feed: alerts newest first, and how much of the log it answers for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/registry/registry.hpp"
#include "hub/view/view.hpp"

namespace noroshi::view {

class ViewDatabase;

// At most 200 alerts are on a page, and 5,000 looked at for one: of a subscriber that is sent few,
// a page may hold less than was asked for and still have a next.
inline constexpr std::size_t page_alerts_max = 200;
inline constexpr std::size_t page_looked_at_max = 5'000;

// What is addressed to a subscriber in (cursor, looked_through], as far as anybody has looked.
struct Unread {
  Sequence cursor = 0;
  Sequence looked_through = 0;
  std::vector<Sequence> alerts = {};  // at most page_alerts_max
};

// `unread` is of the same subscriber in the same channel, from page to page. Where more than can be
// looked at lies between the page and its cursor, a first page goes on looking from there, each
// time a little, until it is whole.
//
// Of `registry` as it is: whom an alert is addressed to does not change once it is accepted.
FeedPage read_feed_page(ViewDatabase& database, const registry::Registry& registry,
                        const drills::Channel& channel, const FeedQuery& query, Unread& unread);

}  // namespace noroshi::view
