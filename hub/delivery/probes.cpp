#include "hub/delivery/probes.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace noroshi::delivery {
namespace {

bool more_telling(const ProbeStep& left, const ProbeStep& right) {
  if (left.arrived != right.arrived) return !left.arrived;
  if (left.ms != right.ms) return left.ms > right.ms;
  if (left.subscriber != right.subscriber) return left.subscriber < right.subscriber;
  return left.outlet < right.outlet;
}

v1::EntryBody entry_of(const ProbeReport& whole) {
  v1::EntryBody body;
  auto& finished = *body.mutable_probe_finished();
  finished.set_probe(whole.probe);
  for (const auto& step : whole.steps) {
    if (step.arrived) finished.set_arrived(finished.arrived() + 1);
    if (finished.steps_size() == static_cast<int>(Probes::entry_steps_max)) continue;
    auto& told = *finished.add_steps();
    told.set_subscriber(step.subscriber);
    told.set_outlet(std::string(name_of(step.outlet)));
    told.set_arrived(step.arrived);
    told.set_ms(step.ms);
    told.set_detail(step.detail);
  }
  return body;
}

}  // namespace

void Probes::start(const std::vector<std::string>& subscribers, const Begun& begun,
                   const Ended& ended) {
  {
    const std::lock_guard lock(mutex_);
    if (under_way_ >= Probing::at_once_max)
      return begun(failure(ErrorCode::unavailable, "too many probes are under way"));
    ++under_way_;
  }
  journal::Proposal proposal;
  auto& started = *proposal.body.mutable_probe_started();
  started.mutable_subscribers()->Add(subscribers.begin(), subscribers.end());
  const auto submitted = journal_.submit(
      std::move(proposal), [this, begun, ended, subscribers](const journal::Outcome& outcome) {
        const auto* committed = std::get_if<journal::Committed>(&outcome);
        if (committed == nullptr) return refuse(begun, "the probe could not be recorded");
        const auto probe = committed->stored->sequence;
        begun(probe);
        {
          const std::lock_guard lock(mutex_);
          gathering_[probe].ended = ended;
        }
        for (const auto& begin : joined_) begin(probe, subscribers);
        report({probe, {}});  // ours: nothing ends before it is known whom to tell
      });
  if (!submitted) refuse(begun, submitted.error().detail);
}

void Probes::refuse(const Begun& begun, const std::string& detail) {
  {
    const std::lock_guard lock(mutex_);
    --under_way_;
  }
  begun(failure(ErrorCode::unavailable, detail));
}

void Probes::report(ProbeReport report) {
  Gathering complete;
  {
    const std::lock_guard lock(mutex_);
    auto& gathering = gathering_[report.probe];
    std::move(report.steps.begin(), report.steps.end(), std::back_inserter(gathering.steps));
    if (++gathering.reports < reporters_ + joined_.size() + 1) return;
    complete = std::move(gathering);
    gathering_.erase(report.probe);
    --under_way_;
  }
  finish(report.probe, std::move(complete));
}

void Probes::finish(journal::Sequence probe, Gathering gathered) {
  ProbeReport whole{probe, std::move(gathered.steps)};
  std::sort(whole.steps.begin(), whole.steps.end(), more_telling);
  count(whole);
  journal::Proposal proposal;
  proposal.body = entry_of(whole);
  const auto submitted =
      journal_.submit(std::move(proposal),
                      [whole, ended = gathered.ended](const journal::Outcome&) { ended(whole); });
  if (!submitted) gathered.ended(std::move(whole));
}

void Probes::count(const ProbeReport& whole) {
  std::uint64_t arrived = 0;
  std::uint32_t slowest = 0;
  for (const auto& step : whole.steps) {
    if (step.arrived) ++arrived;
    slowest = std::max(slowest, step.ms);
  }
  gauges_.ms = slowest;
  gauges_.arrived = arrived;
  gauges_.missing = whole.steps.size() - arrived;
  gauges_.at_ms = clock_();
  ++gauges_.finished;
}

}  // namespace noroshi::delivery
