#include "tests/bench/protocols/frames.hpp"

#include <cstring>

#include "proto/wire/websocket.hpp"
#include "tests/bench/measure.hpp"

namespace noroshi::bench {
namespace {

constexpr std::uint32_t any_mask = 0x9e3779b9;
constexpr std::string_view key_field = "Sec-WebSocket-Key: ";

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<std::uint8_t>(byte);
  return value;
}

void append_head(std::string& out, FrameKind kind, std::size_t payload_bytes, unsigned masked) {
  const auto append = [&](std::size_t value, int bytes) {
    for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 255);
  };
  append(0x80U | static_cast<std::uint8_t>(kind), 1);
  const std::size_t code = payload_bytes < 126 ? payload_bytes : payload_bytes < 65536 ? 126 : 127;
  append(masked | code, 1);
  if (code == 126) append(payload_bytes, 2);
  if (code == 127) append(payload_bytes, 8);
}

}  // namespace

std::optional<FrameHead> whole_frame(std::string_view bytes) {
  if (bytes.size() < 2) return std::nullopt;
  FrameHead frame;
  frame.kind = static_cast<FrameKind>(bytes[0] & 15);
  const auto second = static_cast<std::uint8_t>(bytes[1]);
  const std::size_t code = second & 127U;
  const std::size_t length_bytes = code == 126 ? 2 : code == 127 ? 8 : 0;
  const std::size_t mask_bytes = (second & 128U) != 0 ? 4 : 0;
  frame.head_bytes = 2 + length_bytes + mask_bytes;
  if (bytes.size() < frame.head_bytes) return std::nullopt;
  frame.payload_bytes = length_bytes == 0 ? code : big_endian(bytes.substr(2, length_bytes));
  if (mask_bytes != 0) std::memcpy(&frame.mask, bytes.data() + 2 + length_bytes, mask_bytes);
  if (bytes.size() - frame.head_bytes < frame.payload_bytes) return std::nullopt;
  return frame;
}

void unmask(char* payload, std::size_t size, std::uint32_t mask) {
  char key[4];
  std::memcpy(key, &mask, sizeof key);
  for (std::size_t i = 0; i < size; ++i) payload[i] = static_cast<char>(payload[i] ^ key[i & 3]);
}

void append_server_head(std::string& out, FrameKind kind, std::size_t payload_bytes) {
  append_head(out, kind, payload_bytes, 0);
}

void append_client_frame(std::string& out, FrameKind kind, std::string_view payload) {
  append_head(out, kind, payload.size(), 128);
  out.append(reinterpret_cast<const char*>(&any_mask), sizeof any_mask);
  const auto at = out.size();
  out += payload;
  unmask(out.data() + at, payload.size(), any_mask);
}

std::string upgrade_request(std::string_view path, std::string_view subprotocol,
                            std::string_view token) {
  std::string request = "GET " + std::string(path) +
                        " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  if (!subprotocol.empty())
    request += "Sec-WebSocket-Protocol: " + std::string(subprotocol) + "\r\n";
  if (!token.empty()) request += "Authorization: Bearer " + std::string(token) + "\r\n";
  return request + "\r\n";
}

std::string upgrade_answer(std::string_view request) {
  const auto at = request.find(key_field);
  if (at == std::string_view::npos) give_up("an upgrade without a key");
  const auto key = request.substr(at + key_field.size());
  return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         "Sec-WebSocket-Accept: " +
         wire::accept_key(key.substr(0, key.find("\r\n"))) + "\r\n\r\n";
}

}  // namespace noroshi::bench
