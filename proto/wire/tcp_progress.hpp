// What the peer's kernel has said of a TCP connection: more than that our own took the bytes.
#pragma once

#include <chrono>
#include <cstddef>

namespace noroshi::wire {

struct TcpProgress {
  std::size_t unacknowledged_bytes = 0;  // sent or to be sent, and not acknowledged by the peer
  std::chrono::milliseconds since_acknowledgement{0};  // the peer's last of anything
};

// Linux: SIOCOUTQ and TCP_INFO (tcp(7)). All zero for a descriptor that is no connected TCP socket.
TcpProgress tcp_progress(int descriptor);

}  // namespace noroshi::wire
