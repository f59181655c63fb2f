// Tells people of alarms: runs the programs of [[notify]] on threads of its own, so that nothing
// ever waits for one.
//
// Bounds     as Schedule's; a run may take the rule's `limit`.
// Threading  the front's thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "hub/alarms/schedule.hpp"
#include "proto/process/run.hpp"

namespace noroshi::alarms {

struct NotifierCounts {
  std::uint64_t told = 0;
  std::uint64_t failed = 0;
};

class Notifier {
 public:
  // `environment` is the hub's: live, training, demo. `now_ms` the watcher's clock.
  Notifier(boost::asio::io_context& front, std::vector<config::Notify> rules,
           std::string environment, std::function<std::int64_t()> now_ms);
  // Ends what still runs.
  ~Notifier();

  // Does what is due.
  void tick(const Standing& alarms);
  [[nodiscard]] const NotifierCounts& counts() const { return counts_; }

 private:
  void tell(const Call& call);
  void over(const Call& call, const process::Ending& ending);

  boost::asio::io_context& front_;
  Schedule schedule_;
  std::string environment_;
  std::function<std::int64_t()> now_ms_;
  NotifierCounts counts_;
  std::stop_source stop_;
  boost::asio::thread_pool threads_;
};

}  // namespace noroshi::alarms
