#include "subscribers/client/backoff.hpp"

#include <algorithm>

namespace noroshi::subscribers {

Backoff::Backoff(Duration first, Duration most, std::uint64_t seed)
    : first_(first), most_(most), step_(first), random_(seed) {}

Backoff::Duration Backoff::next() {
  std::uniform_int_distribution<Duration::rep> within(step_.count() / 2, step_.count());
  const Duration wait{within(random_)};
  step_ = std::min(step_ * 2, most_);
  return wait;
}

void Backoff::reset() { step_ = first_; }

}  // namespace noroshi::subscribers
