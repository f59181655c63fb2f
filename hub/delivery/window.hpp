// What one subscriber has been sent and not yet acknowledged, by sequence.
//
// Invariant  at most `deliveries_max` outstanding; acknowledged() never goes back.
// Threading  none inside: belongs to the shard that owns the subscriber.
#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include "hub/journal/entry.hpp"
#include "proto/result.hpp"

namespace noroshi::delivery {

using journal::Sequence;

enum class Form { delivered, passed };

// What one acknowledgement settled: everything addressed in (after, through].
struct Settled {
  Sequence after = 0;
  Sequence through = 0;
  std::size_t deliveries = 0;
  std::vector<Sequence> passed;
};

class Window {
 public:
  // `deliveries_max` at least 1; `acknowledged` is where the subscriber's cursor stands.
  Window(std::size_t deliveries_max, Sequence acknowledged);

  // False when full: the subscriber is behind, and its cursor simply waits.
  [[nodiscard]] bool open() const { return outstanding_.size() < deliveries_max_; }
  [[nodiscard]] std::size_t deliveries_max() const { return deliveries_max_; }
  [[nodiscard]] std::size_t outstanding() const { return outstanding_.size(); }
  [[nodiscard]] Sequence acknowledged() const { return acknowledged_; }

  void sent(Sequence sequence, Form form);
  // The subscriber was told that all that concerns it up to `through` has been sent.
  void told(Sequence through);

  // Refused when `through` was neither sent nor told: the peer is broken, not late. An
  // acknowledgement of what was acknowledged before settles nothing.
  Result<Settled> acknowledge(Sequence through);

 private:
  struct Outstanding {
    Sequence sequence;
    Form form;
  };
  std::size_t deliveries_max_;
  Sequence acknowledged_;
  Sequence acknowledgeable_;
  std::deque<Outstanding> outstanding_;
};

}  // namespace noroshi::delivery
