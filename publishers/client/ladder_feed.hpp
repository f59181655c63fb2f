// The ladder of one alert as it changes, over server-sent events.
//
// A line that is lost, or says nothing for 45 s (the hub says something every 15 s), is opened
// again after the pauses of `pace`, which begin anew once the ladder was there. Each connection
// begins with all of the ladder, so that nothing is missed between two: an id of the last event
// would not make it shorter. What cannot be mended by waiting ends it.
//
// Bounds     those of EventAnswer and LadderParts; `changed` is called at most ten times a second.
// Threading  none: run() blocks, and calls on its own thread. Meanwhile SIGINT, SIGTERM and
//            SIGWINCH are its.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "publishers/client/answers.hpp"
#include "publishers/client/call.hpp"
#include "publishers/client/event_answer.hpp"
#include "publishers/client/ladder_parts.hpp"
#include "publishers/client/pace.hpp"

namespace noroshi::publishers {

class LadderFeed {
 public:
  enum class End { enough, deadline, interrupted };
  // Of each ladder that is another than the last, and again of the last when the line is back and
  // when the terminal has got another size. True: it has seen enough.
  using Changed = std::function<bool(const Ladder&)>;
  using OnRetry = std::function<void(const Failure&, std::chrono::milliseconds wait)>;
  struct Line {
    const wire::HubAddress& hub;  // these two outlive the feed
    const wire::TlsContext& tls;
    std::string request;
    std::chrono::milliseconds opening_limit;
    Pace pace;
  };

  LadderFeed(std::uint64_t sequence, Line line, OnRetry on_retry, Changed changed);

  // The deadline is an End only when a ladder has been seen; otherwise the last failure is told.
  Answer<End> run(std::chrono::steady_clock::time_point deadline);

 private:
  void open();
  void take(std::span<const std::byte> bytes);
  void take(const ServerEvent& event);
  void tell_soon();
  void tell();
  void listen_for(std::chrono::milliseconds silence);
  void lost(Failure failure);
  void give_up(Failure failure);
  void on_signal();
  void end(Answer<End> result);

  const std::uint64_t sequence_;
  Line line_;
  OnRetry on_retry_;
  Changed changed_;
  std::chrono::steady_clock::time_point deadline_;
  boost::asio::io_context context_;
  boost::asio::signal_set signals_;
  boost::asio::steady_timer silence_;  // of the line, and the pause before the next
  boost::asio::steady_timer telling_;
  bool telling_soon_ = false;
  std::shared_ptr<Call> call_;
  std::unique_ptr<EventAnswer> answer_;
  std::optional<LadderParts> parts_;
  std::optional<Ladder> told_;
  bool line_is_new_ = true;
  std::optional<Failure> failure_;  // the last
  std::optional<Answer<End>> result_;
};

}  // namespace noroshi::publishers
