#include "proto/wire/tcp_progress.hpp"

#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace noroshi::wire {

TcpProgress tcp_progress(int descriptor) {
  TcpProgress progress;
  int unacknowledged = 0;
  tcp_info info{};
  socklen_t size = sizeof info;
  if (ioctl(descriptor, SIOCOUTQ, &unacknowledged) != 0 || unacknowledged < 0) return progress;
  if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return progress;
  progress.unacknowledged_bytes = static_cast<std::size_t>(unacknowledged);
  progress.since_acknowledgement = std::chrono::milliseconds(info.tcpi_last_ack_recv);
  return progress;
}

}  // namespace noroshi::wire
