// One page of a feed: alerts newest first, and how much of the log it answers for.
#pragma once

#include <cstdint>
#include <functional>
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

// Of `registry` as it is: whom an alert is addressed to does not change once it is accepted.
FeedPage read_feed_page(ViewDatabase& database, const registry::Registry& registry,
                        const drills::Channel& channel, const FeedQuery& query);

}  // namespace noroshi::view
