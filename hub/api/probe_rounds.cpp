#include "hub/api/probe_rounds.hpp"

#include <algorithm>
#include <string>

#include "hub/api/families.hpp"
#include "hub/config/log.hpp"

namespace noroshi::api {
namespace {

using std::chrono::milliseconds;

void note(const delivery::ProbeReport& report) {
  const auto missing = std::count_if(report.steps.begin(), report.steps.end(),
                                     [](const auto& step) { return !step.arrived; });
  const auto sequence = std::to_string(report.probe);
  if (missing == 0)
    return log::info("probe.finished",
                     {{"probe", sequence}, {"arrived", std::to_string(report.steps.size())}});
  const auto& first = report.steps.front();  // what is missing comes first
  log::warn("probe.missing", {{"probe", sequence},
                              {"missing", std::to_string(missing)},
                              {"subscriber", first.subscriber},
                              {"outlet", std::string(name_of(first.outlet))},
                              {"detail", first.detail}});
}

}  // namespace

void ProbeRounds::start() {
  if (every_.count() == 0) return;
  std::uniform_int_distribution<std::int64_t> within(every_.count() / 2, every_.count());
  next_ = clock_() + milliseconds(within(random_));
  wait();
}

void ProbeRounds::look() {
  const auto now = clock_();
  if (now < next_) return;
  next_ += every_;
  if (next_ <= now) next_ = now + every_;
  begin_();
}

void ProbeRounds::wait() {
  timer_.expires_after(looks_every);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    look();
    wait();
  });
}

void probe_all(delivery::Probes& probes) {
  probes.start(
      {},
      [](const Result<journal::Sequence>& begun) {
        if (!begun) log::warn("probe.not_started", {{"detail", begun.error().detail}});
      },
      note);
}

void add_probes(Families& families, const delivery::ProbeGauges& probes) {
  const auto number = [](const auto& value) { return static_cast<double>(value.load()); };
  families.counter("probes_total", "Probes that ended.", number(probes.finished));
  families.gauge("probe_timestamp_seconds", "When the last probe ended; 0: none has.",
                 number(probes.at_ms) / 1000);
  families.gauge("probe_duration_seconds", "How long its slowest answer took.",
                 number(probes.ms) / 1000);
  families.gauge("probe_steps_arrived", "Outlets of subscribers that answered it.",
                 number(probes.arrived));
  families.gauge("probe_steps_missing", "Connected outlets that did not.", number(probes.missing));
}

}  // namespace noroshi::api
