// noroshi-subscribe as a script sees it: exit codes, stdout, stderr, files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "tests/unit/publishers/program.hpp"
#include "tests/unit/subscribers/stream_server.hpp"

namespace noroshi::subscribers {
namespace {

namespace fs = std::filesystem;
namespace pb = noroshi::v1;
using noroshi::testing::Ran;
using noroshi::testing::run_program;
using ::testing::AllOf;
using testing::Caller;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::StreamServer;

Ran subscribe(std::vector<std::string> arguments, const std::vector<std::string>& variables = {}) {
  arguments.insert(arguments.begin(), NOROSHI_SUBSCRIBE);
  return run_program(arguments, "", variables);
}

// A hub of the test's making that runs while a program talks to it.
class SubscribeTest : public ::testing::Test {
 protected:
  Ran run(StreamServer::OnHello hello, std::vector<std::string> arguments) {
    boost::asio::io_context context;
    StreamServer server(context, std::move(hello));
    if (on_ack) server.on_ack = on_ack;
    const auto token = server.scratch() / "token";
    std::ofstream(token) << "secret\n";
    fs::permissions(token, fs::perms::owner_read | fs::perms::owner_write);
    std::thread serving([&context] { context.run(); });
    for (const auto& argument :
         {std::string("--hub"), "https://127.0.0.1:" + server.port(), std::string("--ca"),
          server.ca().string(), std::string("--token-file"), token.string()})
      arguments.push_back(argument);
    auto ran = subscribe(std::move(arguments));
    context.stop();
    serving.join();
    for (const auto& caller : server.callers())
      if (!caller->acknowledged().empty()) acknowledged = caller->acknowledged().back();
    return ran;
  }

  fs::path folder() const { return scratch_.path() / "alerts"; }

  std::function<void(Caller&, std::uint64_t)> on_ack;
  std::uint64_t acknowledged = 0;

 private:
  wire::testing::ScratchDirectory scratch_;
};

void two_alerts(Caller& caller, const pb::Hello& hello, int) {
  caller.welcome(7, hello.has_resume_after() ? hello.resume_after() : 10, 12);
  caller.deliver(11, "<first/>");
  caller.deliver(12, "<second/>");
}

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Subscribe, AnswersAWrongCommandLineWithTwo) {
  const std::vector<std::string> door = {"--hub", "https://h", "--token-file", "t"};
  const std::vector<std::vector<std::string>> wrong = {
      {"--format", "yaml"},
      {"--format", "json", "--width", "15"},
      {"--format", "ticker", "--width", "16"},
      {"--width", "15"},
      {"--language", "en"},
      {"--states", "--format", "radio"},
      {"--standing"},
      {"--standing", "--out", "a", "--format", "xml"},
      {"--token-file", "u", "--hub", "https://i", "--hub", "https://j"},
      {"--from", "yesterday"},
      {"--from", "-1"},
      {"--out", "a", "--exec", "b"},
      {"--exec", "a 'b"},
      {"--exec", "a", "--ack", "stored"},
      {"--ack", "seen"},
      {"--exec-timeout", "5"},
      {"--count", "0"},
      {"--drill", "Not/An-Id"},
      {"--format", "xml", "--out", "a"},
      {"--cert", "c", "--key", "k"},
      {"--key", "k"},
  };
  EXPECT_EQ(subscribe({}).exit_code, 2);
  EXPECT_EQ(subscribe({"--hub", "ftp://h", "--token-file", "t"}).exit_code, 2);
  for (auto arguments : wrong) {
    const auto shown = ::testing::PrintToString(arguments);
    arguments.insert(arguments.end(), door.begin(), door.end());
    const auto ran = subscribe(arguments);
    EXPECT_EQ(ran.exit_code, 2) << shown;
    EXPECT_THAT(ran.out, IsEmpty()) << shown;
  }
}

TEST(Subscribe, OffersHelpWithExamplesInBothLanguages) {
  const auto english = subscribe({"--help"});
  EXPECT_EQ(english.exit_code, 0);
  EXPECT_THAT(english.out, AllOf(HasSubstr("Examples:"), HasSubstr("NOROSHI_HUB"),
                                 HasSubstr("--drill ID"), HasSubstr("geojson")));
  EXPECT_THAT(subscribe({"--help"}, {"LC_ALL=ja_JP.UTF-8"}).out, HasSubstr("例:"));
  EXPECT_EQ(subscribe({"--version"}).out, "noroshi-subscribe " NOROSHI_VERSION "\n");
}

TEST(Subscribe, AnswersAFolderNothingWasReceivedInWithFive) {
  EXPECT_EQ(subscribe({"--standing", "--out", "/nonexistent"}).exit_code, 5);
}

TEST(Lshape, ExplainsItselfAndRefusesAWrongCommandLine) {
  const auto lshape = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), NOROSHI_LSHAPE);
    return run_program(arguments, "", {});
  };
  EXPECT_THAT(lshape({"--help"}).out, AllOf(HasSubstr("--file"), HasSubstr("Examples")));
  EXPECT_EQ(lshape({}).exit_code, 2);
  const std::vector<std::string> whole = {"--hub",  "https://h", "--token-file", "/nonexistent",
                                          "--data", "/proc/no",  "--file",       "f"};
  EXPECT_EQ(lshape(whole).exit_code, 1) << "no folder can be made there";
  auto narrow = whole;
  narrow.insert(narrow.end(), {"--width", "3"});
  EXPECT_EQ(lshape(narrow).exit_code, 2);
}

TEST(Subscribe, AnswersAMissingTokenFileWithThree) {
  EXPECT_EQ(subscribe({"--hub", "https://h", "--token-file", "/nonexistent"}).exit_code, 3);
}

TEST_F(SubscribeTest, PrintsAnObjectALine) {
  const auto ran = run(two_alerts, {"--count", "2"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const auto border = ran.out.find('\n');
  EXPECT_EQ(boost::json::parse(ran.out.substr(0, border)).at("sequence").as_int64(), 11);
  EXPECT_EQ(boost::json::parse(ran.out.substr(border + 1)).at("sequence").as_int64(), 12);
  EXPECT_THAT(ran.err, HasSubstr("as demo-tv: channel live, environment demo"));
  EXPECT_EQ(acknowledged, 12u);
}

TEST_F(SubscribeTest, PrintsTheAcceptedBytesOrALineForPeople) {
  EXPECT_EQ(run(two_alerts, {"--count", "2", "--format", "xml"}).out, "<first/>\n<second/>\n");
  const auto ran = run(two_alerts, {"--count", "1", "--format", "ticker", "--quiet"});
  EXPECT_THAT(ran.out, HasSubstr("【警戒レベル4 避難指示】徳島市に避難指示 (通番 11、"));
  EXPECT_THAT(ran.err, IsEmpty());
}

TEST_F(SubscribeTest, AsksForTheSequenceToBeginWith) {
  std::uint64_t after = 0;
  run(
      [&after](Caller& caller, const pb::Hello& hello, int nth) {
        after = hello.resume_after();
        two_alerts(caller, hello, nth);
      },
      {"--count", "1", "--from", "11"});
  EXPECT_EQ(after, 10u);
}

TEST_F(SubscribeTest, HasAFileOnTheDiskBeforeItAcknowledges) {
  on_ack = [this](Caller&, std::uint64_t through) {
    EXPECT_TRUE(fs::exists(folder() / (std::to_string(through) + ".xml")));
    // By now it may be further on.
    const auto stored = boost::json::parse(content(folder() / ".noroshi")).at("sequence");
    EXPECT_GE(stored.to_number<std::uint64_t>(), through);
  };
  const auto ran = run(two_alerts, {"--count", "2", "--out", folder().string()});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, IsEmpty());
  EXPECT_EQ(content(folder() / "11.xml"), "<first/>");
  EXPECT_EQ(acknowledged, 12u);
}

TEST_F(SubscribeTest, GoesOnInAFolderAndLeavesWhatItHasAlone) {
  run(two_alerts, {"--count", "1", "--out", folder().string()});
  std::ofstream(folder() / "11.xml") << "as we left it";
  const auto ran = run(two_alerts, {"--count", "1", "--out", folder().string()});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(content(folder() / "11.xml"), "as we left it");
  EXPECT_EQ(content(folder() / "12.xml"), "<second/>");
}

TEST_F(SubscribeTest, RefusesAFolderOfAnotherLogWithSix) {
  run(two_alerts, {"--count", "1", "--out", folder().string()});
  const auto ran = run(
      [](Caller& caller, const pb::Hello&, int) {
        caller.welcome(8, 0, 1);
        caller.deliver(1, "<other/>");
      },
      {"--out", folder().string()});
  EXPECT_EQ(ran.exit_code, 6);
  EXPECT_THAT(ran.err, HasSubstr("the hub offers 8"));
  EXPECT_FALSE(fs::exists(folder() / "1.xml"));
}

TEST_F(SubscribeTest, AcknowledgesOnlyAfterTheCommandHasSucceeded) {
  fs::create_directories(folder());
  const auto done = (folder() / "done").string();
  on_ack = [&done](Caller&, std::uint64_t) { EXPECT_TRUE(fs::exists(done)); };
  const auto command =
      "/bin/sh -c 'test -e \"$0.tried\" || { touch \"$0.tried\"; exit 9; }; cat > \"$0\"' " + done;
  const auto ran = run(two_alerts, {"--count", "1", "--exec", command});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("the command failed with exit code 9"));
  EXPECT_EQ(content(done), "<first/>");
  EXPECT_EQ(acknowledged, 11u);
}

TEST_F(SubscribeTest, EndsWithAnExplanationWhenReplacedOrSuspended) {
  const auto end_with = [](const std::string& code) {
    return [code](Caller& caller, const pb::Hello&, int) {
      caller.welcome(7, 10, 12);
      caller.goodbye(code, 0);
    };
  };
  const auto replaced = run(end_with("replaced"), {});
  EXPECT_EQ(replaced.exit_code, 6);
  EXPECT_THAT(replaced.err, HasSubstr("another receiver of the same subscriber"));
  EXPECT_EQ(run(end_with("suspended"), {}).exit_code, 4);
  EXPECT_EQ(run(end_with("log.rolled_back"), {}).exit_code, 6);
}

TEST_F(SubscribeTest, SaysThatTheHubWentAwayAndCameBack) {
  const auto ran = run(
      [](Caller& caller, const pb::Hello& hello, int nth) {
        if (nth == 1) {
          caller.welcome(7, 10, 12);
          return caller.goodbye("stopping", 10);
        }
        two_alerts(caller, hello, nth);
      },
      {"--count", "1"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("the hub said good-bye (stopping"),
                             HasSubstr("the hub is back after")));
}

}  // namespace
}  // namespace noroshi::subscribers
