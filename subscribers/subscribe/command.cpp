#include "subscribers/subscribe/command.hpp"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "subscribers/client/facts.hpp"

namespace noroshi::subscribers {

namespace pb = noroshi::v1;
using std::chrono::milliseconds;

namespace {

std::vector<std::string> environment_with(const Item& item) {
  std::vector<std::string> all;
  for (char** at = environ; *at != nullptr; ++at) {
    const std::string_view entry(*at);
    if (!entry.starts_with("NOROSHI_")) all.emplace_back(entry);
  }
  for (const auto& [name, value] : variables(item)) all.push_back(name + "=" + value);
  return all;
}

}  // namespace

Command::Command(Settings settings, std::stop_token stop, Watcher& watcher)
    : settings_(std::move(settings)), stop_(std::move(stop)), watcher_(watcher) {}

Result<void> Command::begin(const pb::Welcome&) { return {}; }

Result<void> Command::settle(const Position&) { return {}; }

Result<void> Command::take(const Item& item) {
  if (!std::holds_alternative<pb::Delivery>(item.content)) {
    watcher_.on_passed_over(item);
    return {};
  }
  for (auto step = settings_.retry_first;; step = std::min(step * 2, settings_.retry_most)) {
    const auto ended = run(item);
    if (ended.good()) return {};
    watcher_.on_failed_run(item, ended, step);
    if (!wait(step)) return failure(ErrorCode::closed, "stopped before the command had succeeded");
  }
}

Run Command::run(const Item& item) const {
  return process::run({settings_.arguments, environment_with(item),
                       std::get<pb::Delivery>(item.content).cap_xml(), settings_.limit});
}

bool Command::wait(milliseconds duration) {
  std::unique_lock lock(mutex_);
  waiting_.wait_for(lock, stop_, duration, [] { return false; });
  return !stop_.stop_requested();
}

}  // namespace noroshi::subscribers
