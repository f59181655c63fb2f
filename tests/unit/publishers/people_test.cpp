// What noroshi-publish asks a person, and how a second one signs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "publishers/client/hub.hpp"
#include "publishers/publish/on_air.hpp"
#include "tests/unit/publishers/answering_server.hpp"
#include "tests/unit/publishers/program.hpp"

namespace noroshi::publishers {
namespace {

using noroshi::testing::Ran;
using noroshi::testing::run_program;
using testing::AnsweringServer;
using ::testing::HasSubstr;
using testing::json_reply;
using ::testing::Not;

const std::string accepted_body = R"({"id":"x","sequence":17,"epoch":5,"subscribers":2})";
const std::string question =
    R"({"title":"t","status":409,"detail":"d","code":"confirm.required","confirm":"TOKEN",)"
    R"("findings":[{"rule":"life.overlap","severity":"confirm","path":"/alert","line":1,)"
    R"("column":1,"message":"another stands here"}]})";

std::string value(const std::string& element, const std::string& name, const std::string& text) {
  return "<" + element + "><valueName>" + name + "</valueName><value>" + text + "</value></" +
         element + ">";
}

std::string order(const std::string& level, const std::string& direction = "issue",
                  const std::string& type = "Alert") {
  return "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>a</identifier>"
         "<sender>city.example</sender><sent>2026-11-22T12:00:00+09:00</sent>"
         "<status>Actual</status><msgType>" +
         type +
         "</msgType><scope>Public</scope><code>profile:CAP-JP:0.1</code>"
         "<info><language>ja-JP</language><category>Safety</category><event>避難指示</event>"
         "<urgency>Immediate</urgency><severity>Severe</severity><certainty>Likely</certainty>" +
         value("eventCode", "profile:CAP-JP:Event:0.1", "evac.l" + level) +
         value("eventCode", "profile:CAP-JP:Hazard:0.1", "flood") +
         "<headline>徳島市 洪水 避難指示</headline>" +
         value("parameter", "layer:CAP-JP:0.1:WarningLevel", level) +
         value("parameter", "layer:CAP-JP:0.1:IssueOrLift", direction) +
         "<area><areaDesc>徳島市</areaDesc>" +
         value("geocode", "profile:CAP-JP:LGCode:0.1", "362018") +
         value("geocode", "profile:CAP-JP:District:0.1", "362018:kawauchi") +
         "</area></info></alert>";
}

Ran publish(const AnsweringServer& server, std::vector<std::string> arguments,
            const std::string& input = "") {
  arguments.insert(arguments.begin(), NOROSHI_PUBLISH);
  for (const auto& argument : {std::string("--hub"), server.url(), std::string("--ca"), server.ca(),
                               std::string("--token-file"), server.token_file()})
    arguments.push_back(argument);
  return run_program(arguments, input, {});
}

std::string field(const wire::Request& request, std::string_view name) {
  return std::string(wire::find(request.fields, name).value_or(""));
}

AnsweringServer::Script asking() {
  return [](const wire::Request& request, int) {
    return field(request, "Noroshi-Confirm") == "TOKEN" ? json_reply(201, accepted_body)
                                                        : json_reply(409, question);
  };
}

TEST(OnAir, Tokushima2022TheLevelIsSaidInWordsAndColourAndTypedToAgree) {
  const auto four = on_air(order("4"), words_en);
  EXPECT_THAT(four.lines, ::testing::Contains(HasSubstr("LEVEL 4 (purple)")));
  EXPECT_THAT(four.lines, ::testing::Contains(HasSubstr("徳島市 洪水")));
  EXPECT_EQ(four.sign, "4");
  EXPECT_EQ(on_air(order("3"), words_en).sign, "3");
  EXPECT_THAT(on_air(order("3"), words_ja).lines,
              ::testing::Contains(HasSubstr("警戒レベル3(赤)")));
  EXPECT_EQ(on_air(order("4", "lift"), words_ja).sign, "解除");
  EXPECT_EQ(on_air(order("4", "issue", "Cancel"), words_en).sign, "cancel");
  EXPECT_EQ(on_air("<x", words_en).sign, "yes");
}

TEST(People, NothingIsSentThatNobodyConfirms) {
  AnsweringServer server(asking());
  const auto ran = publish(server, {"send", "-"}, order("4"));
  EXPECT_EQ(ran.exit_code, 4);
  EXPECT_THAT(ran.err, HasSubstr("another stands here"));
  EXPECT_THAT(ran.err, HasSubstr("LEVEL 4 (purple)"));
  EXPECT_THAT(ran.err, HasSubstr("--confirm"));
  EXPECT_EQ(server.stop().size(), 1U);
}

TEST(People, ConfirmSaysYesToWhatIsAsked) {
  AnsweringServer server(asking());
  const auto ran = publish(server, {"send", "-", "--confirm"}, order("4"));
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const auto requests = server.stop();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].body, requests[1].body);
}

TEST(People, WhoNeverStopsBeingAskedGivesUp) {
  AnsweringServer server([](const auto&, int) { return json_reply(409, question); });
  EXPECT_EQ(publish(server, {"send", "-", "--confirm"}, order("4")).exit_code, 4);
  EXPECT_EQ(server.stop().size(), 4U);
}

TEST(People, BreakGlassCarriesItsReasonInAscii) {
  AnsweringServer server([](const auto&, int) { return json_reply(201, accepted_body); });
  EXPECT_EQ(publish(server, {"send", "-", "--break-glass", "夜間一人"}, order("4")).exit_code, 0);
  EXPECT_EQ(field(server.stop().front(), "Noroshi-Break-Glass"),
            "%E5%A4%9C%E9%96%93%E4%B8%80%E4%BA%BA");
}

TEST(People, TheApproverSignsTheBytesThatWereShown) {
  const auto document = order("4");
  AnsweringServer server([&](const wire::Request& request, int) {
    if (request.method == "GET") return json_reply(200, document);
    return json_reply(201, accepted_body);
  });
  EXPECT_EQ(publish(server, {"approve", "d1"}).exit_code, 4) << "nobody to ask";
  const auto ran = publish(server, {"approve", "d1", "--yes"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("LEVEL 4 (purple)"));
  const auto requests = server.stop();
  ASSERT_EQ(requests.size(), 3U);
  EXPECT_EQ(requests[2].path, "/v1/drafts/d1/approval");
  EXPECT_THAT(requests[2].body, HasSubstr(sha256_of(document)));
}

// With NOROSHI_HUB set, --hub of another was not heard: the order would have gone elsewhere.
TEST(People, TheCommandLineCountsMoreThanTheEnvironment) {
  AnsweringServer server(
      [](const wire::Request&, int) { return json_reply(200, R"({"drafts":[]})"); });
  const auto ran =
      run_program({NOROSHI_PUBLISH, "drafts", "--hub", server.url(), "--ca", server.ca(),
                   "--token-file", server.token_file(), "--timeout", "2"},
                  "",
                  {"NOROSHI_HUB=https://localhost:1", "NOROSHI_CA=/nowhere",
                   "NOROSHI_TOKEN_FILE=/nowhere", "NOROSHI_CERT=/nowhere", "NOROSHI_KEY=/nowhere"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(server.stop().size(), 1U);
}

TEST(People, DraftsAreSubmittedListedAndWithdrawn) {
  AnsweringServer server([](const wire::Request& request, int) {
    if (request.method == "GET")
      return json_reply(200,
                        R"({"drafts":[{"id":"d1","state":"waiting","until":"T","author":"kato",)"
                        R"("summary":{"headline":"h","level":4}}]})");
    return json_reply(200, R"({"id":"d1","until":"T","state":"withdrawn"})");
  });
  EXPECT_THAT(publish(server, {"draft", "-", "--replaces", "d0"}, order("4")).out,
              HasSubstr("draft d1 waits"));
  EXPECT_THAT(publish(server, {"drafts"}).out, HasSubstr("d1  waiting"));
  EXPECT_EQ(publish(server, {"withdraw", "d1", "--reason", "wrong"}).exit_code, 0);
  const auto requests = server.stop();
  EXPECT_EQ(field(requests[0], "Noroshi-Replaces"), "d0");
  EXPECT_EQ(requests[2].body, R"({"reason":"wrong"})");
}

}  // namespace
}  // namespace noroshi::publishers
