// The verbs on drills as an operator calls them, over a real data directory.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <sstream>

#include "hub/admin/command_line.hpp"
#include "hub/admin/log_access.hpp"
#include "proto/cap/instant.hpp"
#include "tests/unit/hub/admin/scratch_directory.hpp"

namespace noroshi::admin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;
using Words = std::vector<std::string>;

constexpr std::int64_t start_ms = 1'795'000'000'000;
constexpr std::int64_t hour_ms = 3'600'000;

class DrillVerbs : public ScratchDirectory {
 protected:
  void SetUp() override {
    ScratchDirectory::SetUp();
    data_ = (scratch_ / "hub").string();
    ASSERT_EQ(call({"init", data_, "--demo"}), 0);
  }

  int call(const Words& arguments) {
    std::ostringstream out;
    std::ostringstream err;
    const int code =
        run(arguments, Surroundings{out, err, {}, [this] { return now_ms_; }}, nullptr);
    out_ = out.str();
    err_ = err.str();
    return code;
  }
  int call_here(Words arguments) {
    arguments.insert(arguments.end(), {"--data", data_});
    return call(arguments);
  }
  int open(const std::string& id, Words more = {}) {
    Words words{"drill",         "open",           id,
                "--name",        "県総合防災訓練", "--publishers",
                "362018,362026", "--subscribers",  "demo-tv"};
    if (more.empty()) more = {"--end", cap::cap_datetime(now_ms_ + hour_ms)};
    words.insert(words.end(), more.begin(), more.end());
    return call_here(words);
  }
  std::string state(const std::string& id) {
    EXPECT_EQ(call_here({"drill", "show", id, "--json"}), 0);
    return std::string(boost::json::parse(out_).as_object().at("state").as_string());
  }
  std::optional<registry::Principal> principal_of(const std::string& token) {
    const auto log = OfflineLog::open(data_ + "/journal.db", [] { return start_ms; });
    EXPECT_TRUE(log);
    return (*log)->registry().principal_of(token);
  }

  std::int64_t now_ms_ = start_ms;
  std::string data_, out_, err_;
};

TEST_F(DrillVerbs, OpenListShowClose) {
  ASSERT_EQ(open("shakeout"), 0) << err_;
  EXPECT_THAT(err_, HasSubstr("publisher token CODE --drill shakeout"));
  EXPECT_EQ(call_here({"drill", "list"}), 0);
  EXPECT_THAT(out_, StartsWith("shakeout\t県総合防災訓練\t"));
  EXPECT_EQ(call_here({"drill", "show", "shakeout"}), 0);
  EXPECT_THAT(out_, HasSubstr("publishers: 362018,362026\n"));
  EXPECT_THAT(out_, HasSubstr("state: open\n"));
  EXPECT_EQ(call_here({"drill", "close", "shakeout", "--reason", "rain"}), 0);
  EXPECT_EQ(state("shakeout"), "over");
  EXPECT_THAT(out_, HasSubstr("\"reason\":\"rain\""));
  EXPECT_EQ(call_here({"drill", "close", "shakeout"}), 0);
  EXPECT_THAT(err_, HasSubstr("over already"));
}

TEST_F(DrillVerbs, TheClockOpensAndEndsIt) {
  ASSERT_EQ(open("later", {"--start", cap::cap_datetime(start_ms + hour_ms), "--end",
                           cap::cap_datetime(start_ms + 2 * hour_ms)}),
            0)
      << err_;
  EXPECT_EQ(state("later"), "waiting");
  now_ms_ += hour_ms;
  EXPECT_EQ(state("later"), "open");
  now_ms_ += hour_ms;
  EXPECT_EQ(state("later"), "over");
}

TEST_F(DrillVerbs, WhatMakesNoSenseIsRefusedAndChangesNothing) {
  ASSERT_EQ(open("taken"), 0);
  const auto at = [](std::int64_t ms) { return cap::cap_datetime(ms); };
  struct Case {
    std::string id;
    Words more;
    int exit_code;
  };
  const auto day_ms = 24 * hour_ms;
  const Case cases[] = {
      {"taken", {}, 6},
      {"Not-An-Id", {}, 2},
      {"x", {"--end", "tomorrow"}, 2},
      {"x", {"--start", "2026-11-23T09:00:00Z", "--end", at(start_ms + hour_ms)}, 2},
      {"x", {"--start", "now"}, 2},
      {"x", {"--end", at(start_ms - hour_ms)}, 2},
      {"x", {"--start", at(start_ms + 2 * hour_ms), "--end", at(start_ms + hour_ms)}, 2},
      {"x", {"--end", at(start_ms + 31 * day_ms)}, 2},
      {"x", {"--end", at(start_ms + hour_ms), "--publishers", "131016"}, 5},
      {"x", {"--end", at(start_ms + hour_ms), "--subscribers", "nobody"}, 5},
  };
  for (const auto& [id, more, exit_code] : cases) {
    EXPECT_EQ(open(id, more), exit_code) << id << testing::PrintToString(more) << err_;
    EXPECT_NE(err_, "");
  }
  EXPECT_EQ(call_here({"drill", "open", "x", "--name", "n", "--end", at(start_ms + hour_ms)}), 2)
      << "nobody takes part";
  EXPECT_EQ(call_here({"drill", "show", "x"}), 5);
  EXPECT_EQ(call_here({"drill", "close", "x"}), 5);
}

TEST_F(DrillVerbs, NoMoreThanSixteenAtOnce) {
  for (std::size_t i = 0; i < drills::sessions_at_once_max; ++i)
    ASSERT_EQ(open("d" + std::to_string(i)), 0);
  EXPECT_EQ(open("one-more"), 6);
  ASSERT_EQ(call_here({"drill", "close", "d0"}), 0);
  EXPECT_EQ(open("one-more"), 0);
}

TEST_F(DrillVerbs, ATokenOfADrillStandsBesideTheLiveOneAndLooksDifferent) {
  ASSERT_EQ(open("shakeout"), 0);
  std::ifstream in(data_ + "/demo/362018.token");
  std::string live;
  std::getline(in, live);
  EXPECT_THAT(live, StartsWith("nrs_p_"));
  const auto file = (scratch_ / "drill.token").string();
  ASSERT_EQ(
      call_here({"publisher", "token", "362018", "--drill", "shakeout", "--token-file", file}), 0)
      << err_;
  EXPECT_THAT(err_, HasSubstr("/v1/drills/shakeout/"));
  struct stat status {};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  std::ifstream written(file);
  std::string token;
  std::getline(written, token);
  EXPECT_THAT(token, StartsWith("nrd_p_"));
  EXPECT_EQ(principal_of(token)->channel.drill(), "shakeout");
  EXPECT_TRUE(principal_of(live)->channel.live());
  ASSERT_EQ(call_here({"subscriber", "token", "demo-tv", "--drill", "shakeout", "--quiet"}), 0);
  EXPECT_THAT(out_, StartsWith("nrd_s_"));
}

TEST_F(DrillVerbs, ATokenIsForWhoTakesPartInWhatIsNotOver) {
  ASSERT_EQ(open("shakeout"), 0);
  EXPECT_EQ(call_here({"subscriber", "token", "demo-radio", "--drill", "shakeout"}), 4);
  EXPECT_EQ(call_here({"subscriber", "token", "demo-tv", "--drill", "unknown"}), 5);
  ASSERT_EQ(call_here({"drill", "close", "shakeout"}), 0);
  EXPECT_EQ(call_here({"subscriber", "token", "demo-tv", "--drill", "shakeout"}), 6);
}

TEST_F(DrillVerbs, AnOfficerOfWhoTakesPartGetsOneBesideTheLiveOne) {
  ASSERT_EQ(open("shakeout"), 0);
  ASSERT_EQ(call_here({"officer", "add", "kato", "--publisher", "362018", "--role", "drafter",
                       "--quiet"}),
            0)
      << err_;
  const auto live = out_.substr(0, out_.find('\n'));
  ASSERT_EQ(call_here({"officer", "token", "kato", "--drill", "shakeout", "--quiet"}), 0) << err_;
  const auto token = out_.substr(0, out_.find('\n'));
  EXPECT_THAT(token, StartsWith("nrd_f_"));
  EXPECT_EQ(principal_of(token)->channel.drill(), "shakeout");
  EXPECT_TRUE(principal_of(live)->channel.live()) << "stays valid";
  ASSERT_EQ(call_here({"officer", "add", "mori", "--publisher", "362034", "--role", "approver"}), 0)
      << err_;
  EXPECT_EQ(call_here({"officer", "token", "mori", "--drill", "shakeout"}), 4) << "takes no part";
  EXPECT_EQ(call_here({"officer", "token", "kato"}), 2) << "the live one is `reset`";
  EXPECT_EQ(call_here({"officer", "token", "kato", "--drill", "unknown"}), 5);
}

TEST_F(DrillVerbs, HelpShowsExamplesOnEveryVerb) {
  for (const auto* verb : {"", " open", " close", " list", " show"}) {
    Words words{"drill"};
    if (*verb != '\0') words.emplace_back(verb + 1);
    words.emplace_back("--help");
    EXPECT_EQ(call(words), 0) << verb;
    EXPECT_THAT(out_, HasSubstr("Examples:\n  noroshi-hub drill" + std::string(verb))) << verb;
  }
}

}  // namespace
}  // namespace noroshi::admin
