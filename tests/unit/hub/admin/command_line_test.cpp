#include "hub/admin/command_line.hpp"

#include <gmock/gmock.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <sstream>
#include <thread>

#include "hub/admin/admin_socket.hpp"
#include "hub/admin/administer.hpp"
#include "hub/admin/data_directory.hpp"
#include "hub/admin/log_access.hpp"
#include "tests/unit/hub/admin/scratch_directory.hpp"

namespace noroshi::admin {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using Words = std::vector<std::string>;

class CommandLineTest : public ScratchDirectory {
 protected:
  void SetUp() override {
    ScratchDirectory::SetUp();
    data_ = (scratch_ / "hub").string();
  }

  int call(const Words& arguments, const Serve& serve = nullptr) {
    std::ostringstream out;
    std::ostringstream err;
    const Surroundings surroundings{out, err, environment_, [] { return now_ms; }};
    const int code = run(arguments, surroundings, serve);
    out_ = out.str();
    err_ = err.str();
    return code;
  }
  int call_here(Words arguments) {
    arguments.insert(arguments.end(), {"--data", data_});
    return call(arguments);
  }
  std::optional<registry::Principal> principal_of(const std::string& token) {
    const auto log = OfflineLog::open(data_ + "/journal.db", [] { return now_ms; });
    EXPECT_TRUE(log);
    return (*log)->registry().principal_of(token);
  }

  static constexpr std::int64_t now_ms = 1'795'000'000'000;
  std::string data_;
  std::map<std::string, std::string> environment_;
  std::string out_;
  std::string err_;
};

TEST_F(CommandLineTest, TheDoorForCertificatesIsAboveTheOtherUnlessSaid) {
  ASSERT_EQ(call({"init", data_}), 0);
  struct Case {
    Words options;
    int port;
  };
  const Case cases[] = {{{}, 8444},
                        {{"--port", "9000"}, 9001},
                        {{"--port", "0"}, 0},
                        {{"--port", "65535"}, 65534},
                        {{"--port", "0", "--mtls-port", "8444"}, 8444},
                        {{"--mtls-port", "0"}, 0}};
  for (const auto& [options, port] : cases) {
    int served = -1;
    const auto serve = [&](const config::Config& config) {
      served = config.door_for_certificates();
      return 0;
    };
    Words arguments{"serve", "--data", data_};
    arguments.insert(arguments.end(), options.begin(), options.end());
    EXPECT_EQ(call(arguments, serve), 0);
    EXPECT_EQ(served, port);
  }
}

TEST_F(CommandLineTest, HelpShowsExamplesOnEveryVerb) {
  const Words verbs[] = {{},
                         {"init"},
                         {"serve"},
                         {"check"},
                         {"status"},
                         {"explain"},
                         {"publisher"},
                         {"publisher", "add"},
                         {"publisher", "set"},
                         {"publisher", "list"},
                         {"publisher", "show"},
                         {"publisher", "suspend"},
                         {"publisher", "resume"},
                         {"publisher", "token"},
                         {"subscriber"},
                         {"subscriber", "add"},
                         {"subscriber", "token"},
                         {"cert"},
                         {"cert", "issue"},
                         {"cert", "list"},
                         {"cert", "renew"},
                         {"cert", "revoke"},
                         {"audit"},
                         {"audit", "verify-proof"},
                         {"audit", "checkpoint"},
                         {"audit", "prove"},
                         {"audit", "verify"}};
  for (auto verb : verbs) {
    const auto name = fmt::format("{}", fmt::join(verb, " "));
    verb.push_back("--help");
    EXPECT_EQ(call(verb), 0) << name;
    EXPECT_THAT(out_, HasSubstr("Examples:\n  noroshi-hub " + name)) << name;
    EXPECT_EQ(err_, "");
  }
}

TEST_F(CommandLineTest, ExplainSpeaksBothLanguagesThatOfTheUserFirst) {
  EXPECT_EQ(call({"explain", "auth.area"}), 0) << "needs no data directory";
  const auto english = out_.find("It names an area you may not speak for");
  const auto japanese = out_.find("権限のない地域");
  ASSERT_NE(english, std::string::npos) << out_;
  ASSERT_NE(japanese, std::string::npos) << out_;
  EXPECT_LT(english, japanese);
  EXPECT_THAT(out_, HasSubstr("auth.area  403\n"));
  EXPECT_THAT(out_, HasSubstr("Laid down in ops/docs/contract.md, Authority"));
  environment_["LANG"] = "ja_JP.UTF-8";
  EXPECT_EQ(call({"explain", "cap.R012"}), 0);
  EXPECT_LT(out_.find("sent"), out_.find("OASIS CAP 1.2 schema"));
  EXPECT_THAT(out_, HasSubstr("もとになる規格"));
  EXPECT_EQ(call({"explain", "cap.R012", "--json"}), 0);
  EXPECT_THAT(out_, HasSubstr("\"severity\":\"error\""));
}

TEST_F(CommandLineTest, ExplainOfNothingThereIsNamesWhatIsNear) {
  EXPECT_EQ(call({"explain", "auth.aera"}), 5);
  EXPECT_EQ(out_, "");
  EXPECT_THAT(err_, HasSubstr("near it: auth.area"));
  EXPECT_EQ(call({"explain", "\x1b[2Jx"}), 5);
  EXPECT_EQ(err_.find('\x1b'), std::string::npos);
  EXPECT_EQ(call({"explain"}), 2);
  EXPECT_EQ(call({"explain", "--list"}), 0);
  EXPECT_THAT(out_, HasSubstr("\nlife.stale\n"));
  EXPECT_THAT(out_, HasSubstr("\njp.level\n"));
}

TEST_F(CommandLineTest, HelpIsInJapaneseUnderAJapaneseLocale) {
  environment_["LANG"] = "ja_JP.UTF-8";
  EXPECT_EQ(call({"publisher", "add", "--help"}), 0);
  EXPECT_THAT(out_, HasSubstr("使い方"));
  EXPECT_THAT(out_, HasSubstr("団体コード"));
  EXPECT_EQ(out_.find("Options"), std::string::npos);
}

TEST_F(CommandLineTest, VersionIsPrinted) {
  EXPECT_EQ(call({"--version"}), 0);
  EXPECT_EQ(out_, "noroshi-hub " NOROSHI_VERSION "\n");
}

TEST_F(CommandLineTest, MisuseIsExitCode2WithAWordWhereToLook) {
  const Words misuses[] = {{},
                           {"fly"},
                           {"publisher"},
                           {"publisher", "add"},
                           {"publisher", "list", "--colour"},
                           {"serve", "--port", "70000"},
                           {"serve", "--port", "x"},
                           {"init"},
                           {"status"},
                           {"status", "--data", ""}};
  for (const auto& misuse : misuses) {
    EXPECT_EQ(call(misuse), 2) << fmt::format("{}", fmt::join(misuse, " "));
    EXPECT_EQ(out_, "");
    EXPECT_FALSE(err_.empty());
  }
  call({"publisher", "list", "--colour\x1b[2J", "3"});
  EXPECT_THAT(err_, HasSubstr("not understood: --colour[2J 3"));
  EXPECT_THAT(err_, HasSubstr("`noroshi-hub publisher list --help`"));
}

TEST_F(CommandLineTest, InitSaysWhatToDoNextAndRefusesASecondTime) {
  EXPECT_EQ(call({"init", data_ + "/", "--demo"}), 0);
  EXPECT_THAT(err_, HasSubstr("noroshi-hub serve --data " + data_ + "\n"));
  EXPECT_THAT(err_, HasSubstr("25 publishers and 3 subscribers"));
  EXPECT_EQ(out_, "");
  EXPECT_EQ(call({"init", data_}), 6);
  EXPECT_THAT(err_, HasSubstr("not empty"));
}

TEST_F(CommandLineTest, InitInJsonNamesWhatItMade) {
  EXPECT_EQ(call({"init", data_, "--json", "--quiet", "--environment", "training"}), 0);
  EXPECT_EQ(err_, "");
  EXPECT_THAT(out_, HasSubstr("\"environment\":\"training\""));
  EXPECT_THAT(out_, HasSubstr("\"ca\":\"" + data_ + "/tls/ca.pem\""));
}

TEST_F(CommandLineTest, AddShowsTheTokenOnceAloneOnStandardOutput) {
  ASSERT_EQ(call({"init", data_}), 0);
  ASSERT_EQ(call_here({"publisher", "add", "362018", "--name", "徳島市", "--sender", "a",
                       "--sender", "b"}),
            0)
      << err_;
  ASSERT_THAT(out_, MatchesRegex("nrs_p_[A-Za-z0-9_-]+\n"));
  EXPECT_THAT(err_, HasSubstr("registered publisher 362018 徳島市"));
  const auto principal = principal_of(out_.substr(0, out_.size() - 1));
  ASSERT_TRUE(principal);
  EXPECT_EQ(principal->id, "362018");
  ASSERT_EQ(call_here({"publisher", "show", "362018"}), 0);
  EXPECT_THAT(out_, HasSubstr("senders: a,b\n"));
  EXPECT_EQ(out_.find("nrs_p_"), std::string::npos);
}

TEST_F(CommandLineTest, TokenFileTakesTheTokenInPlaceOfTheTerminal) {
  ASSERT_EQ(call({"init", data_}), 0);
  const auto file = (scratch_ / "tv.token").string();
  ASSERT_EQ(call_here({"subscriber", "add", "demo-tv", "--name", "TV", "--areas", "36,362018",
                       "--min-level", "3", "--outlets", "stream,webhook", "--token-file", file}),
            0)
      << err_;
  EXPECT_EQ(out_, "");
  EXPECT_EQ(mode_of(file), 0600U);
  const auto first = content_of(file);
  EXPECT_TRUE(principal_of(first.substr(0, first.size() - 1)));

  ASSERT_EQ(call_here({"subscriber", "token", "demo-tv", "--token-file", file, "--json"}), 0);
  EXPECT_THAT(out_, HasSubstr("\"token_file\":"));
  EXPECT_NE(content_of(file), first);
  EXPECT_FALSE(principal_of(first.substr(0, first.size() - 1)));
}

TEST_F(CommandLineTest, ARefusedVerbLeavesTheTokenFileAsItWas) {
  ASSERT_EQ(call({"init", data_}), 0);
  const auto file = scratch_ / "tv.token";
  std::ofstream(file) << "before";
  EXPECT_EQ(call_here({"subscriber", "token", "demo-tv", "--token-file", file.string()}), 5);
  EXPECT_EQ(content_of(file), "before");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(scratch_), {}), 2);  // hub, tv.token
}

TEST_F(CommandLineTest, FailuresHaveTheExitCodesOfTheContract) {
  EXPECT_EQ(call_here({"publisher", "list"}), 3);
  EXPECT_THAT(err_, HasSubstr("noroshi-hub init"));
  ASSERT_EQ(call({"init", data_}), 0);
  EXPECT_EQ(call_here({"publisher", "add", "362019", "--name", "x"}), 2);
  EXPECT_THAT(err_, HasSubstr("362018 would be right"));
  EXPECT_EQ(call_here({"publisher", "show", "362018"}), 5);
  EXPECT_EQ(call_here({"publisher", "add", "362018", "--name", "x"}), 0);
  EXPECT_EQ(call_here({"publisher", "add", "362018", "--name", "x", "--json"}), 6);
  EXPECT_THAT(err_, HasSubstr("{\"code\":\"conflict\""));
  EXPECT_EQ(out_, "");
}

TEST_F(CommandLineTest, DataDirectoryMayComeFromTheEnvironment) {
  ASSERT_EQ(call({"init", data_}), 0);
  environment_["NOROSHI_DATA"] = data_;
  EXPECT_EQ(call({"publisher", "list"}), 0);
}

TEST_F(CommandLineTest, ServeGetsFileEnvironmentAndOptionsInThisOrder) {
  ASSERT_EQ(call({"init", data_, "--host", "hub.example.jp"}), 0);
  std::ofstream(data_ + "/noroshi.toml", std::ios::app) << "shards = 3\nport = 1\nadmin_port = 1\n";
  environment_["NOROSHI_PORT"] = "2";
  environment_["NOROSHI_ADMIN_PORT"] = "2";
  config::Config seen;
  const auto remember = [&](const config::Config& config) {
    seen = config;
    return 42;
  };
  EXPECT_EQ(call({"serve", "--data", data_, "--port", "0", "--listen", "192.0.2.1", "--host",
                  "other.example"},
                 remember),
            42);
  EXPECT_EQ(seen.data, data_);
  EXPECT_EQ(seen.shards, 3U);
  EXPECT_EQ(seen.port, 0);
  EXPECT_EQ(seen.admin_port, 2);
  EXPECT_THAT(seen.hosts, testing::IsSupersetOf({"hub.example.jp", "other.example", "192.0.2.1"}));
}

TEST_F(CommandLineTest, ServeDoesNotStartOverWhatIsWrong) {
  const auto never = [](const config::Config&) -> int {
    ADD_FAILURE() << "served";
    return 0;
  };
  EXPECT_EQ(call({"serve", "--data", data_}, never), 3);
  ASSERT_EQ(call({"init", data_}), 0);
  EXPECT_EQ(call({"serve", "--data", data_, "--listen", "everywhere"}, never), 2);
  std::ofstream(data_ + "/noroshi.toml") << "prot = 1\n";
  EXPECT_EQ(call({"serve", "--data", data_}, never), 3);
  EXPECT_EQ(err_, data_ + "/noroshi.toml:1:1: unknown key `prot`; did you mean `port`?\n");
  std::ofstream(data_ + "/noroshi.toml") << "";
  std::ofstream(data_ + "/unfinished") << "";
  EXPECT_EQ(call({"serve", "--data", data_}, never), 3);
  EXPECT_THAT(err_, HasSubstr("interrupted"));
}

TEST_F(CommandLineTest, StatusWithoutAHubSaysSoAndWhereTheLogEnds) {
  ASSERT_EQ(call({"init", data_}), 0);
  EXPECT_EQ(call_here({"status"}), 1);
  EXPECT_THAT(err_, HasSubstr("no hub is running"));
  EXPECT_THAT(out_, HasSubstr("head: 2\n"));
  EXPECT_EQ(call_here({"status", "--json"}), 1);
  EXPECT_THAT(out_, HasSubstr("\"running\":false"));
}

// A hub as far as the admin socket goes: it owns the log and answers on its thread.
TEST_F(CommandLineTest, VerbsGoThroughTheRunningHub) {
  ASSERT_EQ(call({"init", data_}), 0);
  auto log = OfflineLog::open(data_ + "/journal.db", [] { return now_ms; });
  ASSERT_TRUE(log);
  boost::asio::io_context context;
  auto socket = AdminSocket::open(
      context, data_ + "/admin.sock", [&](const AdminRequest& request, const auto& answer) {
        if (request.action == AdminRequest::Action::status) {
          return answer(status_answer(R"({"running":true,"streams":7})"));
        }
        auto [proposals, intended] = administer(request, (*log)->registry());
        const auto outcomes = (*log)->append(proposals);
        answer(conclude(intended, *outcomes, request.language));
      });
  ASSERT_TRUE(socket) << socket.error().detail;
  auto work = boost::asio::make_work_guard(context);
  std::thread thread([&] { context.run(); });

  EXPECT_EQ(call_here({"publisher", "add", "362018", "--name", "徳島市"}), 0) << err_;
  const auto token = out_.substr(0, out_.find('\n'));
  EXPECT_EQ(call_here({"publisher", "add", "362018", "--name", "徳島市"}), 6);
  EXPECT_EQ(call_here({"publisher", "list", "--json"}), 0);
  EXPECT_THAT(out_, HasSubstr("\"code\":\"362018\""));
  EXPECT_EQ(call_here({"status"}), 0);
  EXPECT_THAT(out_, HasSubstr("streams: 7"));
  EXPECT_EQ(call_here({"check"}), 0) << out_;
  EXPECT_THAT(err_, HasSubstr("in use by the running hub"));

  boost::asio::post(context, [&] { socket->reset(); });
  work.reset();
  thread.join();
  EXPECT_TRUE((*log)->registry().principal_of(token));
}

TEST_F(CommandLineTest, AHubThatHoldsTheLogButDoesNotListenIsTemporary) {
  ASSERT_EQ(call({"init", data_}), 0);
  const auto log = OfflineLog::open(data_ + "/journal.db", [] { return now_ms; });
  ASSERT_TRUE(log);
  EXPECT_EQ(call_here({"publisher", "list"}), 1);
  EXPECT_THAT(err_, HasSubstr("Try again"));
}

}  // namespace
}  // namespace noroshi::admin
