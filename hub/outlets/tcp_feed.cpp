#include "hub/outlets/tcp_feed.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <utility>

#include "hub/config/log.hpp"
#include "hub/outlets/crossing.hpp"
#include "hub/outlets/greeting.hpp"

namespace noroshi::outlets {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::size_t queue_bytes_max = 64 * 1024;
constexpr std::size_t window = 4096;
// It has nothing to say; what it says all the same is not to cost the others anything.
constexpr std::size_t read_in_10_ms = 1024;

// A peer that is gone without a word takes nothing more: the kernel finds out, where a small
// heartbeat would lie in its buffer for a quarter of an hour.
void end_when_silent(int descriptor) {
  const unsigned limit = static_cast<unsigned>(
      std::chrono::duration_cast<std::chrono::milliseconds>(silent_max).count());
  setsockopt(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, &limit, sizeof limit);
}

}  // namespace

void TcpFeed::open(delivery::Shard& shard, wire::Connection::Handoff handoff,
                   const registry::Principal& subscriber, const TcpFeedTerms& terms,
                   TcpFeedStart start) {
  end_when_silent(handoff.descriptor);
  auto moved = std::make_shared<wire::Connection::Handoff>(std::move(handoff));
  shard.post([&shard, moved, subscriber, terms, start = std::move(start)] {
    auto feed = std::make_shared<TcpFeed>(
        shard, wire::Connection::adopt(shard.context(), std::move(*moved)), subscriber, terms,
        start.recent);
    shard.welcome(feed);
    feed->connection_->pace_reading(read_in_10_ms);
    feed->connection_->start(*feed);
    feed->attach(start.not_before);
  });
}

TcpFeed::TcpFeed(delivery::Shard& shard, std::shared_ptr<wire::Connection> connection,
                 const registry::Principal& subscriber, const TcpFeedTerms& terms,
                 std::deque<RecentAlert> recent)
    : shard_(shard),
      connection_(std::move(connection)),
      subscriber_(subscriber),
      terms_(terms),
      recent_(std::move(recent)) {}

void TcpFeed::attach(delivery::Sequence not_before) {
  delivery::Shard::Resume resume;
  resume.window = window;
  resume.not_before = not_before;
  if (shard_.stopping()) return goodbye("stopping", "the hub is stopping", come_back_after);
  if (const auto attached = shard_.attach(subscriber_, *this, resume); !attached)
    return goodbye("suspended", attached.error().detail, 0ms);
  state_ = State::attached;
  shard_.feed(*this);
  heartbeat();
}

bool TcpFeed::ready() {
  return state_ == State::attached && takes_more(*connection_, queue_bytes_max);
}

bool TcpFeed::permits(const delivery::Slot& slot) {
  return subscriber_.channel.live() && of_its_channel(slot, subscriber_, "tcp");
}

void TcpFeed::deliver(delivery::Slot& slot) {
  remember(recent_, recent_alert(slot.sequence(), slot.alert()));
  if (slot.stored->content) connection_->send(slot.stored->content);
}

void TcpFeed::probe(delivery::Sequence) { say_heartbeat(); }

bool TcpFeed::probe_arrived() { return state_ == State::attached && has_arrived(*connection_); }

void TcpFeed::flush() {
  if (state_ == State::attached) connection_->flush();
}

std::size_t TcpFeed::queued_bytes() const { return connection_->queued_bytes(); }

void TcpFeed::tick(Clock::time_point now) {
  if (state_ != State::attached) return;
  if (connection_->queued_bytes() > 0 && now - connection_->last_progress() > silent_max)
    return goodbye("blocked", "you took no byte for 45 s", come_back_after);
  if (shard_.window_full(*this))
    return goodbye("blocked", "4096 alerts are not acknowledged", come_back_after);
  if (now >= heartbeat_due_) heartbeat();
}

void TcpFeed::heartbeat() {
  heartbeat_due_ = Clock::now() + terms_.heartbeat_every;
  if (!ready()) return;  // it has enough to read
  say_heartbeat();
  connection_->flush();
}

void TcpFeed::say_heartbeat() {
  connection_->send(feed_heartbeat(terms_.sender, shard_.epoch(), shard_.tell_through(*this),
                                   shard_.now_ms(), recent_));
}

void TcpFeed::on_drained() { shard_.feed(*this); }

void TcpFeed::on_closed(const std::string& reason) {
  if (state_ != State::leaving) tell_closed(reason.empty() ? "ended" : "lost", reason);
  state_ = State::closed;
  const auto alive = shared_from_this();
  shard_.farewell(*this);
}

void TcpFeed::goodbye(const std::string& code, const std::string& detail,
                      std::chrono::milliseconds) {
  if (state_ == State::leaving || state_ == State::closed) return;
  shard_.said_goodbye(code);
  tell_closed(code, detail);
  state_ = State::leaving;
  connection_->close_after_flush(leaving_max);
}

void TcpFeed::tell_closed(const std::string& code, const std::string& detail) const {
  log::info("tcp.closed", {{"subscriber", subscriber_.id}, {"code", code}, {"detail", detail}});
}

}  // namespace noroshi::outlets
