#include "hub/api/probe_rounds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace noroshi::api {
namespace {

using namespace std::chrono_literals;

// A day of a hub, by a clock that is set by hand; the timer never comes to run.
class Day {
 public:
  explicit Day(std::chrono::seconds every)
      : rounds(
            front, [this] { begun.push_back(since()); }, every, [this] { return now; }) {
    rounds.start();
  }

  [[nodiscard]] std::chrono::seconds since() const {
    return std::chrono::duration_cast<std::chrono::seconds>(now - start);
  }
  void pass(std::chrono::seconds time) {
    for (const auto end = now + time; now < end; now += 1s) rounds.look();
  }

  const ProbeRounds::Steady::time_point start = ProbeRounds::Steady::time_point(1'000h);
  ProbeRounds::Steady::time_point now = start;
  std::vector<std::chrono::seconds> begun;
  boost::asio::io_context front;
  ProbeRounds rounds;
};

TEST(ProbeRounds, AProbeBeginsEveryHourTheFirstWithinOne) {
  Day day(1h);
  day.pass(30min - 1s);
  EXPECT_TRUE(day.begun.empty());
  day.pass(30min + 2s);
  ASSERT_EQ(day.begun.size(), 1u);
  day.pass(23h);
  ASSERT_EQ(day.begun.size(), 24u);
  for (std::size_t i = 1; i < day.begun.size(); ++i) {
    const auto apart = day.begun[i] - day.begun[i - 1];
    EXPECT_GE(apart, 1h - 1s);
    EXPECT_LE(apart, 1h + 1s);
  }
}

TEST(ProbeRounds, AHubThatSleptProbesOnceAndGoesOn) {
  Day day(1h);
  day.pass(1h + 1s);
  ASSERT_EQ(day.begun.size(), 1u);
  day.now += 10h;
  day.rounds.look();
  EXPECT_EQ(day.begun.size(), 2u);
  day.pass(59min);
  EXPECT_EQ(day.begun.size(), 2u);
  day.pass(61s);
  EXPECT_EQ(day.begun.size(), 3u);
}

TEST(ProbeRounds, HubsStartedTogetherDoNotProbeTogether) {
  std::vector<std::chrono::seconds> firsts;
  for (int hub = 0; hub < 8; ++hub) {
    Day day(1h);
    day.pass(1h + 1s);
    firsts.push_back(day.begun.at(0));
  }
  std::sort(firsts.begin(), firsts.end());
  EXPECT_GT(std::unique(firsts.begin(), firsts.end()) - firsts.begin(), 2);
}

TEST(ProbeRounds, TheTimerLooks) {
  boost::asio::io_context front;
  ProbeRounds::Steady::time_point now{};
  int begun = 0;
  ProbeRounds rounds(
      front, [&] { ++begun; }, 3600s, [&] { return now; });
  rounds.start();
  now += 2h;
  front.run_one();
  EXPECT_EQ(begun, 1);
}

}  // namespace
}  // namespace noroshi::api
