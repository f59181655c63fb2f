#include "proto/wire/tcp_progress.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>

namespace noroshi::wire {
namespace {

using namespace std::chrono_literals;

// Two ends of a TCP connection over the loopback interface.
class TcpProgressTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    ASSERT_EQ(bind(listener, generic, sizeof address), 0);
    ASSERT_EQ(listen(listener, 1), 0);
    ASSERT_EQ(getsockname(listener, generic, &size), 0);
    ours = socket(AF_INET, SOCK_STREAM, 0);
    ASSERT_EQ(connect(ours, generic, sizeof address), 0);
    theirs = accept(listener, nullptr, nullptr);
    ASSERT_GE(theirs, 0);
    close(listener);
  }
  void TearDown() override {
    close(ours);
    close(theirs);
  }

  // From now on every packet to the peer is lost, as if its machine had vanished.
  void vanish() const {
    sock_filter drop_all = {BPF_RET | BPF_K, 0, 0, 0};
    const sock_fprog program{1, &drop_all};
    ASSERT_EQ(setsockopt(theirs, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program), 0);
  }
  void reappear() const {
    const int ignored = 0;
    ASSERT_EQ(setsockopt(theirs, SOL_SOCKET, SO_DETACH_FILTER, &ignored, sizeof ignored), 0);
  }

  // Whether it comes to that in ten seconds.
  [[nodiscard]] bool acknowledged() const {
    const auto until = std::chrono::steady_clock::now() + 10s;
    while (tcp_progress(ours).unacknowledged_bytes > 0)
      if (std::chrono::steady_clock::now() > until) return false;
    return true;
  }

  int ours = -1;
  int theirs = -1;
};

TEST_F(TcpProgressTest, APeerAcknowledgesWithoutReading) {
  ASSERT_EQ(send(ours, "12345", 5, 0), 5);
  EXPECT_TRUE(acknowledged());
}

TEST_F(TcpProgressTest, OneThatVanishedDoesNotUntilItIsThereAgain) {
  vanish();
  ASSERT_EQ(send(ours, "12345", 5, 0), 5);
  EXPECT_EQ(tcp_progress(ours).unacknowledged_bytes, 5u);
  const auto before = tcp_progress(ours).since_acknowledgement;
  const auto until = std::chrono::steady_clock::now() + 10s;
  while (tcp_progress(ours).since_acknowledgement <= before + 50ms)
    ASSERT_LT(std::chrono::steady_clock::now(), until) << "its silence grows";
  EXPECT_EQ(tcp_progress(ours).unacknowledged_bytes, 5u);
  reappear();
  EXPECT_TRUE(acknowledged());
}

TEST(TcpProgress, WhatIsNoTcpConnectionHasNone) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  EXPECT_EQ(tcp_progress(ends[1]).unacknowledged_bytes, 0u);
  EXPECT_EQ(tcp_progress(-1).since_acknowledgement, 0ms);
  close(ends[0]);
  close(ends[1]);
}

}  // namespace
}  // namespace noroshi::wire
