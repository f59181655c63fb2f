// RFC 6455 without a socket: the opening handshake, frames out, messages in.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "proto/result.hpp"
#include "proto/wire/http.hpp"

namespace noroshi::wire {

enum class Opcode : std::uint8_t {
  continuation = 0,
  text = 1,
  binary = 2,
  close = 8,
  ping = 9,
  pong = 10
};

// Section 4.2.2: what a server answers to Sec-WebSocket-Key.
std::string accept_key(std::string_view key);

// Section 4.2.1. The 101 response choosing the first subprotocol the client offers (its preference,
// section 4.1) that is one of `subprotocols`, or the response that refuses (400, 426); offering
// none of them is refused, unless `subprotocols` is empty. No extension is ever chosen. `chosen`
// receives the subprotocol. Whose Origin may connect is the caller's question.
Response upgrade(const Request& request, std::span<const std::string_view> subprotocols,
                 std::string& chosen);
// The client's request; `key` is 16 random bytes in base64.
Request upgrade_request(std::string_view target, std::string_view key,
                        std::string_view subprotocol);
// Whether the server's answer completes the handshake: ours, with this subprotocol, no extension.
Result<void> check_upgrade(const Response& response, std::string_view key,
                           std::string_view subprotocol);

// One unfragmented server frame (unmasked), the same bytes for everybody.
std::string server_frame(Opcode opcode, std::string_view payload);
// One unfragmented client frame; `mask` must be unpredictable (section 10.3).
std::string client_frame(Opcode opcode, std::string_view payload, std::array<std::byte, 4> mask);
// Payload of a close frame, section 5.5.1; `reason` is cut to 123 bytes on a character border.
std::string close_payload(std::uint16_t code, std::string_view reason);

// Reads frames off a byte stream (section 5.2), puts fragmented messages together, and checks
// masking, reserved bits, opcodes, minimal lengths, control frame rules, close codes and UTF-8 of
// text. One reader per connection and direction.
//
// Bounds  a message of more than `message_bytes_max` is an error before its payload is kept.
class MessageReader {
 public:
  enum class Peer { client, server };  // frames of a client must be masked, of a server must not
  struct Message {
    Opcode opcode;             // text, binary, close, ping or pong
    std::string_view payload;  // unmasked; lives until the callback returns
  };
  using OnMessage = std::function<void(const Message&)>;

  MessageReader(Peer peer, std::size_t message_bytes_max);

  // Consumes all of `bytes` and hands on each whole message. An error is final; close with
  // close_code() (1002, 1007, 1009). After a close message nothing more is handed on.
  Result<void> feed(std::span<const std::byte> bytes, const OnMessage& on_message);
  [[nodiscard]] std::uint16_t close_code() const { return close_code_; }

 private:
  enum class State { header, payload, ended, failed };

  Result<void> take_header_byte(std::uint8_t byte);
  Result<void> check_first_byte();
  Result<void> check_second_byte();
  Result<void> begin_payload();
  std::size_t take_payload(std::span<const std::byte> bytes);
  Result<void> end_frame(const OnMessage& on_message);
  Result<void> end_close(const OnMessage& on_message);
  tl::unexpected<Error> fail(std::uint16_t code, std::string detail);

  [[nodiscard]] Opcode opcode() const { return static_cast<Opcode>(header_[0] & 0x0F); }
  [[nodiscard]] bool is_control() const { return (header_[0] & 0x08) != 0; }
  [[nodiscard]] bool is_final() const { return (header_[0] & 0x80) != 0; }
  [[nodiscard]] std::size_t extended_length_bytes() const;
  [[nodiscard]] std::size_t header_bytes() const;

  Peer peer_;
  std::size_t message_bytes_max_;
  State state_ = State::header;
  std::uint16_t close_code_ = 1000;
  std::array<std::uint8_t, 14> header_{};
  std::size_t header_size_ = 0;     // bytes of header_ read so far
  std::uint64_t payload_size_ = 0;  // of this frame
  std::uint64_t payload_read_ = 0;
  Opcode message_opcode_ = Opcode::continuation;  // of the message in fragments, if there is one
  std::string message_;                           // its payload so far
  std::string control_;                           // payload of the control frame being read
  std::string failure_detail_;
};

}  // namespace noroshi::wire
