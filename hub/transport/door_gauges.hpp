// What a door counts of its own work.
#pragma once

#include <cstddef>
#include <cstdint>

namespace noroshi::transport {

struct DoorGauges {
  // Now.
  std::size_t handshaking = 0;
  std::size_t reading = 0;  // an idle one too
  std::size_t handling = 0;
  std::size_t answering = 0;
  std::size_t closing = 0;
  std::size_t strangers = 0;  // of all these: who has not shown who they are
  [[nodiscard]] std::size_t connections() const {
    return handshaking + reading + handling + answering + closing;
  }
  // Since the start.
  std::uint64_t accepted = 0;
  std::uint64_t evicted = 0;              // strangers that made room
  std::uint64_t refused_strangers = 0;    // closed at once: too many strangers
  std::uint64_t refused_descriptors = 0;  // closed at once: too few descriptors left
  std::uint64_t refused_identity = 0;     // answered 429: too many connections of one identity
  std::uint64_t pauses = 0;               // accepting stopped: the door or the process was full
  struct Handshakes {
    std::uint64_t done = 0, slow = 0, ended = 0, failed = 0, cancelled = 0;
  } handshakes;
};

}  // namespace noroshi::transport
