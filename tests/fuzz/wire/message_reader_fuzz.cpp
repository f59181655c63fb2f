// Whatever a peer sends, in pieces or whole, the message reader says the same about it.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "proto/wire/utf8.hpp"
#include "proto/wire/websocket.hpp"

namespace {

using namespace noroshi::wire;

constexpr std::size_t message_bytes_max = 1000;

std::string read_all(MessageReader::Peer peer, std::span<const std::byte> bytes,
                     std::size_t piece) {
  MessageReader reader(peer, message_bytes_max);
  std::string story;
  const auto tell = [&](const MessageReader::Message& message) {
    if (message.payload.size() > message_bytes_max) std::abort();
    if (message.opcode == Opcode::text && !valid_utf8(message.payload)) std::abort();
    story += std::to_string(static_cast<int>(message.opcode)) + ' ';
    story += message.payload;
    story += '\n';
  };
  while (!bytes.empty()) {
    const auto part = bytes.first(std::min(piece, bytes.size()));
    bytes = bytes.subspan(part.size());
    if (!reader.feed(part, tell)) return story + std::to_string(reader.close_code());
  }
  return story;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto peer = data[0] % 2 == 0 ? MessageReader::Peer::client : MessageReader::Peer::server;
  const auto bytes = std::as_bytes(std::span(data, size)).subspan(1);
  if (read_all(peer, bytes, size) != read_all(peer, bytes, 1)) std::abort();
  return 0;
}
