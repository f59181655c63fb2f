#include "hub/delivery/probing.hpp"

#include <algorithm>
#include <set>

namespace noroshi::delivery {

void Probing::Open::set(Step& step, State state) {
  if (step.state == State::pending) --missing;
  step.state = state;
  if (step.state == State::pending) ++missing;
}

ProbeReport Probing::Open::report() const {
  ProbeReport report{probe, {}};
  for (std::size_t outlet = 0; outlet < outlets; ++outlet)
    for (const auto& [subscriber, step] : steps[outlet]) {
      const bool away = step.state == State::away;
      if (away && subscribers.empty()) continue;
      const bool arrived = step.state == State::arrived;
      const char* why = arrived ? "" : away ? "not connected" : "no answer in time";
      report.steps.push_back({subscriber, static_cast<Outlet>(outlet), arrived, step.ms, why});
    }
  return report;
}

void Probing::begin(Sequence probe, const v1::ProbeStarted& started, Clock::time_point now) {
  if (open_.size() >= at_once_max) open_.front().began = now - within;
  open_.push_back({probe, now, {started.subscribers().begin(), started.subscribers().end()}});
}

Probing::Sequence Probing::expect(const std::string& subscriber, Outlet outlet) {
  Sequence newest = 0;
  for (auto& open : open_) {
    if (!open.addresses(subscriber)) continue;
    const auto [step, fresh] = open.steps[static_cast<std::size_t>(outlet)].try_emplace(subscriber);
    if (fresh) ++open.missing;
    if (step->second.state == State::arrived) continue;
    open.set(step->second, State::pending);
    newest = open.probe;
  }
  return newest;
}

void Probing::away(const std::string& subscriber, Outlet outlet) {
  for (auto& open : open_) {
    if (!open.addresses(subscriber)) continue;
    const auto [step, fresh] = open.steps[static_cast<std::size_t>(outlet)].try_emplace(subscriber);
    if (fresh) ++open.missing;
    if (step->second.state == State::pending) open.set(step->second, State::away);
  }
}

void Probing::acknowledged(const std::string& subscriber, Outlet outlet, Sequence through,
                           Clock::time_point now) {
  for (auto& open : open_) {
    if (open.probe > through) continue;
    auto& steps = open.steps[static_cast<std::size_t>(outlet)];
    const auto step = steps.find(subscriber);
    if (step == steps.end() || step->second.state != State::pending) continue;
    open.set(step->second, State::arrived);
    step->second.ms = static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(now - open.began).count());
  }
}

std::vector<std::pair<std::string, Outlet>> Probing::pending() const {
  std::set<std::pair<std::string, Outlet>> pending;
  for (const auto& open : open_)
    for (std::size_t outlet = 0; outlet < outlets; ++outlet)
      for (const auto& [subscriber, step] : open.steps[outlet])
        if (step.state == State::pending) pending.emplace(subscriber, static_cast<Outlet>(outlet));
  return {pending.begin(), pending.end()};
}

std::vector<ProbeReport> Probing::take_finished(Clock::time_point now) {
  std::vector<ProbeReport> finished;
  std::erase_if(open_, [&](const Open& open) {
    const bool over = open.missing == 0 || now - open.began >= within;
    if (over) finished.push_back(open.report());
    return over;
  });
  return finished;
}

}  // namespace noroshi::delivery
