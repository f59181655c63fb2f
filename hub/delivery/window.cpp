#include "hub/delivery/window.hpp"

#include <algorithm>
#include <cassert>

namespace noroshi::delivery {

Window::Window(std::size_t deliveries_max, Sequence acknowledged)
    : deliveries_max_(deliveries_max), acknowledged_(acknowledged), acknowledgeable_(acknowledged) {
  assert(deliveries_max >= 1);
}

void Window::sent(Sequence sequence, Form form) {
  assert(open());
  assert(outstanding_.empty() || outstanding_.back().sequence < sequence);
  outstanding_.push_back({sequence, form});
  acknowledgeable_ = std::max(acknowledgeable_, sequence);
}

void Window::told(Sequence through) { acknowledgeable_ = std::max(acknowledgeable_, through); }

Result<Settled> Window::acknowledge(Sequence through) {
  if (through > acknowledgeable_)
    return failure(ErrorCode::protocol, "Ack through " + std::to_string(through) +
                                            " beyond what was sent (" +
                                            std::to_string(acknowledgeable_) + ")");
  Settled settled{acknowledged_, std::max(acknowledged_, through), 0, {}};
  while (!outstanding_.empty() && outstanding_.front().sequence <= through) {
    if (outstanding_.front().form == Form::passed)
      settled.passed.push_back(outstanding_.front().sequence);
    else
      ++settled.deliveries;
    outstanding_.pop_front();
  }
  acknowledged_ = settled.through;
  return settled;
}

}  // namespace noroshi::delivery
