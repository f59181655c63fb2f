#include "hub/outlets/events.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include "hub/outlets/crossing.hpp"
#include "hub/outlets/greeting.hpp"
#include "hub/outlets/stream_message.hpp"

namespace noroshi::outlets {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::size_t queue_bytes_max = 64 * 1024;
constexpr std::size_t window = 4096;
// It has nothing more to say; what it says all the same is not to cost the others anything.
constexpr std::size_t read_in_10_ms = 1024;
// Who is not to come back by itself, but does, comes no sooner.
constexpr auto hardly_ever = 60'000ms;

std::string id_text(std::uint64_t epoch, delivery::Sequence sequence) {
  return std::to_string(epoch) + "-" + std::to_string(sequence);
}

// `json` has no line breaks: protobuf's JSON and cap::reading() write none.
std::string event(std::string_view id, std::string_view name, std::string_view json) {
  std::string text;
  text.reserve(id.size() + name.size() + json.size() + 32);
  if (!id.empty()) text.append("id: ").append(id).append("\n");
  text.append("event: ").append(name).append("\ndata: ").append(json).append("\n\n");
  return text;
}

std::string event(std::string_view id, std::string_view name, const v1::ServerMessage& message) {
  return event(id, name, text_of(message, Subprotocol::json));
}

// Of an unmasked frame (RFC 6455, section 5.2): the JSON is made once for both outlets.
std::string_view payload_of(std::string_view frame) {
  const auto length = static_cast<unsigned char>(frame[1]) & 0x7fU;
  return frame.substr(length == 127 ? 10 : length == 126 ? 4 : 2);
}

}  // namespace

Result<EventId> event_id(std::string_view text) {
  EventId id;
  const auto* const end = text.data() + text.size();
  const auto [dash, bad_epoch] = std::from_chars(text.data(), end, id.epoch);
  if (bad_epoch != std::errc() || dash == end || *dash != '-')
    return failure(ErrorCode::invalid, "Last-Event-ID");
  const auto [last, bad_sequence] = std::from_chars(dash + 1, end, id.sequence);
  if (bad_sequence != std::errc() || last != end)
    return failure(ErrorCode::invalid, "Last-Event-ID");
  return id;
}

void Events::open(delivery::Shard& shard, Readings& readings, wire::Connection::Handoff handoff,
                  const registry::Principal& subscriber, std::optional<EventId> last) {
  auto moved = std::make_shared<wire::Connection::Handoff>(std::move(handoff));
  shard.post([&shard, &readings, moved, subscriber, last] {
    auto events = std::make_shared<Events>(
        shard, readings, wire::Connection::adopt(shard.context(), std::move(*moved)), subscriber);
    shard.welcome(events);
    events->connection_->pace_reading(read_in_10_ms);
    events->connection_->start(*events);
    events->attach(last);
  });
}

Events::Events(delivery::Shard& shard, Readings& readings,
               std::shared_ptr<wire::Connection> connection, const registry::Principal& subscriber)
    : shard_(shard),
      readings_(readings),
      connection_(std::move(connection)),
      subscriber_(subscriber),
      heartbeat_due_(first_heartbeat()) {}

void Events::attach(std::optional<EventId> last) {
  delivery::Shard::Resume resume;
  resume.window = window;
  if (last) {
    resume.epoch = last->epoch;
    resume.after = last->sequence;
  }
  if (shard_.stopping()) return goodbye("stopping", "the hub is stopping", come_back_after);
  const auto attached = shard_.attach(subscriber_, *this, resume);
  if (!attached)
    return goodbye(std::string(goodbye_code(attached.error())), attached.error().detail, 0ms);
  state_ = State::attached;
  connection_->send("retry: " + std::to_string(come_back_after.count()) + "\n" +
                    event(id_text(shard_.epoch(), attached->cursor), "welcome",
                          welcome_message(shard_, subscriber_, *attached)));
  shard_.feed(*this);
}

bool Events::ready() {
  return state_ == State::attached && takes_more(*connection_, queue_bytes_max);
}

bool Events::permits(const delivery::Slot& slot) {
  return of_its_channel(slot, subscriber_, "events");
}

// Made elsewhere: it takes parsing XML.
bool Events::prepared(delivery::Slot& slot) {
  constexpr auto encoding = delivery::Encoding::events;
  if (slot.frame(encoding) != nullptr) return true;
  auto under_way = slot.under_way[static_cast<std::size_t>(encoding)];
  if (!under_way)
    under_way = readings_.delivery(
        slot.stored, [&shard = shard_, sequence = slot.sequence()](const wire::Frame& made) {
          auto frame = std::make_shared<const std::string>(
              event(id_text(shard.epoch(), sequence), "delivery", payload_of(*made)));
          shard.post([&shard, sequence, frame = std::move(frame)] {
            shard.encoded(sequence, encoding, frame);
          });
        });
  return false;
}

void Events::deliver(delivery::Slot& slot) {
  connection_->send(slot.frame(delivery::Encoding::events));
}

void Events::pass(delivery::Sequence sequence, const delivery::Fate& fate) {
  connection_->send(
      event(id_text(shard_.epoch(), sequence), "passed", passed_message(sequence, fate)));
}

void Events::probe(delivery::Sequence sequence) {
  probed_ = sequence;
  connection_->send(event(id_text(shard_.epoch(), sequence), "probe", probe_message(sequence)));
}

bool Events::probe_arrived() { return state_ == State::attached && has_arrived(*connection_); }

void Events::flush() {
  if (state_ == State::attached) connection_->flush();
}

std::size_t Events::queued_bytes() const { return connection_->queued_bytes(); }

void Events::tick(Clock::time_point now) {
  if (state_ != State::attached) return;
  if (connection_->queued_bytes() > 0 && now - connection_->last_progress() > silent_max)
    return goodbye("blocked", "you took no byte for 45 s", come_back_after);
  if (shard_.window_full(*this))
    return goodbye("blocked", "4096 alerts are not acknowledged: come again with Last-Event-ID",
                   come_back_after);
  if (now < heartbeat_due_) return;
  const auto peer = connection_->tcp_progress();
  if (peer.unacknowledged_bytes > 0 && peer.since_acknowledgement > silent_max)
    return goodbye("dead", "no sign of you for 45 s", come_back_after);
  heartbeat(now);
}

// A comment, and an id without an event: it moves the peer's Last-Event-ID past what was not for
// it.
void Events::heartbeat(Clock::time_point now) {
  heartbeat_due_ = now + heartbeat_every;
  if (!ready()) return;  // it has enough to read
  const auto through =
      std::max(probed_, std::min(shard_.tell_through(*this), shard_.last_alert(*this)));
  connection_->send(": heartbeat\nid: " + id_text(shard_.epoch(), through) + "\n\n");
  connection_->flush();
}

void Events::on_bytes(std::span<const std::byte>) {}

void Events::on_drained() { shard_.feed(*this); }

void Events::on_closed(const std::string&) {
  state_ = State::closed;
  const auto alive = shared_from_this();
  shard_.farewell(*this);
}

void Events::goodbye(const std::string& code, const std::string& detail,
                     std::chrono::milliseconds retry_after) {
  if (state_ == State::leaving || state_ == State::closed) return;
  shard_.said_goodbye(code);
  state_ = State::leaving;
  const auto retry = retry_after.count() > 0 ? retry_after : hardly_ever;
  connection_->send("retry: " + std::to_string(retry.count()) + "\n" +
                    event("", "goodbye", goodbye_message(code, detail, retry_after)));
  connection_->close_after_flush(leaving_max);
}

}  // namespace noroshi::outlets
