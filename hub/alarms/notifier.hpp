// Tells people of alarms, by the programs and webhooks of [[notify]]: programs run on threads of
// their own, calls are made on one of theirs, so that nothing ever waits for one.
//
// Whom it owes a word is kept in a file (told.hpp), written behind each change and read at the
// start.
//
// Bounds     as Schedule's; a run may take the rule's `limit`, a call 10 s.
// Threading  the front's thread; the file is written on `workers`.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "hub/alarms/schedule.hpp"
#include "hub/webhook/calls.hpp"
#include "proto/process/run.hpp"

namespace noroshi::alarms {

struct NotifierSettings {
  std::vector<config::Notify> rules;
  std::string environment;              // of the hub: live, training, demo
  std::uint64_t epoch = 0;              // of the log
  std::filesystem::path told_file;      // whom a word is owed
  std::optional<webhook::Reach> reach;  // of the rules that are webhooks
  webhook::Calls::Clock wall_clock;     // what webhooks are signed at; from any thread
};

struct NotifierCounts {
  std::uint64_t told = 0;
  std::uint64_t failed = 0;
};

class Notifier {
 public:
  // `now_ms` is the watcher's clock. The rest outlives this and what is posted to it.
  Notifier(boost::asio::io_context& front, boost::asio::thread_pool& workers,
           NotifierSettings settings, std::function<std::int64_t()> now_ms);
  // Ends what still runs.
  ~Notifier();

  // Does what is due.
  void tick(const Standing& alarms);
  [[nodiscard]] const NotifierCounts& counts() const { return counts_; }

 private:
  void open_calls();
  void tell(const Call& call);
  void run_program(const Call& call, const config::Notify& rule);
  void call_webhook(const Call& call, const config::Notify& rule);
  // `failure` empty: it went well.
  void over(const Call& call, const std::string& failure);
  void save();

  boost::asio::io_context& front_;
  boost::asio::thread_pool& workers_;
  const NotifierSettings settings_;
  Schedule schedule_;
  std::function<std::int64_t()> now_ms_;
  NotifierCounts counts_;
  std::uint64_t saved_ = 0;  // changes of Told that are in the file
  bool saving_ = false;
  std::int64_t save_again_ms_ = 0;  // not before, when it failed
  std::stop_source stop_;
  std::unique_ptr<webhook::Calls> calls_;
  boost::asio::thread_pool threads_;
};

}  // namespace noroshi::alarms
