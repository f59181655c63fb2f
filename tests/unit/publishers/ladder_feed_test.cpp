#include "publishers/client/ladder_feed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <vector>

#include "publishers/client/hub.hpp"
#include "tests/unit/publishers/answering_server.hpp"

namespace noroshi::publishers {
namespace {

using namespace std::chrono_literals;
using testing::AnsweringServer;
using ::testing::ElementsAre;
using testing::problem_reply;
using testing::Reply;
using End = LadderFeed::End;

constexpr std::string_view head =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

std::string ladder(const std::string& tv_state) {
  return "id: 7-12\nevent: ladder\ndata: {\"sequence\":12,\"totals\":{\"addressed\":1}}\n\n"
         "id: 7-12\nevent: row\ndata: {\"subscriber\":\"tv\",\"state\":\"" +
         tv_state + "\"}\n\n";
}
Reply events(const std::string& text, Reply::Then then = Reply::Then::keep_open) {
  return {std::string(head) + text, then};
}

struct Followed {
  explicit Followed(AnsweringServer& server)
      : hub({.address = wire::hub_address(server.url()).value(),
             .tls = wire::TlsContext::client(server.ca()).value(),
             .token = "secret",
             .attempt_limit = 5s,
             .retry_first = 1ms,
             .retry_most = 4ms},
            [this](const Failure& failure, std::chrono::milliseconds) {
              retries.push_back(failure.kind);
            }) {}

  Answer<End> follow(std::chrono::milliseconds limit) {
    return hub.follow(12, std::chrono::steady_clock::now() + limit, [this](const Ladder& ladder) {
      states.push_back(ladder.rows.at(0).state);
      if (on_ladder) on_ladder();
      return states.back() == "shown";
    });
  }
  std::vector<std::string> states;
  std::vector<Failure::Kind> retries;
  std::function<void()> on_ladder;
  Hub hub;
};

TEST(LadderFeed, EndsWhenEnoughHasBeenSeen) {
  AnsweringServer server([](const auto&, int) { return events(ladder("shown")); });
  Followed followed(server);
  const auto end = followed.follow(10s);
  ASSERT_TRUE(end) << end.error().detail;
  EXPECT_EQ(*end, End::enough);
  EXPECT_THAT(followed.states, ElementsAre("shown"));
  const auto requests = server.stop();
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(requests[0].path, "/v1/alerts/12/deliveries");
  EXPECT_EQ(wire::find(requests[0].fields, "Authorization"), "Bearer secret");
  EXPECT_TRUE(wire::find(requests[0].fields, "Accept")->starts_with("text/event-stream"));
}

TEST(LadderFeed, ComesAgainWhenTheLineIsLostAndTellsTheLadderAnew) {
  AnsweringServer server([](const auto&, int nth) {
    if (nth == 1) return problem_reply(404, "not-found");  // the report is behind the log
    if (nth == 2) return problem_reply(503, "hub.busy", {{"Retry-After", "0"}});
    if (nth == 3) return Reply{"", Reply::Then::cut};
    if (nth == 4)
      return events("event: goodbye\ndata: {\"code\":\"stopping\"}\n\n", Reply::Then::cut);
    return events(ladder("shown"));
  });
  Followed followed(server);
  EXPECT_EQ(followed.follow(10s).value(), End::enough);
  EXPECT_THAT(followed.retries,
              ElementsAre(Failure::Kind::problem, Failure::Kind::cut, Failure::Kind::cut));
  EXPECT_THAT(followed.states, ElementsAre("shown"));
}

TEST(LadderFeed, HasTheDeadlineAsItsEndOnceALadderWasSeen) {
  AnsweringServer server([](const auto&, int) { return events(ladder("queued")); });
  Followed followed(server);
  EXPECT_EQ(followed.follow(500ms).value(), End::deadline);
  EXPECT_THAT(followed.states, ElementsAre("queued"));

  AnsweringServer silent([](const auto&, int) { return events(": nothing yet\n\n"); });
  Followed nothing(silent);
  const auto end = nothing.follow(300ms);
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().kind, Failure::Kind::timed_out);
}

TEST(LadderFeed, EndsWithWhatWaitingCannotMend) {
  const struct {
    Reply reply;
    Failure::Kind kind;
  } cases[] = {{problem_reply(403, "auth.role"), Failure::Kind::problem},
               {events("event: ladder\ndata: {\"sequence\":13,\"totals\":{\"addressed\":0}}\n\n"),
                Failure::Kind::not_a_hub},
               {events("data: " + std::string(2 << 20, 'x')), Failure::Kind::not_a_hub},
               {{"SSH-2.0-OpenSSH\r\n\r\n"}, Failure::Kind::not_a_hub},
               {{"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n"},
                Failure::Kind::not_a_hub}};
  for (const auto& [reply, kind] : cases) {
    AnsweringServer server([&reply = reply](const auto&, int) { return reply; });
    Followed followed(server);
    const auto end = followed.follow(10s);
    ASSERT_FALSE(end) << reply.bytes.substr(0, 80);
    EXPECT_EQ(end.error().kind, kind) << reply.bytes.substr(0, 80);
    EXPECT_THAT(followed.retries, ElementsAre());
  }
}

TEST(LadderFeed, EndsWhenToldToAndIsToldOfANewSize) {
  AnsweringServer server([](const auto&, int) { return events(ladder("queued")); });
  Followed followed(server);
  followed.on_ladder = [&] { std::raise(followed.states.size() < 2 ? SIGWINCH : SIGINT); };
  EXPECT_EQ(followed.follow(10s).value(), End::interrupted);
  EXPECT_THAT(followed.states, ElementsAre("queued", "queued"));
}

}  // namespace
}  // namespace noroshi::publishers
