// What a subscriber has fetched and not yet acknowledged, by sequence: for outlets that are asked,
// and not sent, in any order and as often as the peer likes.
//
// Bounds     `kept_max` alerts are remembered by their form; of what came late beyond that it is
//            forgotten that it did.
// Threading  none inside: belongs to the shard that owns the subscriber.
#pragma once

#include <cstddef>
#include <map>

#include "hub/delivery/window.hpp"

namespace noroshi::delivery {

class Served {
 public:
  static constexpr std::size_t kept_max = 4096;

  // The first form counts: what was served in time and again when it was over was in time.
  void served(Sequence sequence, Form form);
  // Refused when nothing so new was ever served. `acknowledged` is where the cursor stands.
  Result<Settled> acknowledge(Sequence acknowledged, Sequence through);
  // The newest that was ever served.
  [[nodiscard]] Sequence newest() const { return newest_; }
  // What settles when the peer has shown that it holds everything up to `through`.
  Settled held(Sequence acknowledged, Sequence through);

 private:
  std::map<Sequence, Form> forms_;
  Sequence newest_ = 0;
};

}  // namespace noroshi::delivery
