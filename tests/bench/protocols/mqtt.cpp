#include "tests/bench/protocols/mqtt.hpp"

#include <optional>

#include "tests/bench/measure.hpp"

namespace noroshi::bench {
namespace {

constexpr std::string_view topic = "alert/x";

enum Kind : std::uint8_t {
  connect = 1,
  connack = 2,
  publish_alert = 3,
  puback = 4,
  subscribe = 8,
  suback = 9,
  pingreq = 12,
  pingresp = 13
};

void append_16(std::string& out, std::size_t value) {
  out += static_cast<char>(value >> 8 & 255);
  out += static_cast<char>(value & 255);
}

std::size_t read_16(std::string_view bytes) {
  return static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[0])) << 8 |
         static_cast<std::uint8_t>(bytes[1]);
}

void append_text(std::string& out, std::string_view text) {
  append_16(out, text.size());
  out += text;
}

// Section 2.2.3: seven bits a byte.
void append_packet(std::string& out, Kind kind, unsigned flags, std::string_view body) {
  out += static_cast<char>(static_cast<unsigned>(kind) << 4 | flags);
  auto size = body.size();
  do {
    const auto byte = size & 127;
    size >>= 7;
    out += static_cast<char>(byte | (size > 0 ? 128U : 0U));
  } while (size > 0);
  out += body;
}

struct Extent {
  std::size_t head;
  std::size_t body;
};

std::optional<Extent> whole_packet(std::string_view bytes) {
  std::size_t body = 0;
  for (std::size_t i = 1; i < bytes.size() && i < 5; ++i) {
    const auto byte = static_cast<std::uint8_t>(bytes[i]);
    body |= static_cast<std::size_t>(byte & 127U) << (7 * (i - 1));
    if (byte >= 128) continue;
    if (bytes.size() - i - 1 < body) return std::nullopt;
    return Extent{i + 1, body};
  }
  return std::nullopt;
}

}  // namespace

void MqttProtocol::opened(Peer& peer, std::string& out) {
  const bool publishes = peer.role == Peer::Role::publisher;
  std::string body;
  append_text(body, "MQTT");
  body += '\x04';      // version 3.1.1
  body += '\0';        // the session is kept
  append_16(body, 0);  // no keep-alive
  append_text(body, (publishes ? "publisher" : "subscriber") + std::to_string(peer.number));
  append_packet(out, connect, 0, body);
}

std::size_t MqttProtocol::received(Peer& peer, std::string_view bytes, std::string& out) {
  std::size_t used = 0;
  while (const auto extent = whole_packet(bytes.substr(used))) {
    const auto head = static_cast<std::uint8_t>(bytes[used]);
    packet(peer, head, bytes.substr(used + extent->head, extent->body), out);
    used += extent->head + extent->body;
  }
  return used;
}

void MqttProtocol::packet(Peer& peer, std::uint8_t head, std::string_view body, std::string& out) {
  switch (head >> 4) {
    case connack: {
      if (body[1] != 0) give_up("the MQTT broker refused a connection");
      if (peer.role == Peer::Role::publisher) return events().ready(peer);
      std::string wanted;
      append_16(wanted, 1);
      append_text(wanted, topic);
      wanted += '\x01';  // QoS 1
      return append_packet(out, subscribe, 2, wanted);
    }
    case suback:
      if (body[2] != 1) give_up("the MQTT broker refused a subscription");
      return events().ready(peer);
    case publish_alert: {
      const auto packet_at = 2 + read_16(body);
      if ((head >> 1 & 3) != 1) give_up("a delivery that is not QoS 1");
      events().delivered(peer, body.substr(packet_at + 2));
      return append_packet(out, puback, 0, body.substr(packet_at, 2));
    }
    case puback:
      return events().accepted(number_of_packet_[read_16(body)]);
    case pingresp:
      return events().answered(peer);
    default:
      give_up("an unexpected MQTT packet");
  }
}

void MqttProtocol::publish(Peer& /*peer*/, std::uint64_t number, const std::string& alert,
                           std::string& out) {
  const auto packet = number % 65535 + 1;
  number_of_packet_[packet] = number;
  std::string body;
  append_text(body, topic);
  append_16(body, packet);
  append_packet(out, publish_alert, 2, body + alert);
}

void MqttProtocol::barrier(Peer& /*peer*/, std::string& out) { append_packet(out, pingreq, 0, ""); }

}  // namespace noroshi::bench
