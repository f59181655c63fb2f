#include "hub/delivery/served.hpp"

#include <algorithm>
#include <string>

namespace noroshi::delivery {

void Served::served(Sequence sequence, Form form) {
  newest_ = std::max(newest_, sequence);
  if (forms_.size() < kept_max) forms_.try_emplace(sequence, form);
}

Result<Settled> Served::acknowledge(Sequence acknowledged, Sequence through) {
  if (through > std::max(newest_, acknowledged))
    return failure(ErrorCode::protocol, std::to_string(through) + " was not served yet");
  return held(acknowledged, through);
}

Settled Served::held(Sequence acknowledged, Sequence through) {
  newest_ = std::max(newest_, through);
  Settled settled{acknowledged, std::max(acknowledged, through), 0, {}};
  const auto end = forms_.upper_bound(settled.through);
  for (auto at = forms_.begin(); at != end; ++at) {
    if (at->first <= acknowledged) continue;
    if (at->second == Form::passed)
      settled.passed.push_back(at->first);
    else
      ++settled.deliveries;
  }
  forms_.erase(forms_.begin(), end);
  return settled;
}

}  // namespace noroshi::delivery
