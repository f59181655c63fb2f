// What is asked about orders in force, and what is answered: values.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/in_force/areas.hpp"
#include "hub/in_force/freshness.hpp"
#include "hub/in_force/lines.hpp"
#include "hub/journal/entry.hpp"

namespace noroshi::in_force {

inline constexpr std::size_t orders_max = 1000;  // of one answer

// One of the two.
struct Question {
  std::optional<std::string> area;  // a code, two digits, or `*`
  std::optional<cap::Point> point;
  enum class Shapes { left_out, wanted } shapes = Shapes::left_out;
};

struct OrderInForce {
  journal::Sequence sequence = 0;
  std::int64_t at_ms = 0;
  v1::AlertAccepted alert;  // see Standing::Held
  std::string publisher_name;
  std::string headline;
  std::vector<OrderedLine> lines;
  // By its shape, or, where it says a code and no shape that could be read, by that.
  enum class Match { code, shape } match = Match::code;
  std::shared_ptr<const Areas> areas;  // when they are wanted; null when they could not be read
};

struct PublisherFreshness {
  std::string publisher;
  std::string name;
  bool suspended = false;
  std::optional<LastWord> last_word;  // nothing: it never said anything about the place
};

struct Answer {
  std::int64_t as_of_ms = 0;
  journal::Sequence through = 0;
  std::vector<OrderInForce> orders;  // highest level first, then newest
  std::size_t left_out = 0;          // beyond orders_max
  // Of a position: orders in force that name neither a shape nor a code that tells whether they
  // hold there.
  std::size_t unplaced = 0;
  std::vector<PublisherFreshness> publishers;  // all that may speak for the place
};

}  // namespace noroshi::in_force
