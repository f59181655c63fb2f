// How long to wait before trying again: doubling, with jitter so that a thousand receivers do not
// come back in the same instant.
#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace noroshi::subscribers {

// Threading  none inside.
class Backoff {
 public:
  using Duration = std::chrono::milliseconds;

  // `seed` decides the jitter; take it from std::random_device outside tests.
  Backoff(Duration first, Duration most, std::uint64_t seed);

  // Between half the current step and the whole of it; the step doubles up to `most`.
  Duration next();
  void reset();

 private:
  Duration first_;
  Duration most_;
  Duration step_;
  std::mt19937_64 random_;
};

}  // namespace noroshi::subscribers
