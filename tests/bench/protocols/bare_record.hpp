// What the reference server and its clients say to each other, one record a WebSocket message: this
// head in the machine's own byte order, then `bytes` of alert.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace noroshi::bench {

struct BareRecord {
  enum class Kind : std::uint32_t {
    subscribe = 1,
    publish = 2,  // `sequence` is the publisher's own number; an alert follows
    ack = 3,      // everything through `sequence` is stored
    enter = 4,    // I am the publisher
    welcome = 5,
    alert = 6,    // `sequence` of the log; an alert follows
    accepted = 7  // the alert with the publisher's `sequence` is on disk
  };
  Kind kind = Kind::subscribe;
  std::uint32_t bytes = 0;
  std::uint64_t sequence = 0;

  // `text` holds at least a head.
  static BareRecord from(std::string_view text) {
    BareRecord record;
    std::memcpy(&record, text.data(), sizeof record);
    return record;
  }
  [[nodiscard]] std::string_view head() const {
    return {reinterpret_cast<const char*>(this), sizeof *this};
  }
};
static_assert(sizeof(BareRecord) == 16);

}  // namespace noroshi::bench
