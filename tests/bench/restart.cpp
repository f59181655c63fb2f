#include "tests/bench/restart.hpp"

#include <boost/json.hpp>
#include <iostream>
#include <utility>

namespace noroshi::bench {
namespace {

constexpr double setup_seconds_max = 180;

// Publishes at fixed times; what is late because nobody can take it keeps its time.
class Metronome {
 public:
  Metronome(Crowd& crowd, double alerts_a_second)
      : crowd_(crowd), step_(std::chrono::duration<double>(1 / alerts_a_second)) {}

  void serve() {
    crowd_.serve_until(0.005, [this] { return Clock::now() >= due_ && crowd_.may_publish(); });
    while (Clock::now() >= due_ && crowd_.may_publish()) {
      crowd_.publish();
      late_.push_back(milliseconds_between(due_, Clock::now()));
      due_ += std::chrono::duration_cast<Clock::duration>(step_);
    }
  }
  // By alert, how much later than its time it was published.
  [[nodiscard]] const std::vector<double>& late() const { return late_; }

 private:
  Crowd& crowd_;
  std::chrono::duration<double> step_;
  Time due_ = Clock::now();
  std::vector<double> late_;
};

void tell_accepted(boost::json::object& figures, const Ledger& ledger,
                   const std::vector<double>& late, Time lost, Time back) {
  std::vector<double> times;
  for (std::size_t i = 0; i < late.size(); ++i) {
    const auto& alert = ledger.alerts()[i];
    const auto lateness = std::chrono::duration<double, std::milli>(late[i]);
    const auto due = alert.published - std::chrono::duration_cast<Clock::duration>(lateness);
    // An alert under way when the hub died counts, too.
    if (!alert.accepted || *alert.accepted < lost || due > back) continue;
    times.push_back(milliseconds_between(due, *alert.accepted));
  }
  figures["alerts_meanwhile"] = times.size();
  figures["accepted_p50_ms"] = percentile(times, 50);
  figures["accepted_p99_ms"] = percentile(times, 99);
  figures["accepted_max_ms"] = percentile(times, 100);
}

}  // namespace

void run_restart(const RestartOptions& options, Credentials credentials) {
  Crowd crowd(options.crowd, std::move(credentials));
  crowd.connect(setup_seconds_max);
  crowd.begin_phase(Ledger::Ends::delivered);
  Metronome metronome(crowd, options.alerts_a_second);
  const auto begun = Clock::now();
  const auto in_time = [&] { return seconds_between(begun, Clock::now()) < options.seconds_max; };
  while (seconds_between(begun, Clock::now()) < options.seconds_before) metronome.serve();
  std::cout << "ready" << std::endl;

  while (crowd.all_ready() && in_time()) metronome.serve();
  const auto lost = Clock::now();
  while (!crowd.all_ready() && in_time()) metronome.serve();
  const auto back = Clock::now();
  if (!crowd.all_ready()) give_up("not everybody came back in time");
  const auto& ledger = crowd.ledger();
  if (!crowd.serve_until(options.seconds_max,
                         [&] { return ledger.complete() == ledger.published(); }))
    give_up("an alert did not reach everybody");

  boost::json::object figures;
  figures["subscribers"] = options.crowd.subscribers;
  figures["back_seconds"] = seconds_between(lost, back);
  figures["alerts"] = ledger.published();
  tell_accepted(figures, ledger, metronome.late(), lost, back);
  figures["duplicates"] = ledger.strays();
  std::cout << boost::json::serialize(figures) << std::endl;
}

}  // namespace noroshi::bench
