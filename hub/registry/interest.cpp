#include "hub/registry/interest.hpp"

#include <algorithm>

#include "hub/journal/entry.hpp"

namespace noroshi::registry {
namespace {

constexpr std::uint32_t unknown_level_counts_as = 5;
constexpr std::uint32_t level_max = 5;

bool contains(const std::vector<std::uint32_t>& numbers, std::uint32_t wanted) {
  return std::find(numbers.begin(), numbers.end(), wanted) != numbers.end();
}

// A prefix ends at a word border: `evac` takes evac.l4, not evacuation.
bool has_prefix(std::string_view event, std::string_view prefix) {
  if (!event.starts_with(prefix)) return false;
  return event.size() == prefix.size() || prefix.ends_with('.') || event[prefix.size()] == '.';
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

// A code that cannot be read reaches only subscriptions to all.
Reach::Reach(const v1::RoutingPart& part) : part_(part) {
  for (const auto& code : part.area_codes()) {
    const auto place = jp::place(code);
    if (!place) continue;
    prefectures_.set(place->prefecture());
    if (place->whole_prefecture()) whole_.set(place->prefecture());
    places_.push_back(place->number);
    if (place->designated_city != 0) cities_.push_back(place->designated_city);
  }
}

bool Reach::includes(const jp::Place& place) const {
  return whole_.test(place.prefecture()) || contains(places_, place.number) ||
         contains(cities_, place.number) ||
         (place.designated_city != 0 && contains(places_, place.designated_city));
}

std::uint64_t polygon_name(std::string_view well_known_binary) {
  const auto hash = journal::content_hash(well_known_binary);
  std::uint64_t name = 0;
  for (std::size_t i = 0; i < sizeof(name); ++i)
    name = name << 8 | static_cast<unsigned char>(hash[i]);
  return name;
}

Interest::Interest(std::uint32_t number, const v1::SubscriberRegistered& registered)
    : number_(number),
      events_(registered.events().begin(), registered.events().end()),
      min_level_(registered.min_level()) {
  if (!registered.polygon().empty()) polygon_ = polygon_name(registered.polygon());
  for (const auto& area : registered.areas()) {
    if (area == "*") {
      everywhere_ = true;
    } else if (area.size() == 2 && is_digit(area[0]) && is_digit(area[1])) {
      const auto prefecture = static_cast<std::size_t>((area[0] - '0') * 10 + (area[1] - '0'));
      whole_.set(prefecture);
      prefectures_.set(prefecture);
    } else if (const auto place = jp::place(area)) {
      places_.push_back(*place);
      prefectures_.set(place->prefecture());
    }
  }
}

bool Interest::wants_area(const Reach& reach) const {
  if (everywhere_) return true;
  if ((prefectures_ & reach.prefectures_).none()) return false;
  return (whole_ & reach.prefectures_).any() ||
         std::any_of(places_.begin(), places_.end(),
                     [&](const auto& place) { return reach.includes(place); });
}

bool Interest::wants_event(const Reach& reach) const {
  if (events_.empty()) return true;
  const auto& events = reach.part_.events();
  return std::any_of(events_.begin(), events_.end(), [&](const auto& prefix) {
    return std::any_of(events.begin(), events.end(),
                       [&](const auto& event) { return has_prefix(event, prefix); });
  });
}

// Drops only an alert that states a lower level.
bool Interest::wants_level(const Reach& reach) const {
  const auto stated = reach.part_.level();
  if (stated == 0) return true;
  return (stated > level_max ? unknown_level_counts_as : stated) >= min_level_;
}

// Drops only an alert that is drawn, and elsewhere.
bool Interest::wants_place(const Reach& reach) const {
  if (!polygon_ || !reach.part_.drawn()) return true;
  const auto& touched = reach.part_.polygons();
  return std::find(touched.begin(), touched.end(), *polygon_) != touched.end();
}

}  // namespace noroshi::registry
