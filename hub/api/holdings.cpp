#include "hub/api/holdings.hpp"

#include <mutex>
#include <unordered_map>

namespace noroshi::api {

struct Holdings::State {
  explicit State(std::size_t most) : bytes_max(most) {}

  const std::size_t bytes_max;
  std::mutex mutex;
  std::size_t bytes = 0;
  std::uint64_t refused = 0;
  std::unordered_map<std::string, std::size_t> by_name;

  [[nodiscard]] bool room_for(const std::string& name, std::size_t more, Part part) const {
    if (bytes == 0) return true;
    const bool half = part == Part::first_half || by_name.contains(name);
    const std::size_t most = half ? bytes_max / 2 : bytes_max;
    return more <= most && bytes <= most - more;
  }
  void give_back(const std::string& name, std::size_t less) {
    const std::lock_guard lock(mutex);
    bytes -= less;
    const auto held = by_name.find(name);
    if ((held->second -= less) == 0) by_name.erase(held);
  }
};

Holdings::Holdings(std::size_t bytes_max) : state_(std::make_shared<State>(bytes_max)) {}

Holdings::Place Holdings::take(const std::string& name, std::size_t bytes, Part part) {
  if (bytes == 0) bytes = 1;  // a name is there as long as it holds something
  {
    const std::lock_guard lock(state_->mutex);
    if (!state_->room_for(name, bytes, part)) {
      ++state_->refused;
      return nullptr;
    }
    state_->bytes += bytes;
    state_->by_name[name] += bytes;
  }
  return {state_.get(),
          [state = state_, name, bytes](const void*) { state->give_back(name, bytes); }};
}

std::size_t Holdings::bytes() const {
  const std::lock_guard lock(state_->mutex);
  return state_->bytes;
}

std::uint64_t Holdings::refused() const {
  const std::lock_guard lock(state_->mutex);
  return state_->refused;
}

}  // namespace noroshi::api
