#include "tests/bench/protocols/hub.hpp"

#include <noroshi/v1/stream.pb.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "tests/bench/measure.hpp"
#include "tests/bench/protocols/frames.hpp"

namespace noroshi::bench {
namespace {

// Just enough of the protobuf encoding to find two fields without copying the message.
class Fields {
 public:
  explicit Fields(std::string_view bytes) : rest_(bytes) {}

  bool next() {
    if (rest_.empty()) return false;
    const auto tag = varint();
    number_ = tag >> 3;
    switch (tag & 7) {
      case 0:
        value_ = varint();
        return true;
      case 2: {
        const auto size = std::min<std::size_t>(varint(), rest_.size());
        bytes_ = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return true;
      }
      default:
        give_up("a message with a field of an unknown kind");
    }
  }
  [[nodiscard]] std::uint64_t number() const { return number_; }
  [[nodiscard]] std::uint64_t value() const { return value_; }
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

 private:
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<std::uint8_t>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 127U) << shift;
      if (byte < 128) break;
    }
    return value;
  }

  std::string_view rest_;
  std::uint64_t number_ = 0;
  std::uint64_t value_ = 0;
  std::string_view bytes_;
};

void append_message(std::string& out, const v1::ClientMessage& message) {
  append_client_frame(out, FrameKind::binary, message.SerializeAsString());
}

void append_ack(std::string& out, std::uint64_t through) {
  v1::ClientMessage message;
  message.mutable_ack()->set_through(through);
  append_message(out, message);
}

}  // namespace

void HubProtocol::opened(Peer& peer, std::string& out) {
  peer.step = 0;
  if (peer.role == Peer::Role::publisher) {
    out += "GET /v1/alerts?limit=1 HTTP/1.1\r\nHost: localhost\r\n" + identification() + "\r\n";
    return;
  }
  if (peer.number >= credentials_.subscribers.size()) give_up("fewer tokens than subscribers");
  out += entrance(credentials_.subscribers[peer.number]);
}

std::string HubProtocol::entrance(const std::string& token) const {
  return upgrade_request("/v1/stream", "noroshi.v1.protobuf", token);
}

void HubProtocol::publish(Peer& peer, std::uint64_t number, const std::string& alert,
                          std::string& out) {
  peer.mark = number;
  out += "POST /v1/alerts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/cap+xml\r\n" +
         identification() + "Content-Length: " + std::to_string(alert.size()) + "\r\n\r\n" + alert;
}

// Nothing on the mutual-TLS door, where the certificate has said it.
std::string HubProtocol::identification() const {
  if (credentials_.publisher.empty()) return "";
  return "Authorization: Bearer " + credentials_.publisher + "\r\n";
}

void HubProtocol::barrier(Peer& /*peer*/, std::string& out) {
  append_client_frame(out, FrameKind::ping, "");
}

std::size_t HubProtocol::received(Peer& peer, std::string_view bytes, std::string& out) {
  return peer.role == Peer::Role::publisher ? answer(peer, bytes) : stream(peer, bytes, out);
}

// The answer to a POST, or to the GET before the first of them, by which the hub knows the
// connection: strangers do not stay. Status and Content-Length are all that matters.
std::size_t HubProtocol::answer(Peer& peer, std::string_view bytes) {
  constexpr std::string_view length_field = "Content-Length: ";
  const auto head_end = bytes.find("\r\n\r\n");
  if (head_end == std::string_view::npos) return 0;
  const auto head = bytes.substr(0, head_end);
  std::size_t length = 0;
  if (const auto at = head.find(length_field); at != std::string_view::npos)
    std::from_chars(head.data() + at + length_field.size(), head.data() + head.size(), length);
  if (bytes.size() - head_end - 4 < length) return 0;
  // 200: the answer to the first attempt was lost.
  if (!head.starts_with("HTTP/1.1 201") && !head.starts_with("HTTP/1.1 200"))
    give_up("the hub answered " + std::string(bytes));
  if (std::exchange(peer.step, 1) == 0)
    events().ready(peer);
  else
    events().accepted(peer.mark);
  return head_end + 4 + length;
}

std::size_t HubProtocol::stream(Peer& peer, std::string_view bytes, std::string& out) {
  std::size_t used = 0;
  if (peer.step == 0) {
    const auto head_end = bytes.find("\r\n\r\n");
    if (head_end == std::string_view::npos) return 0;
    if (!bytes.starts_with("HTTP/1.1 101")) give_up("the hub answered " + std::string(bytes));
    used = head_end + 4;
    peer.step = 1;
    v1::ClientMessage hello;
    hello.mutable_hello()->set_window(256);
    if (peer.count != 0) {  // was here before
      hello.mutable_hello()->set_epoch(peer.count);
      hello.mutable_hello()->set_resume_after(peer.mark);
    }
    append_message(out, hello);
  }
  const auto before = peer.mark;
  bool beaten = false;
  while (const auto frame = whole_frame(bytes.substr(used))) {
    const auto payload = bytes.substr(used + frame->head_bytes, frame->payload_bytes);
    used += frame->bytes();
    if (frame->kind == FrameKind::pong)
      events().answered(peer);
    else if (frame->kind == FrameKind::ping)
      append_client_frame(out, FrameKind::pong, payload);
    else if (frame->kind == FrameKind::close)
      give_up("the hub closed a stream");
    else
      beaten |= message(peer, payload);
  }
  if (peer.mark > before || beaten) append_ack(out, peer.mark);
  return used;
}

// True for a heartbeat, which wants an answer of its own.
bool HubProtocol::message(Peer& peer, std::string_view bytes) {
  Fields fields(bytes);
  if (!fields.next()) return false;
  switch (fields.number()) {
    case v1::ServerMessage::kDeliveryFieldNumber:
      delivery(peer, fields.bytes());
      return false;
    case v1::ServerMessage::kWelcomeFieldNumber: {
      v1::Welcome welcome;
      if (!welcome.ParseFromArray(fields.bytes().data(), static_cast<int>(fields.bytes().size())))
        give_up("not a Welcome");
      peer.count = welcome.epoch();
      peer.mark = welcome.cursor();
      events().ready(peer);
      return false;
    }
    case v1::ServerMessage::kHeartbeatFieldNumber:
      return true;
    case v1::ServerMessage::kProbeFieldNumber: {
      Fields probe(fields.bytes());
      if (probe.next()) peer.mark = std::max(peer.mark, probe.value());
      return false;
    }
    default:
      give_up("the hub sent neither alert nor heartbeat: " + std::string(fields.bytes()));
  }
}

void HubProtocol::delivery(Peer& peer, std::string_view bytes) {
  std::string_view document;
  for (Fields fields(bytes); fields.next();) {
    if (fields.number() == v1::Delivery::kSequenceFieldNumber) peer.mark = fields.value();
    if (fields.number() == v1::Delivery::kCapXmlFieldNumber) document = fields.bytes();
  }
  events().delivered(peer, document);
}

}  // namespace noroshi::bench
