#include "hub/outlets/stream.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "hub/outlets/crossing.hpp"
#include "hub/outlets/greeting.hpp"
#include "proto/cap/finding.hpp"

namespace noroshi::outlets {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::size_t client_message_bytes_max = 64 * 1024;
// A hundred acknowledgements of their own: ten thousand a second.
constexpr std::size_t read_in_10_ms = 4 * 1024;
constexpr std::size_t queue_bytes_max = 64 * 1024;
constexpr std::uint32_t window_default = 256;
constexpr std::uint32_t window_max = 4096;
constexpr std::size_t receipts_unanswered_max = 256;
constexpr auto hello_within = 10s;

constexpr std::uint16_t going_away = 1001;
constexpr std::uint16_t unacceptable_kind = 1003;
constexpr std::uint16_t inconsistent_data = 1007;
constexpr std::uint16_t policy_violation = 1008;

// The same bytes for every subscriber, so it is built once for each alert.
wire::Frame protobuf_delivery(const journal::Stored& stored) {
  auto message = delivery_message(stored);
  if (stored.content) message.mutable_delivery()->set_cap_xml(*stored.content);
  return std::make_shared<const std::string>(
      wire::server_frame(wire::Opcode::binary, text_of(message, Subprotocol::protobuf)));
}

delivery::Encoding encoding_of(Subprotocol subprotocol) {
  return subprotocol == Subprotocol::json ? delivery::Encoding::stream_json
                                          : delivery::Encoding::stream_protobuf;
}

}  // namespace

void Stream::open(delivery::Shard& shard, Readings& readings, Subprotocol subprotocol,
                  wire::Connection::Handoff handoff, const registry::Principal& subscriber,
                  std::string early) {
  auto moved = std::make_shared<wire::Connection::Handoff>(std::move(handoff));
  shard.post([&shard, &readings, subprotocol, moved, subscriber, early = std::move(early)] {
    auto stream = std::make_shared<Stream>(
        shard, readings, subprotocol, wire::Connection::adopt(shard.context(), std::move(*moved)),
        subscriber);
    shard.welcome(stream);
    stream->watch_for_hello();
    stream->connection_->pace_reading(read_in_10_ms);
    stream->connection_->start(*stream);  // only posts: what came early is read first
    if (!early.empty()) stream->on_bytes(std::as_bytes(std::span(early)));
  });
}

Stream::Stream(delivery::Shard& shard, Readings& readings, Subprotocol subprotocol,
               std::shared_ptr<wire::Connection> connection, const registry::Principal& subscriber)
    : shard_(shard),
      readings_(readings),
      subprotocol_(subprotocol),
      connection_(std::move(connection)),
      subscriber_(subscriber),
      reader_(wire::MessageReader::Peer::client, client_message_bytes_max),
      heartbeat_due_(first_heartbeat()) {}

void Stream::watch_for_hello() {
  hello_timer_ = std::make_unique<boost::asio::steady_timer>(shard_.context(), hello_within);
  hello_timer_->async_wait([self = weak_from_this()](const boost::system::error_code& error) {
    const auto stream = self.lock();
    if (!error && stream && stream->state_ == State::waiting_for_hello)
      stream->protocol_error("no Hello within 10 s", policy_violation);
  });
}

bool Stream::ready() {
  return state_ == State::attached && takes_more(*connection_, queue_bytes_max);
}

bool Stream::permits(const delivery::Slot& slot) {
  return of_its_channel(slot, subscriber_, "stream");
}

// The binary form is made by whoever needs it first; the one in JSON elsewhere, it takes parsing
// XML.
bool Stream::prepared(delivery::Slot& slot) {
  const auto encoding = encoding_of(subprotocol_);
  auto& frame = slot.frame(encoding);
  if (frame != nullptr) return true;
  if (subprotocol_ == Subprotocol::protobuf) {
    frame = protobuf_delivery(*slot.stored);
    return true;
  }
  auto under_way = slot.under_way[static_cast<std::size_t>(encoding)];
  if (!under_way)
    under_way = readings_.delivery(
        slot.stored, [&shard = shard_, encoding, sequence = slot.sequence()](wire::Frame made) {
          shard.post([&shard, encoding, sequence, made = std::move(made)] {
            shard.encoded(sequence, encoding, made);
          });
        });
  return false;
}

void Stream::deliver(delivery::Slot& slot) {
  connection_->send(slot.frame(encoding_of(subprotocol_)));
}

void Stream::pass(delivery::Sequence sequence, const delivery::Fate& fate) {
  send(passed_message(sequence, fate));
}

void Stream::probe(delivery::Sequence sequence) { send(probe_message(sequence)); }

void Stream::flush() {
  if (state_ == State::attached) connection_->flush();
}

std::size_t Stream::queued_bytes() const { return connection_->queued_bytes(); }

void Stream::tick(Clock::time_point now) {
  if (state_ != State::attached) return;
  // A peer in the middle of a large alert has nothing to say, and is not dead.
  const bool taking =
      connection_->queued_bytes() > 0 && now - connection_->last_progress() <= silent_max;
  if (now - connection_->last_received() > silent_max && !taking)
    return goodbye("dead", "no byte from you for 45 s", come_back_after);
  if (connection_->queued_bytes() > 0 && now - connection_->last_progress() > silent_max)
    return goodbye("blocked", "you took no byte for 45 s", come_back_after);
  if (now >= heartbeat_due_) heartbeat(now);
}

void Stream::heartbeat(Clock::time_point now) {
  heartbeat_due_ = now + heartbeat_every;
  if (!ready()) return;  // it has enough to read
  v1::ServerMessage message;
  auto& beat = *message.mutable_heartbeat();
  set_time(*beat.mutable_hub_time(), shard_.now_ms());
  beat.set_head(shard_.last_alert(*this));
  beat.set_through(shard_.tell_through(*this));
  send(message);
  connection_->flush();
}

void Stream::on_bytes(std::span<const std::byte> bytes) {
  const auto read = reader_.feed(bytes, [this](const auto& message) { on_message(message); });
  if (!read && state_ != State::leaving) protocol_error(read.error().detail, reader_.close_code());
}

void Stream::on_message(const wire::MessageReader::Message& message) {
  if (state_ == State::leaving || state_ == State::closed) return;
  switch (message.opcode) {
    case wire::Opcode::binary:
    case wire::Opcode::text:
      if (message.opcode == opcode_of(subprotocol_)) return on_client_message(message.payload);
      return protocol_error(subprotocol_ == Subprotocol::json
                                ? "this subprotocol speaks text messages"
                                : "this subprotocol speaks binary messages",
                            unacceptable_kind);
    case wire::Opcode::ping:
      if (connection_->queued_bytes() < queue_bytes_max)
        connection_->send(wire::server_frame(wire::Opcode::pong, message.payload));
      return connection_->flush();
    case wire::Opcode::close:
      return leave(wire::server_frame(
          wire::Opcode::close,
          message.payload.substr(0, std::min<std::size_t>(message.payload.size(), 2))));
    default:
      return;
  }
}

void Stream::on_client_message(std::string_view payload) {
  const auto message = client_message(payload, subprotocol_);
  if (!message) return protocol_error(message.error().detail, inconsistent_data);
  switch (message->message_case()) {
    case v1::ClientMessage::kHello:
      return on_hello(message->hello());
    case v1::ClientMessage::kAck:
      return on_ack(message->ack());
    case v1::ClientMessage::kReceipt:
      return on_receipt(message->receipt());
    case v1::ClientMessage::MESSAGE_NOT_SET:
      return protocol_error("an empty or unknown message", policy_violation);
  }
}

void Stream::on_hello(const v1::Hello& hello) {
  if (state_ != State::waiting_for_hello) return protocol_error("a second Hello", policy_violation);
  if (hello.window() > window_max)
    return protocol_error("window of more than 4096", policy_violation);
  delivery::Shard::Resume resume;
  if (hello.has_epoch()) resume.epoch = hello.epoch();
  if (hello.has_resume_after()) resume.after = hello.resume_after();
  resume.window = hello.window() == 0 ? window_default : hello.window();

  if (shard_.stopping()) return goodbye("stopping", "the hub is stopping", come_back_after);
  const auto attached = shard_.attach(subscriber_, *this, resume);
  if (!attached)
    return goodbye(std::string(goodbye_code(attached.error())), attached.error().detail, 0ms);
  hello_timer_.reset();
  state_ = State::attached;
  send(welcome_message(shard_, subscriber_, *attached));
  shard_.feed(*this);
}

void Stream::on_ack(const v1::Ack& ack) {
  if (state_ != State::attached) return protocol_error("an Ack before Hello", policy_violation);
  const auto acknowledged = shard_.acknowledge(*this, ack.through());
  if (!acknowledged) protocol_error(acknowledged.error().detail, policy_violation);
}

void Stream::on_receipt(const v1::Receipt& receipt) {
  if (state_ != State::attached) return protocol_error("a Receipt before Hello", policy_violation);
  if (receipts_unanswered_ == receipts_unanswered_max)
    return protocol_error("more than 256 receipts without an answer", policy_violation);
  ++receipts_unanswered_;
  shard_.report(subscriber_, outlet(), receipt,
                [self = weak_from_this(), id = receipt.id()](const auto& outcome) {
                  if (const auto stream = self.lock()) stream->answer_receipt(id, outcome);
                });
}

// A peer that does not read is not answered: it sends its receipts again.
void Stream::answer_receipt(const std::string& id, const delivery::ReceiptOutcome& outcome) {
  --receipts_unanswered_;
  if (std::holds_alternative<delivery::NotTaken>(outcome)) return;
  if (state_ != State::attached || connection_->queued_bytes() >= queue_bytes_max) return;
  v1::ServerMessage message;
  if (const auto* declined = std::get_if<delivery::Declined>(&outcome)) {
    auto& told = *message.mutable_declined();
    told.set_id(cap::shown(id));
    told.set_code(declined->code);
    told.set_detail(declined->detail);
  } else {
    message.mutable_recorded()->set_id(id);
  }
  send(message);
  if (std::exchange(answers_to_flush_, true)) return;
  shard_.post([self = weak_from_this()] {
    const auto stream = self.lock();
    if (!stream) return;
    stream->answers_to_flush_ = false;
    stream->flush();
  });
}

void Stream::on_drained() { shard_.feed(*this); }

void Stream::on_closed(const std::string&) {
  state_ = State::closed;
  hello_timer_.reset();
  const auto alive = shared_from_this();
  shard_.farewell(*this);
}

void Stream::send(const v1::ServerMessage& message) { connection_->send(frame_of(message)); }

std::string Stream::frame_of(const v1::ServerMessage& message) const {
  return wire::server_frame(opcode_of(subprotocol_), text_of(message, subprotocol_));
}

void Stream::goodbye(const std::string& code, const std::string& detail,
                     std::chrono::milliseconds retry_after) {
  say_goodbye(code, detail, retry_after, going_away);
}

void Stream::protocol_error(const std::string& detail, std::uint16_t close_code) {
  say_goodbye("protocol", detail, 0ms, close_code);
}

void Stream::say_goodbye(const std::string& code, const std::string& detail,
                         std::chrono::milliseconds retry_after, std::uint16_t close_code) {
  if (state_ == State::leaving || state_ == State::closed) return;
  shard_.said_goodbye(code);
  leave(frame_of(goodbye_message(code, detail, retry_after)) +
        wire::server_frame(wire::Opcode::close, wire::close_payload(close_code, code)));
}

void Stream::leave(std::string_view frame) {
  state_ = State::leaving;
  hello_timer_.reset();
  connection_->send(std::string(frame));
  connection_->close_after_flush(leaving_max);
}

}  // namespace noroshi::outlets
