#include "publishers/client/pace.hpp"

#include <algorithm>
#include <utility>

namespace noroshi::publishers {

std::chrono::milliseconds Pace::next() {
  using Count = std::chrono::milliseconds::rep;
  const auto step = std::exchange(step_, std::min(step_ * 2, most_)).count();
  return std::chrono::milliseconds{std::uniform_int_distribution<Count>(step / 2, step)(random_)};
}

}  // namespace noroshi::publishers
