#include "publishers/client/hub.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>

#include "tests/unit/publishers/answering_server.hpp"

namespace noroshi::publishers {
namespace {

using namespace std::chrono_literals;
using testing::AnsweringServer;
using testing::json_reply;
using testing::problem_reply;
using testing::Reply;

const std::string accepted_body =
    R"({"id":"x-1","sequence":17,"epoch":9007199254740991,)"
    R"("accepted_at":"2026-11-22T12:00:00.000+09:00","channel":"live","subscribers":3})";

Hub::Deadline in(std::chrono::milliseconds time) { return std::chrono::steady_clock::now() + time; }

// A hub as the client sees it, and what the client said about retries.
struct Called {
  explicit Called(const AnsweringServer& server, const std::string& ca)
      : hub({.address = wire::hub_address(server.url()).value(),
             .tls = wire::TlsContext::client(ca).value(),
             .token = "secret",
             .attempt_limit = 5s,
             .retry_first = 1ms,
             .retry_most = 4ms},
            [this](const Failure& failure, std::chrono::milliseconds wait) {
              retries.push_back(failure);
              waits.push_back(wait);
            }) {}
  std::vector<Failure> retries;
  std::vector<std::chrono::milliseconds> waits;
  Hub hub;
};

TEST(Hub, SubmitsTheBytesAndReadsTheReceipt) {
  AnsweringServer server([](const auto&, int) { return json_reply(201, accepted_body); });
  Called called(server, server.ca());
  const auto accepted = called.hub.submit("<alert/>", "application/cap+xml", in(10s));
  ASSERT_TRUE(accepted) << accepted.error().detail;
  EXPECT_EQ(accepted->id, "x-1");
  EXPECT_EQ(accepted->sequence, 17u);
  EXPECT_EQ(accepted->epoch, 9007199254740991u);
  EXPECT_EQ(accepted->channel, "live");
  EXPECT_EQ(accepted->subscribers, 3u);
  EXPECT_FALSE(accepted->already_known);
  const auto requests = server.stop();
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(requests[0].method, "POST");
  EXPECT_EQ(requests[0].path, "/v1/alerts");
  EXPECT_EQ(requests[0].body, "<alert/>");
  EXPECT_EQ(wire::find(requests[0].fields, "Authorization"), "Bearer secret");
  EXPECT_EQ(wire::find(requests[0].fields, "Content-Type"), "application/cap+xml");
}

TEST(Hub, WaitsAsLongAsRetryAfterSaysAndSubmitsAgain) {
  AnsweringServer server([](const auto&, int nth) {
    return nth == 1 ? problem_reply(503, "starting", {{"Retry-After", "1"}})
                    : json_reply(201, accepted_body);
  });
  Called called(server, server.ca());
  ASSERT_TRUE(called.hub.submit("<alert/>", "application/cap+xml", in(30s)));
  EXPECT_THAT(called.waits, ::testing::ElementsAre(1000ms));
  EXPECT_EQ(called.retries[0].problem.code, "starting");
  EXPECT_EQ(server.stop().size(), 2u);
}

TEST(Hub, SlowsDownWhenItIsToldThatItSendsTooMuch) {
  AnsweringServer server([](const auto&, int nth) {
    return nth <= 2 ? problem_reply(429, "rate.limited", {{"Retry-After", "1"}})
                    : json_reply(201, accepted_body);
  });
  Called called(server, server.ca());
  ASSERT_TRUE(called.hub.submit("<alert/>", "application/cap+xml", in(30s)));
  EXPECT_THAT(called.waits, ::testing::ElementsAre(1000ms, 1000ms));
  const auto requests = server.stop();
  ASSERT_EQ(requests.size(), 3u);
  EXPECT_EQ(requests[0].body, requests[2].body);
}

TEST(Hub, SubmitsTheSameBytesAgainWhenTheAnswerIsCutOff) {
  AnsweringServer server([](const auto&, int nth) {
    if (nth > 1) return json_reply(200, accepted_body);
    auto reply = json_reply(201, accepted_body);
    reply.bytes.resize(reply.bytes.size() - 20);
    reply.then = Reply::Then::cut;
    return reply;
  });
  Called called(server, server.ca());
  const auto accepted = called.hub.submit("<alert/>", "application/cap+xml", in(10s));
  ASSERT_TRUE(accepted);
  EXPECT_TRUE(accepted->already_known);
  ASSERT_EQ(called.retries.size(), 1u);
  EXPECT_EQ(called.retries[0].kind, Failure::Kind::cut);
  const auto requests = server.stop();
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_EQ(requests[0].body, requests[1].body);
}

TEST(Hub, GivesUpWhenRetryAfterLiesBeyondTheDeadline) {
  AnsweringServer server([](const auto&, int) {
    return problem_reply(503, "journal.unavailable", {{"Retry-After", "3600"}});
  });
  Called called(server, server.ca());
  const auto refused = called.hub.submit("<alert/>", "application/cap+xml", in(10s));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problem.code, "journal.unavailable");
  EXPECT_TRUE(called.retries.empty());
}

TEST(Hub, DoesNotRepeatWhatIsRefusedAndHandsOnEveryFinding) {
  AnsweringServer server([](const auto&, int) { return problem_reply(422, "alert.invalid"); });
  Called called(server, server.ca());
  const auto refused = called.hub.submit("<alert/>", "application/cap+xml", in(10s));
  ASSERT_FALSE(refused);
  const auto& problem = refused.error().problem;
  EXPECT_EQ(refused.error().kind, Failure::Kind::problem);
  EXPECT_EQ(problem.status, 422);
  EXPECT_EQ(problem.code, "alert.invalid");
  ASSERT_EQ(problem.findings.size(), 1u);
  EXPECT_EQ(problem.findings[0].rule, "cap.R012");
  EXPECT_EQ(problem.findings[0].line, 4u);
  EXPECT_EQ(problem.findings[0].column, 9u);
  EXPECT_EQ(server.stop().size(), 1u);
}

TEST(Hub, SendsNothingToAHubItDoesNotTrust) {
  AnsweringServer server([](const auto&, int) { return json_reply(201, accepted_body); });
  const wire::testing::ScratchDirectory elsewhere;
  const wire::testing::Authority stranger(elsewhere.path(), "stranger");
  Called called(server, stranger.certificate().string());
  const auto answer = called.hub.submit("<alert/>", "application/cap+xml", in(10s));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Failure::Kind::certificate_untrusted) << answer.error().detail;
  EXPECT_TRUE(server.stop().empty());
}

TEST(Hub, SendsNothingToAHubOfAnotherName) {
  AnsweringServer server([](const auto&, int) { return json_reply(201, accepted_body); },
                         "DNS:hub.test,IP:127.0.0.9");
  Called called(server, server.ca());
  const auto answer = called.hub.submit("<alert/>", "application/cap+xml", in(10s));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Failure::Kind::certificate_name) << answer.error().detail;
  EXPECT_TRUE(server.stop().empty());
}

TEST(Hub, KnocksUntilTheDeadlineWhereNobodyListens) {
  const wire::testing::ScratchDirectory directory;
  const wire::testing::Authority authority(directory.path(), "authority");
  boost::asio::io_context context;
  boost::asio::ip::tcp::acceptor taken(
      context, {boost::asio::ip::address_v4::loopback(), 0});  // so that nobody else gets the port
  const auto port = std::to_string(taken.local_endpoint().port());
  taken.close();
  int knocks = 0;
  Hub hub({.address = wire::hub_address("https://127.0.0.1:" + port).value(),
           .tls = wire::TlsContext::client(authority.certificate()).value(),
           .token = "secret",
           .retry_first = 1ms,
           .retry_most = 4ms},
          [&knocks](const Failure&, std::chrono::milliseconds) { ++knocks; });
  const auto answer = hub.deliveries(1, in(100ms));
  ASSERT_FALSE(answer);
  // The deadline may fall inside the last knock.
  EXPECT_TRUE(answer.error().kind == Failure::Kind::unreachable ||
              answer.error().kind == Failure::Kind::timed_out);
  EXPECT_GE(knocks, 2);
}

TEST(Hub, CallsAnAnswerThatNeverComesTimedOut) {
  AnsweringServer server([](const auto&, int) { return Reply{}; });
  Called called(server, server.ca());
  const auto answer = called.hub.deliveries(17, in(200ms));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Failure::Kind::timed_out);
}

TEST(Hub, ReadsWhoHasAnAlert) {
  AnsweringServer server([](const auto& request, int) {
    if (request.path != "/v1/alerts/17/deliveries") return problem_reply(404, "not-found");
    return json_reply(
        200, R"({"identifier":"x-1","deliveries":[)"
             R"({"subscriber":"tv","state":"delivered","delivered_at":"t","connected":true},)"
             R"({"subscriber":"radio","state":"queued","delivered_at":null}]})");
  });
  Called called(server, server.ca());
  const auto ladder = called.hub.deliveries(17, in(10s));
  ASSERT_TRUE(ladder);
  ASSERT_EQ(ladder->rows.size(), 2u);
  EXPECT_TRUE(reached(ladder->rows[0]));
  EXPECT_TRUE(ladder->rows[0].connected);
  EXPECT_EQ(ladder->rows[0].delivered_at, "t");
  EXPECT_FALSE(reached(ladder->rows[1]));
  EXPECT_EQ(ladder->rows[1].delivered_at, "");
}

TEST(Hub, FindsAnAlertByAnIdentifierOfAnyCharacters) {
  AnsweringServer server([](const auto& request, int) {
    const bool asked = request.parameter("identifier") == "a b&c=緊急+";
    return json_reply(200, asked ? R"({"alerts":[{"sequence":5}]})" : R"({"alerts":[]})");
  });
  Called called(server, server.ca());
  EXPECT_EQ(called.hub.find("a b&c=緊急+", in(10s)).value(), 5u);
  EXPECT_EQ(called.hub.find("other", in(10s)).value(), std::nullopt);
}

TEST(Hub, SaysWhenTheOtherSideIsNoHub) {
  AnsweringServer server([](const auto&, int) { return json_reply(200, "<html>hello</html>"); });
  Called called(server, server.ca());
  const auto answer = called.hub.submit("<alert/>", "application/cap+xml", in(10s));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Failure::Kind::not_a_hub);
}

}  // namespace
}  // namespace noroshi::publishers
