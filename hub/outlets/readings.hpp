// Deliveries in JSON and the readings of alerts, made on a thread of their own: it takes parsing
// XML, which must neither stall a shard or the journal nor delay the admission of the next alert.
//
// Idle while nobody speaks JSON. Each delivery is made once for all shards, as long as it is among
// the last ones made.
//
// Bounds     1,024 deliveries with 64 MiB of documents and 64 readings with 16 MiB wait at most, at
//            least one of each however large; of the deliveries made, the newest are kept up to
//            16 MiB. A waiting delivery goes before a waiting reading.
// Threading  any thread. Answers are called on the readings' thread and must only post.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "hub/journal/entry.hpp"
#include "proto/wire/frame.hpp"

namespace noroshi::outlets {

class Readings {
 public:
  Readings();
  ~Readings();
  Readings(const Readings&) = delete;
  Readings& operator=(const Readings&) = delete;

  // False when the queue is full or all has ended: `answer` is never called.
  using Made = std::function<void(wire::Frame)>;
  [[nodiscard]] bool delivery(journal::StoredPtr stored, Made answer);
  // The JSON of noroshi.v1.Reading; empty when there are no bytes to read it from.
  using Read = std::function<void(std::string)>;
  [[nodiscard]] bool reading(journal::StoredPtr stored, Read answer);

  // What waits now, and what found no room since the start. A delivery that finds none is asked for
  // again by its shard.
  struct Gauges {
    std::size_t deliveries = 0, readings = 0, bytes = 0;
    std::uint64_t readings_refused = 0;
  };
  [[nodiscard]] Gauges gauges() const;

  // What waits is dropped; returns when no answer will be called any more. Idempotent.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace noroshi::outlets
