// noroshi-publish as a script sees it: exit codes, stdout, stderr.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fstream>

#include "publishers/publish/options.hpp"
#include "tests/unit/publishers/answering_server.hpp"
#include "tests/unit/publishers/program.hpp"

namespace noroshi::publishers {
namespace {

using noroshi::testing::Ran;
using noroshi::testing::run_program;
using testing::AnsweringServer;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::json_reply;
using testing::problem_reply;

const std::string accepted_body = R"({"id":"x","sequence":17,"epoch":5,"subscribers":2})";

const std::string sound_alert =
    R"(<?xml version="1.0" encoding="UTF-8"?>)"
    R"(<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>x-1</identifier>)"
    R"(<sender>city.example</sender><sent>2026-11-22T12:00:00+09:00</sent>)"
    R"(<status>Actual</status><msgType>Alert</msgType><scope>Public</scope>)"
    R"(<info><category>Safety</category><event>evac</event><urgency>Immediate</urgency>)"
    R"(<severity>Severe</severity><certainty>Likely</certainty><area><areaDesc>x</areaDesc>)"
    R"(</area></info></alert>)";

Ran publish(std::vector<std::string> arguments, const std::string& input = "",
            const std::vector<std::string>& variables = {}) {
  arguments.insert(arguments.begin(), NOROSHI_PUBLISH);
  return run_program(arguments, input, variables);
}

std::vector<std::string> at(const AnsweringServer& server, std::vector<std::string> arguments) {
  for (const auto& argument : {std::string("--hub"), server.url(), std::string("--ca"), server.ca(),
                               std::string("--token-file"), server.token_file()})
    arguments.push_back(argument);
  return arguments;
}

std::string text(const boost::json::object& object, const char* name) {
  return std::string(object.at(name).as_string());
}

std::string ladder(const std::string& radio_state) {
  return R"({"identifier":"x-1","deliveries":[)"
         R"({"subscriber":"tv","state":"delivered","delivered_at":"T1","connected":true},)"
         R"({"subscriber":"radio","state":")" +
         radio_state + R"(","delivered_at":null,"connected":false}]})";
}

TEST(Publish, AnswersAWrongCommandLineWithTwo) {
  const std::vector<std::vector<std::string>> wrong = {
      {},
      {"fly"},
      {"validate"},
      {"validate", "-", "-"},
      {"send", "x.xml"},
      {"send", "x.xml", "--hub", "http://h", "--token-file", "t"},
      {"send", "x.xml", "--hub", "https://h", "--token-file", "t", "--wait", "shown:0"},
      {"send", "x.xml", "--hub", "https://h", "--token-file", "t", "--wait", "seen"},
      {"send", "x.xml", "--hub", "https://h", "--token-file", "t", "--wait", "delivered:0"},
      {"send", "x.xml", "--hub", "https://h", "--token-file", "t", "--timeout", "0"},
      {"send", "x.xml", "--hub", "https://h", "--cert", "c"},
      {"send", "x.xml", "--hub", "https://h", "--key", "k"},
      {"send", "x.xml", "--hub", "https://h", "--cert", "c", "--key", "k", "--token-file", "t"},
      {"status", "--hub", "https://h", "--token-file", "t"},
      {"validate", "x.xml", "--unknown"},
  };
  for (const auto& arguments : wrong) {
    const auto ran = publish(arguments);
    EXPECT_EQ(ran.exit_code, 2) << ::testing::PrintToString(arguments);
    EXPECT_THAT(ran.out, IsEmpty());
    EXPECT_FALSE(ran.err.empty());
  }
}

TEST(Publish, OffersHelpWithExamplesOnEveryVerbInBothLanguages) {
  for (const std::string verb : {"", "validate", "send", "status"}) {
    auto arguments = verb.empty() ? std::vector<std::string>() : std::vector{verb};
    arguments.emplace_back("--help");
    const auto english = publish(arguments);
    EXPECT_EQ(english.exit_code, 0);
    EXPECT_THAT(english.out, HasSubstr("Examples:\n  noroshi-publish " + verb));
    const auto japanese = publish(arguments, "", {"LC_ALL=ja_JP.UTF-8"});
    EXPECT_THAT(japanese.out, HasSubstr("例:\n"));
  }
  EXPECT_EQ(publish({"--version"}).out, "noroshi-publish " NOROSHI_VERSION "\n");
}

TEST(Publish, ValidatesWithOneJsonLineAFile) {
  wire::testing::ScratchDirectory directory;
  const auto bad = (directory.path() / "bad.xml").string();
  std::ofstream(bad) << "<alert>\n  <identifier></alert>";
  const auto ran = publish({"validate", "--json", "-", bad}, sound_alert);
  EXPECT_EQ(ran.exit_code, 4);
  const auto border = ran.out.find('\n');
  const auto first = boost::json::parse(ran.out.substr(0, border)).as_object();
  const auto second = boost::json::parse(ran.out.substr(border + 1)).as_object();
  EXPECT_EQ(text(first, "file"), "-");
  EXPECT_EQ(text(first, "verdict"), "accepted") << ran.out;
  EXPECT_EQ(text(second, "file"), bad);
  EXPECT_EQ(text(second, "verdict"), "refused");
  const auto& findings = second.at("findings").as_array();
  ASSERT_FALSE(findings.empty());
  for (const char* member : {"rule", "severity", "path", "line", "column", "message"})
    EXPECT_TRUE(findings[0].as_object().contains(member)) << member;
  EXPECT_EQ(findings[0].at("line").as_int64(), 2);
}

TEST(Publish, ValidatesWithExitZeroOnlyWhenAllAreAcceptedAndRead) {
  EXPECT_EQ(publish({"validate", "-"}, sound_alert).exit_code, 0);
  EXPECT_EQ(publish({"validate", "-"}, "no xml").exit_code, 4);
  const auto missing = publish({"validate", "-", "/nonexistent/x.xml"}, sound_alert);
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_THAT(missing.err, HasSubstr("/nonexistent/x.xml"));
}

TEST(Publish, StripsControlCharactersFromWhatItPrints) {
  const auto ran = publish({"validate", "-"}, "<alert>\x1b[31m</alert>");
  EXPECT_EQ(ran.out.find('\x1b'), std::string::npos);
  AnsweringServer server([](const auto&, int) {
    return testing::Reply{
        encode(wire::Response{403, {}, R"({"code":"auth.area","detail":"a\u001b[2Jb"})"},
               wire::Persistence::keep_alive)};
  });
  const auto refused = publish(at(server, {"send", "-"}), sound_alert);
  EXPECT_EQ(refused.exit_code, 4);
  EXPECT_THAT(refused.err, HasSubstr("auth.area: a[2Jb"));
}

TEST(Publish, SaysTheSequenceOfWhatItSent) {
  AnsweringServer server([](const auto&, int) { return json_reply(201, accepted_body); });
  const auto text = publish(at(server, {"send", "-"}), sound_alert);
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_EQ(text.out, "accepted sequence 17, addressed to 2 subscribers\n");
  EXPECT_THAT(text.err, IsEmpty());
  const auto json = publish(at(server, {"send", "-", "--json"}), sound_alert);
  EXPECT_EQ(boost::json::parse(json.out).at("sequence").as_int64(), 17);
}

TEST(Publish, TakesTheHubFromTheEnvironment) {
  AnsweringServer server([](const auto&, int) { return json_reply(201, accepted_body); });
  const auto ran = publish({"send", "-"}, sound_alert,
                           {"NOROSHI_HUB=" + server.url(), "NOROSHI_CA=" + server.ca(),
                            "NOROSHI_TOKEN_FILE=" + server.token_file()});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
}

TEST(Publish, SaysWhatTheHubCouldNotRead) {
  AnsweringServer server([](const auto&, int) {
    return json_reply(
        201,
        R"({"id":"x","sequence":17,"epoch":5,"subscribers":2,"flags":["jp.event evac.l6",7]})");
  });
  const auto ran = publish(at(server, {"send", "-"}), sound_alert);
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(ran.err, HasSubstr("loud and high: jp.event evac.l6\n"));
}

TEST(Publish, ValidatesTheProfileAsTheHubDoes) {
  std::ifstream file(NOROSHI_SOURCE_DIR "/ops/docs/order.xml");
  std::string order{std::istreambuf_iterator<char>(file), {}};
  const auto sound = publish({"validate", "--json", "-"}, order);
  EXPECT_EQ(sound.exit_code, 0) << sound.out;
  EXPECT_THAT(sound.out, ::testing::Not(HasSubstr("jp.")));

  const auto headline = order.find("<headline>") + 10;
  order.insert(headline, "防災訓練は中止 ");
  const auto asked = publish({"validate", "--json", "-"}, order);
  EXPECT_EQ(asked.exit_code, 0) << "to be confirmed is not refused";
  EXPECT_THAT(asked.out, HasSubstr(R"("rule":"jp.livetext","severity":"confirm")"));
  EXPECT_THAT(asked.out, HasSubstr("Confirm that"));

  order.insert(headline, "【訓練】");
  const auto refused = publish({"validate", "--json", "-"}, order);
  EXPECT_EQ(refused.exit_code, 4);
  EXPECT_THAT(refused.out, HasSubstr(R"("rule":"jp.livetext","severity":"error")"));
}

struct Refusal {
  int status, exit_code;
};

TEST(Publish, TurnsWhatTheHubRefusesIntoExitCodes) {
  for (const auto& [status, exit_code] :
       {Refusal{400, 4}, Refusal{401, 4}, Refusal{403, 4}, Refusal{404, 5}, Refusal{409, 6},
        Refusal{413, 4}, Refusal{422, 4}, Refusal{500, 1}}) {
    AnsweringServer server(
        [status = status](const auto&, int) { return problem_reply(status, "some.code"); });
    const auto ran = publish(at(server, {"send", "-"}), sound_alert);
    EXPECT_EQ(ran.exit_code, exit_code) << status;
    EXPECT_THAT(ran.err, HasSubstr("some.code"));
    EXPECT_THAT(ran.err, HasSubstr("cap.R012"));
    EXPECT_THAT(ran.out, IsEmpty());
  }
}

TEST(Publish, WaitsUntilEverybodyHasItAndShowsWho) {
  AnsweringServer server([](const auto& request, int nth) {
    if (request.method == "POST") return json_reply(201, accepted_body);
    if (nth == 2) return problem_reply(404, "not-found");  // the report is a moment behind
    return json_reply(200, ladder(nth < 5 ? "queued" : "delivered"));
  });
  const auto ran = publish(at(server, {"send", "-", "--wait", "delivered"}), sound_alert);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("tv"));
  EXPECT_THAT(ran.out, HasSubstr("T1"));
  EXPECT_THAT(ran.err, HasSubstr("2 of 2 have it"));
}

TEST(Publish, EndsWithSevenWhenItIsNotConfirmedInTime) {
  AnsweringServer server([](const auto& request, int) {
    return request.method == "POST" ? json_reply(201, accepted_body)
                                    : json_reply(200, ladder("queued"));
  });
  const auto all =
      publish(at(server, {"send", "-", "--wait", "delivered", "--timeout", "1"}), sound_alert);
  EXPECT_EQ(all.exit_code, 7);
  EXPECT_THAT(all.out, HasSubstr("accepted sequence 17"));
  EXPECT_THAT(all.out, HasSubstr("queued"));
  for (const std::string enough : {"delivered:connected", "delivered:1"})
    EXPECT_EQ(publish(at(server, {"send", "-", "--wait", enough}), sound_alert).exit_code, 0)
        << enough;
}

TEST(Publish, ShowsWhoHasAnAlertByIdentifier) {
  AnsweringServer server([](const auto& request, int) {
    if (request.path == "/v1/alerts" && request.parameter("identifier") == "x-1")
      return json_reply(200, R"({"alerts":[{"sequence":17}]})");
    if (request.path == "/v1/alerts") return json_reply(200, R"({"alerts":[]})");
    return json_reply(200, ladder("queued"));
  });
  const auto ran = publish(at(server, {"status", "x-1"}));
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("sequence 17: 1 of 2 have it (x-1)"));
  EXPECT_EQ(publish(at(server, {"status", "unknown"})).exit_code, 5);
}

TEST(Publish, SaysWhyItCannotReachTheHub) {
  AnsweringServer server([](const auto&, int) { return json_reply(201, accepted_body); });
  const wire::testing::ScratchDirectory elsewhere;
  const wire::testing::Authority stranger(elsewhere.path(), "stranger");
  const auto ran = publish({"send", "-", "--hub", server.url(), "--ca",
                            stranger.certificate().string(), "--token-file", server.token_file()},
                           sound_alert);
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err, HasSubstr("certificate is not trusted"));
  const auto no_token =
      publish({"send", "-", "--hub", server.url(), "--token-file", "/none"}, sound_alert);
  EXPECT_EQ(no_token.exit_code, 3);
}

// The certificate of the test's own hub serves as the signer's.
TEST(Sign, SignsWhatValidateThenSeesAndNothingElse) {
  const auto folder = ::testing::TempDir() + "noroshi-publish-sign-" + std::to_string(::getpid());
  ASSERT_EQ(std::system(("rm -rf " + folder + " && mkdir " + folder).c_str()), 0);
  const auto key = folder + "/city.key", certificate = folder + "/city.pem",
             order = folder + "/order.xml", out = folder + "/signed.xml";
  ASSERT_EQ(std::system(("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
                         "-subj /CN=city -days 1 -keyout " +
                         key + " -out " + certificate + " 2> /dev/null")
                            .c_str()),
            0);
  std::ofstream(order) << sound_alert;
  const auto written = publish({"sign", order, "--key", key, "--cert", certificate, "--out", out});
  EXPECT_EQ(written.exit_code, 0) << written.err;
  EXPECT_THAT(written.err, HasSubstr("signed"));
  const auto checked = publish({"validate", "--json", out});
  EXPECT_EQ(checked.exit_code, 0) << checked.out;
  EXPECT_THAT(checked.out, HasSubstr(R"("signatures":1)"));
  EXPECT_THAT(publish({"validate", out}).err, HasSubstr("signatures: 1"));

  const auto printed = publish({"sign", "-", "--key", key, "--cert", certificate}, sound_alert);
  EXPECT_EQ(printed.exit_code, 0) << printed.err;
  EXPECT_THAT(printed.out, HasSubstr("<SignatureValue>"));
  EXPECT_THAT(printed.err, IsEmpty());

  struct Case {
    std::vector<std::string> arguments;
    std::string input;
    int exit;
    const char* said;
  };
  const Case cases[] = {
      {{"sign", "-", "--key", key, "--cert", certificate}, "<a/>", 4, "validate"},
      {{"sign", "-", "--key", certificate, "--cert", certificate}, sound_alert, 4, "private key"},
      {{"sign", "-", "--key", key, "--cert", key}, sound_alert, 4, "no certificate"},
      {{"sign", "-", "--key", folder + "/none", "--cert", certificate}, sound_alert, 1, "No such"},
      {{"sign", "-", "--cert", certificate}, sound_alert, 2, "--key"},
      {{"sign", "-", "--key", key, "--cert", certificate, "--out", folder + "/no/where"},
       sound_alert,
       1,
       "No such"},
  };
  for (const auto& c : cases) {
    const auto ran = publish(c.arguments, c.input);
    EXPECT_EQ(ran.exit_code, c.exit) << c.said;
    EXPECT_THAT(ran.err, HasSubstr(c.said));
    EXPECT_THAT(ran.out, IsEmpty());
  }
}

}  // namespace
}  // namespace noroshi::publishers
