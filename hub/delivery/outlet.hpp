// The ways that alerts leave by. A subscriber has a cursor for each, in each channel.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace noroshi::delivery {

enum class Outlet : std::size_t { stream, events, webhook, feed, tcp, count_ };
inline constexpr auto outlets = static_cast<std::size_t>(Outlet::count_);

// As subscriptions and the log name them.
inline constexpr std::array<std::string_view, outlets> outlet_names{"stream", "events", "webhook",
                                                                    "feed", "tcp"};

constexpr std::string_view name_of(Outlet outlet) {
  return outlet_names[static_cast<std::size_t>(outlet)];
}

}  // namespace noroshi::delivery
