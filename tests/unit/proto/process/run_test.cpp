#include "proto/process/run.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <thread>

namespace noroshi::process {
namespace {

using namespace std::chrono_literals;

Program shell(const std::string& script, std::string_view input = {}) {
  return {{"/bin/sh", "-c", script}, {"PATH=/usr/bin:/bin", "GREETING=hello"}, input, 30s};
}

TEST(Run, GivesTheInputAndTheEnvironmentAndNothingElse) {
  ::setenv("NOROSHI_SECRET", "x", 1);
  EXPECT_TRUE(run(shell("test \"$(cat)\" = bytes && test \"$GREETING\" = hello && "
                        "test -z \"$NOROSHI_SECRET\"",
                        "bytes"))
                  .good());
  ::unsetenv("NOROSHI_SECRET");
}

TEST(Run, ProgramsInheritNoDescriptorOfOurs) {
  const int ours = ::open("/dev/null", O_RDONLY);  // without O_CLOEXEC
  ASSERT_GT(ours, 2);
  const auto script = "test ! -e /proc/self/fd/" + std::to_string(ours);
  EXPECT_TRUE(run(shell(script)).good());
  ::close(ours);
}

TEST(Run, SaysHowItEnded) {
  auto ending = run(shell("exit 7"));
  EXPECT_EQ(ending.kind, Ending::Kind::exited);
  EXPECT_EQ(ending.number, 7);
  EXPECT_FALSE(ending.good());
  ending = run(shell("kill -9 $$"));
  EXPECT_EQ(ending.kind, Ending::Kind::killed);
  EXPECT_EQ(ending.number, SIGKILL);
  ending = run({{"/nonexistent/program"}, {}, {}, 1s});
  EXPECT_EQ(ending.kind, Ending::Kind::not_started);
  EXPECT_EQ(ending.number, ENOENT);
}

TEST(Run, EndsWhatTakesTooLong) {
  auto slow = shell("sleep 600");
  slow.limit = 50ms;
  EXPECT_EQ(run(slow).kind, Ending::Kind::too_slow);
}

TEST(Run, EndsWhatRunsWhenWeAreStopped) {
  std::stop_source stop;
  std::jthread stopping([&] { stop.request_stop(); });
  EXPECT_EQ(run(shell("sleep 600"), stop.get_token()).kind, Ending::Kind::stopped);
}

TEST(Run, WhatItPrintsMayGoNowhere) {
  auto quiet = shell("echo loud; echo louder >&2; test \"$(readlink /proc/self/fd/1)\" != x");
  quiet.output = Program::Output::nowhere;
  testing::internal::CaptureStdout();
  EXPECT_TRUE(run(quiet).good());
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

}  // namespace
}  // namespace noroshi::process
