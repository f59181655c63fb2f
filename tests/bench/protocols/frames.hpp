// WebSocket frames as cheap as they can be, for a client and a reference server that trust each
// other: nothing is checked, nothing copied. Our own careful ones are in proto/wire.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace noroshi::bench {

enum class FrameKind : std::uint8_t { binary = 2, close = 8, ping = 9, pong = 10 };

struct FrameHead {
  FrameKind kind = FrameKind::binary;
  std::size_t head_bytes = 0;
  std::size_t payload_bytes = 0;
  std::uint32_t mask = 0;  // 0: not masked

  [[nodiscard]] std::size_t bytes() const { return head_bytes + payload_bytes; }
};
// The frame `bytes` begin with, once it is whole.
std::optional<FrameHead> whole_frame(std::string_view bytes);

void unmask(char* payload, std::size_t size, std::uint32_t mask);
void append_server_head(std::string& out, FrameKind kind, std::size_t payload_bytes);
// Masked, as a client's must be.
void append_client_frame(std::string& out, FrameKind kind, std::string_view payload);

// The opening handshake: what a client asks; a server's whole answer to `request`.
std::string upgrade_request(std::string_view path, std::string_view subprotocol,
                            std::string_view token);
std::string upgrade_answer(std::string_view request);

}  // namespace noroshi::bench
