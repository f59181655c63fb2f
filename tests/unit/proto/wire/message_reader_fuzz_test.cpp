#include <gtest/gtest.h>

#include "proto/wire/websocket.hpp"
#include "tests/unit/proto/wire/fuzz_seeds.hpp"

namespace noroshi::wire::testing {
namespace {

// The first byte of an input chooses the peer.
TEST(MessageReaderFuzz, HoldsAroundItsSeeds) {
  const std::array<std::byte, 4> mask = {std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}};
  const std::string client(1, '\0');
  const std::string server(1, '\1');
  fuzz_around({server + server_frame(Opcode::text, "火") + server_frame(Opcode::ping, "?"),
               server + server_frame(Opcode::binary, std::string(300, 'b')),
               server + server_frame(Opcode::close, close_payload(1000, "done")),
               server + "\x01\x01" + "a" + "\x80\x01" + "b",
               client + client_frame(Opcode::text, "Hello", mask),
               client + client_frame(Opcode::close, close_payload(4000, "火"), mask),
               client + client_frame(Opcode::binary, std::string(1001, 'x'), mask)},
              20'000);
}

}  // namespace
}  // namespace noroshi::wire::testing
