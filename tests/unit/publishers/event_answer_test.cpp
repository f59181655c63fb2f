#include "publishers/client/event_answer.hpp"

#include <gtest/gtest.h>

#include <string>

namespace noroshi::publishers {
namespace {

constexpr std::string_view events_follow =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nConnection: "
    "close\r\n\r\n";

// What came of it in pieces of `piece` bytes.
struct Seen {
  std::string events;
  bool sound = true;
  int refused = 0;
};
Seen read(std::string_view bytes, std::size_t piece) {
  EventAnswer answer;
  Seen seen;
  while (!bytes.empty() && seen.sound) {
    const auto part = bytes.substr(0, piece);
    bytes.remove_prefix(part.size());
    const auto fed = answer.feed(std::as_bytes(std::span(part)), [&](const ServerEvent& event) {
      seen.events += event.name + "=" + event.data + ";";
    });
    seen.sound = fed.has_value();
    if (const auto refusal = answer.take_refusal()) seen.refused = refusal->status;
  }
  return seen;
}

TEST(EventAnswer, IsEventsOrAReasonWhyNot) {
  const struct {
    std::string bytes, events;
    bool sound;
    int refused;
  } cases[] = {
      {std::string(events_follow) + "event: row\ndata: a\n\n", "row=a;", true, 0},
      {std::string(events_follow), "", true, 0},
      {"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}", "", true, 404},
      {"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", "", true,
       200},
      {"HTTP/1.1 503 x\r\nContent-Type: text/event-stream\r\nContent-Length: 0\r\n\r\n", "", true,
       503},
      {"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9\r\n\r\n", "", false,
       0},
      {"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n",
       "", false, 0},
      {"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", "", false, 0},
      {"HTTP/1.1 500 x\r\nContent-Length: 99999999\r\n\r\n", "", false, 0},
      {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "", false, 0},
      {"HTTP/1.1 200 OK\nContent-Type: text/event-stream\n\n", "", false, 0},
      {"HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'x'), "", false, 0}};
  for (const auto& [bytes, events, sound, refused] : cases)
    for (const std::size_t piece : {1U, 2U, 7U, 100U, 100'000U}) {
      const auto seen = read(bytes, piece);
      EXPECT_EQ(seen.events, events) << bytes.substr(0, 90) << " in pieces of " << piece;
      EXPECT_EQ(seen.sound, sound) << bytes.substr(0, 90) << " in pieces of " << piece;
      EXPECT_EQ(seen.refused, refused) << bytes.substr(0, 90) << " in pieces of " << piece;
    }
}

TEST(EventAnswer, TakesNoEventWithoutBound) {
  const auto seen = read(std::string(events_follow) + "data: " + std::string(2 << 20, 'x'), 65'536);
  EXPECT_FALSE(seen.sound);
}

}  // namespace
}  // namespace noroshi::publishers
