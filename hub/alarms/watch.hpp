// The watcher at work in the running hub: what it asks of the other rooms, and when.
//
// Threading  the front's thread, on which everything is called.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "hub/alarms/notifier.hpp"
#include "hub/alarms/watcher.hpp"
#include "hub/journal/journal_thread.hpp"
#include "hub/view/view.hpp"

namespace noroshi::alarms {

struct WatchSettings {
  std::filesystem::path data;             // whose file system is to have room
  std::uint64_t disk_free_bytes_min = 0;  // less is too little
  std::vector<config::Notify> notify;     // whom to tell
  std::string environment;                // of the hub: live, training, demo
  std::uint64_t epoch = 0;                // of the log
  std::optional<webhook::Reach> reach;    // of webhooks, where there are any
};

class Watch {
 public:
  // `folds` as of the journal's head; the rooms outlive it.
  Watch(boost::asio::io_context& front, boost::asio::thread_pool& workers,
        journal::JournalThread& journal, view::View& view, Folds folds, journal::WallClock clock,
        WatchSettings settings);

  // The next entry of the log.
  void apply(const v1::Entry& entry) { watcher_.apply(entry); }
  void start();
  void stop() { timer_.cancel(); }

  [[nodiscard]] Watcher& watcher() { return watcher_; }
  [[nodiscard]] const Watcher& watcher() const { return watcher_; }
  [[nodiscard]] const NotifierCounts& notifications() const { return notifier_.counts(); }
  [[nodiscard]] const Standing& alarms() const { return watcher_.alarms(); }

 private:
  [[nodiscard]] Surroundings surroundings(journal::WallClock clock);
  void look_at_machine();

  boost::asio::io_context& front_;
  boost::asio::thread_pool& workers_;
  journal::JournalThread& journal_;
  view::View& view_;
  WatchSettings settings_;
  boost::asio::steady_timer timer_;
  std::uint64_t turns_ = 0;
  Watcher watcher_;
  Notifier notifier_;
};

}  // namespace noroshi::alarms
