#include "subscribers/subscribe/command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>

#include "tests/unit/proto/wire/certificates.hpp"
#include "tests/unit/subscribers/items.hpp"

namespace noroshi::subscribers {
namespace {

using namespace std::chrono_literals;
using testing::delivered;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::passed_over;

struct Split {
  std::string line;
  std::vector<std::string> arguments;
};

TEST(SplitArguments, FollowsItsSimpleRules) {
  const Split cases[] = {
      {"a", {"a"}},
      {"  a\tb  c ", {"a", "b", "c"}},
      {"a 'b c' \"d e\"", {"a", "b c", "d e"}},
      {"a '' \"\"", {"a", "", ""}},
      {"a 'b\"\\c'", {"a", "b\"\\c"}},
      {"a \"b\\\"c\\\\d\\e\"", {"a", "b\"c\\d\\e"}},
      {"a\\ b c\\'d", {"a b", "c'd"}},
      {"a'b'\"c\"d", {"abcd"}},
      {"a $HOME * ; | `x`", {"a", "$HOME", "*", ";", "|", "`x`"}},
  };
  for (const auto& [line, arguments] : cases) {
    const auto split = split_arguments(line);
    ASSERT_TRUE(split) << line;
    EXPECT_EQ(*split, arguments) << line;
  }
}

TEST(SplitArguments, RefusesWhatIsNotFinished) {
  for (const char* line : {"", "  ", "a 'b", "a \"b", "a \"b\\\"", "a \\"})
    EXPECT_FALSE(split_arguments(line)) << line;
}

struct Notes final : Command::Watcher {
  void on_failed_run(const Item&, Run run, std::chrono::milliseconds) override {
    runs.push_back(run);
    after_failure();
  }
  void on_passed_over(const Item& item) override { passed.push_back(item.position.sequence); }
  std::vector<Run> runs;
  std::vector<std::uint64_t> passed;
  std::function<void()> after_failure = [] {};
};

class CommandTest : public ::testing::Test {
 protected:
  Command command(const std::string& script, std::chrono::milliseconds limit = 30s) {
    return Command({.arguments = {"/bin/sh", "-c", script, "sh", file("out")},
                    .limit = limit,
                    .retry_first = 1ms,
                    .retry_most = 2ms},
                   stop.get_token(), notes);
  }
  std::string file(const std::string& name) const { return (scratch_.path() / name).string(); }
  std::string written() const {
    std::ifstream in(file("out"), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::stop_source stop;
  Notes notes;

 private:
  wire::testing::ScratchDirectory scratch_;
};

TEST_F(CommandTest, GivesTheBytesAndTheFacts) {
  ::setenv("NOROSHI_TOKEN_FILE", "/secret", 1);
  auto store = command(
      R"(cat > "$1"; echo "|$NOROSHI_SEQUENCE|$NOROSHI_HEADLINE|$NOROSHI_TOKEN_FILE|" >> "$1")");
  const std::string large(300'000, 'x');
  ASSERT_TRUE(store.take(delivered(17, large)));
  ::unsetenv("NOROSHI_TOKEN_FILE");
  EXPECT_EQ(written(), large + "|17|徳島市に避難指示||\n");
  EXPECT_TRUE(notes.runs.empty());
}

TEST_F(CommandTest, RunsAgainUntilItSucceeds) {
  auto store = command(R"sh(echo run >> "$1"; test "$(wc -l < "$1")" -ge 3)sh");
  ASSERT_TRUE(store.take(delivered(17, "<a/>")));
  EXPECT_EQ(written(), "run\nrun\nrun\n");
  ASSERT_EQ(notes.runs.size(), 2u);
  EXPECT_EQ(notes.runs[0].kind, Run::Kind::exited);
  EXPECT_EQ(notes.runs[0].number, 1);
}

TEST_F(CommandTest, EndsASlowRunWithEverythingItStarted) {
  auto store = command(R"(sleep 600 & echo $! > "$1"; wait)", 200ms);
  notes.after_failure = [this] { stop.request_stop(); };
  const auto taken = store.take(delivered(17, "<a/>"));
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::closed);
  ASSERT_EQ(notes.runs.size(), 1u);
  EXPECT_EQ(notes.runs[0].kind, Run::Kind::too_slow);
  const auto grandchild = std::stoi(written());
  // It may stay a zombie where nobody reaps; it must not go on running.
  const auto deadline = std::chrono::steady_clock::now() + 5s;
  const auto runs = [grandchild] {
    std::ifstream in("/proc/" + std::to_string(grandchild) + "/stat");
    std::string number, name, state;
    return static_cast<bool>(in >> number >> name >> state) && state != "Z";
  };
  while (runs() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  EXPECT_FALSE(runs());
}

TEST_F(CommandTest, SaysHowARunEnded) {
  notes.after_failure = [this] { stop.request_stop(); };
  auto killed = command("kill -9 $$");
  EXPECT_FALSE(killed.take(delivered(17, "<a/>")));
  ASSERT_EQ(notes.runs.size(), 1u);
  EXPECT_EQ(notes.runs[0].kind, Run::Kind::killed);
  EXPECT_EQ(notes.runs[0].number, SIGKILL);

  Command missing({.arguments = {"/nonexistent/program"}}, stop.get_token(), notes);
  EXPECT_FALSE(missing.take(delivered(18, "<a/>")));
  ASSERT_EQ(notes.runs.size(), 2u);
  EXPECT_EQ(notes.runs[1].kind, Run::Kind::not_started);
  EXPECT_EQ(notes.runs[1].number, ENOENT);
}

TEST_F(CommandTest, IsNotRunForAnAlertThatPassed) {
  auto store = command(R"(echo run >> "$1")");
  EXPECT_TRUE(store.take(passed_over(18)));
  EXPECT_EQ(written(), "");
  EXPECT_THAT(notes.passed, ElementsAre(18));
}

}  // namespace
}  // namespace noroshi::subscribers
