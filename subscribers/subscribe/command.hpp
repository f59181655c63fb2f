// Hands each alert to a program and takes its exit code for an answer.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "proto/process/run.hpp"
#include "subscribers/client/receiver.hpp"

namespace noroshi::subscribers {

// Splits a command line into arguments without a shell: blanks separate; '…' keeps everything as it
// is; "…" keeps everything but \" and \\; outside quotes \ takes the next character as it is.
// Nothing is expanded. `invalid` for an open quote, a \ at the end, or no argument.
Result<std::vector<std::string>> split_arguments(std::string_view line);

// How one run of the program ended; never `stopped`.
using Run = process::Ending;

// Runs the program for every delivery until it exits with 0: the accepted bytes on its stdin, the
// facts in NOROSHI_… (facts.hpp), in a process group of its own, which is ended when it takes
// longer than `limit`. A failed run is repeated after a growing wait. A Passed has nothing to show:
// the program is not run.
class Command final : public Store {
 public:
  struct Settings {
    std::vector<std::string> arguments;
    std::chrono::milliseconds limit{30'000};
    std::chrono::milliseconds retry_first{1'000};
    std::chrono::milliseconds retry_most{30'000};
  };
  // Told on the store's thread; outlives the command.
  class Watcher {
   public:
    virtual ~Watcher() = default;
    virtual void on_failed_run(const Item& item, Run run, std::chrono::milliseconds retry_in) = 0;
    virtual void on_passed_over(const Item& item) = 0;
  };

  // `stop` ends the wait between runs, never a run.
  Command(Settings settings, std::stop_token stop, Watcher& watcher);

  Result<void> begin(const noroshi::v1::Welcome& welcome) override;
  Result<void> take(const Item& item) override;
  Result<void> settle(const Position& through) override;
  // An answer each: what one alert's run said must not wait for the next.
  [[nodiscard]] std::size_t group_max() const override { return 1; }

 private:
  Run run(const Item& item) const;
  // False when told to stop.
  bool wait(std::chrono::milliseconds duration);

  Settings settings_;
  std::stop_token stop_;
  Watcher& watcher_;
  std::mutex mutex_;
  std::condition_variable_any waiting_;
};

}  // namespace noroshi::subscribers
