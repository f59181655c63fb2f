#include "proto/wire/websocket.hpp"

#include <algorithm>
#include <cassert>

#include "proto/wire/utf8.hpp"

namespace noroshi::wire {
namespace {

constexpr std::uint16_t protocol_error = 1002;
constexpr std::uint16_t invalid_payload = 1007;
constexpr std::uint16_t too_big = 1009;

constexpr std::size_t control_bytes_max = 125;
constexpr std::size_t close_reason_bytes_max = control_bytes_max - 2;
constexpr std::uint8_t length_in_two_bytes = 126;
constexpr std::uint8_t length_in_eight_bytes = 127;
constexpr std::uint8_t mask_bit = 0x80;

// A buffer that held a large message is given back.
constexpr std::size_t message_bytes_kept = 4096;

void append_big_endian(std::string& text, std::uint64_t number, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
    text.push_back(static_cast<char>((number >> shift) & 0xFF));
}

// Section 5.2, of a frame that is a whole message.
std::string frame_header(Opcode opcode, std::size_t size, std::uint8_t mask) {
  std::string header;
  header.reserve(14 + size);
  header.push_back(static_cast<char>(0x80 | static_cast<std::uint8_t>(opcode)));
  const auto length_byte = [&](std::size_t value) {
    header.push_back(static_cast<char>(value | mask));
  };
  if (size < length_in_two_bytes) {
    length_byte(size);
  } else if (size <= 0xFFFF) {
    length_byte(length_in_two_bytes);
    append_big_endian(header, size, 2);
  } else {
    length_byte(length_in_eight_bytes);
    append_big_endian(header, size, 8);
  }
  return header;
}

bool is_control_opcode(Opcode opcode) { return static_cast<std::uint8_t>(opcode) >= 8; }

// Section 7.4 and the registry it founded: what may stand in a close frame.
bool may_be_sent(unsigned code) {
  const bool standard = (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
  return standard || (code >= 3000 && code <= 4999);
}

std::string_view cut_to(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

std::string server_frame(Opcode opcode, std::string_view payload) {
  assert(!is_control_opcode(opcode) || payload.size() <= control_bytes_max);
  return frame_header(opcode, payload.size(), 0).append(payload);
}

std::string client_frame(Opcode opcode, std::string_view payload, std::array<std::byte, 4> mask) {
  assert(!is_control_opcode(opcode) || payload.size() <= control_bytes_max);
  std::string frame = frame_header(opcode, payload.size(), mask_bit);
  for (const std::byte byte : mask) frame.push_back(static_cast<char>(byte));
  for (std::size_t at = 0; at < payload.size(); ++at)
    frame.push_back(static_cast<char>(static_cast<std::byte>(payload[at]) ^ mask[at % 4]));
  return frame;
}

std::string close_payload(std::uint16_t code, std::string_view reason) {
  assert(may_be_sent(code));
  std::string payload;
  append_big_endian(payload, code, 2);
  return payload.append(cut_to(reason, close_reason_bytes_max));
}

MessageReader::MessageReader(Peer peer, std::size_t message_bytes_max)
    : peer_(peer), message_bytes_max_(message_bytes_max) {}

Result<void> MessageReader::feed(std::span<const std::byte> bytes, const OnMessage& on_message) {
  while (!bytes.empty() && state_ != State::ended && state_ != State::failed) {
    if (state_ == State::header) {
      const auto taken = take_header_byte(std::to_integer<std::uint8_t>(bytes.front()));
      if (!taken) return taken;
      bytes = bytes.subspan(1);
    } else {
      bytes = bytes.subspan(take_payload(bytes));
    }
    if (state_ == State::payload && payload_read_ == payload_size_)
      if (const auto ended = end_frame(on_message); !ended) return ended;
  }
  if (state_ == State::failed) return failure(ErrorCode::protocol, failure_detail_);
  return {};
}

std::size_t MessageReader::extended_length_bytes() const {
  const std::uint8_t length = header_[1] & 0x7F;
  return length < length_in_two_bytes ? 0 : length == length_in_two_bytes ? 2 : 8;
}

std::size_t MessageReader::header_bytes() const {
  return 2 + extended_length_bytes() + (peer_ == Peer::client ? 4 : 0);
}

Result<void> MessageReader::take_header_byte(std::uint8_t byte) {
  header_[header_size_++] = byte;
  if (header_size_ == 1) return check_first_byte();
  if (header_size_ == 2)
    if (const auto checked = check_second_byte(); !checked) return checked;
  if (header_size_ == 2 + extended_length_bytes())
    if (const auto begun = begin_payload(); !begun) return begun;
  if (header_size_ == header_bytes()) state_ = State::payload;
  return {};
}

Result<void> MessageReader::check_first_byte() {
  if ((header_[0] & 0x70) != 0) return fail(protocol_error, "a reserved bit is set");
  switch (opcode()) {
    case Opcode::text:
    case Opcode::binary:
      if (message_opcode_ != Opcode::continuation)
        return fail(protocol_error, "a new message inside a fragmented one");
      return {};
    case Opcode::continuation:
      if (message_opcode_ == Opcode::continuation)
        return fail(protocol_error, "a continuation of nothing");
      return {};
    case Opcode::close:
    case Opcode::ping:
    case Opcode::pong:
      if (!is_final()) return fail(protocol_error, "a control frame in fragments");
      return {};
  }
  return fail(protocol_error, "a reserved opcode");
}

Result<void> MessageReader::check_second_byte() {
  const bool masked = (header_[1] & mask_bit) != 0;
  if (masked != (peer_ == Peer::client))
    return fail(protocol_error, masked ? "a masked frame of a server" : "a frame without mask");
  if (is_control() && (header_[1] & 0x7F) > control_bytes_max)
    return fail(protocol_error, "a control frame of more than 125 bytes");
  return {};
}

// The length is known; the mask may still come.
Result<void> MessageReader::begin_payload() {
  const std::size_t extended = extended_length_bytes();
  payload_read_ = 0;
  payload_size_ = header_[1] & 0x7F;
  if (extended > 0) {
    payload_size_ = 0;
    for (std::size_t at = 0; at < extended; ++at)
      payload_size_ = payload_size_ << 8 | header_[2 + at];
    const std::uint64_t shortest = extended == 2 ? length_in_two_bytes : 0x10000;
    if (payload_size_ < shortest || payload_size_ >> 63 != 0)
      return fail(protocol_error, "a length that is not in its shortest form");
  }
  if (is_control()) {
    control_.clear();
    return {};
  }
  if (payload_size_ > message_bytes_max_ - message_.size())
    return fail(too_big, "a message of more than " + std::to_string(message_bytes_max_) + " bytes");
  if (opcode() != Opcode::continuation) message_opcode_ = opcode();
  return {};
}

std::size_t MessageReader::take_payload(std::span<const std::byte> bytes) {
  const auto count = static_cast<std::size_t>(
      std::min<std::uint64_t>(bytes.size(), payload_size_ - payload_read_));
  std::string& into = is_control() ? control_ : message_;
  const std::size_t begin = into.size();
  into.append(reinterpret_cast<const char*>(bytes.data()), count);
  if (peer_ == Peer::client) {
    const std::uint8_t* mask = header_.data() + 2 + extended_length_bytes();
    for (std::size_t at = 0; at < count; ++at) {
      char& byte = into[begin + at];
      byte = static_cast<char>(static_cast<std::uint8_t>(byte) ^ mask[(payload_read_ + at) % 4]);
    }
  }
  payload_read_ += count;
  return count;
}

Result<void> MessageReader::end_frame(const OnMessage& on_message) {
  state_ = State::header;
  header_size_ = 0;
  if (opcode() == Opcode::close) return end_close(on_message);
  if (is_control()) {
    on_message({opcode(), control_});
    return {};
  }
  if (!is_final()) return {};
  const Opcode whole = std::exchange(message_opcode_, Opcode::continuation);
  if (whole == Opcode::text && !valid_utf8(message_))
    return fail(invalid_payload, "a text that is not UTF-8");
  on_message({whole, message_});
  message_.clear();
  if (message_.capacity() > message_bytes_kept) message_.shrink_to_fit();
  return {};
}

Result<void> MessageReader::end_close(const OnMessage& on_message) {
  if (control_.size() == 1) return fail(protocol_error, "half a close code");
  if (control_.size() >= 2) {
    const auto high = static_cast<unsigned char>(control_[0]);
    const auto low = static_cast<unsigned char>(control_[1]);
    if (!may_be_sent(high * 256U + low))
      return fail(protocol_error, "a close code nobody may send");
    if (!valid_utf8(std::string_view(control_).substr(2)))
      return fail(invalid_payload, "a close reason that is not UTF-8");
  }
  state_ = State::ended;
  on_message({Opcode::close, control_});
  return {};
}

tl::unexpected<Error> MessageReader::fail(std::uint16_t code, std::string detail) {
  state_ = State::failed;
  close_code_ = code;
  failure_detail_ = std::move(detail);
  message_ = {};
  return failure(ErrorCode::protocol, failure_detail_);
}

}  // namespace noroshi::wire
