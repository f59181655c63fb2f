#include <gmock/gmock.h>

#include "proto/wire/http.hpp"

namespace noroshi::wire {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::size_t body_max = 64;

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

TEST(ResponseEncodingTest, HasDateLengthAndConnection) {
  const std::string text =
      encode(Response{200, {{"Content-Type", "text/plain"}}, "hello"}, Persistence::keep_alive);
  EXPECT_THAT(text, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(text, HasSubstr("\r\nContent-Length: 5\r\n"));
  EXPECT_THAT(text, HasSubstr("\r\nConnection: keep-alive\r\n"));
  EXPECT_THAT(text, HasSubstr("\r\nContent-Type: text/plain\r\n"));
  ResponseReader reader(body_max);
  ASSERT_EQ(reader.feed(bytes_of(text)), text.size());
  EXPECT_THAT(std::string(*find(reader.take().fields, "Date")),
              MatchesRegex("[A-Z][a-z][a-z], [0-9][0-9] [A-Z][a-z][a-z] 20[0-9][0-9] "
                           "[0-9][0-9]:[0-9][0-9]:[0-9][0-9] GMT"));
}

TEST(ResponseEncodingTest, TakesFramingOnlyFromItself) {
  const std::string text = encode(Response{200,
                                           {{"content-length", "99"},
                                            {"Transfer-Encoding", "chunked"},
                                            {"Connection", "upgrade"},
                                            {"X", "a\r\nInjected: 1\n\0"}},
                                           "hi"},
                                  Persistence::close);
  EXPECT_THAT(text, Not(HasSubstr("99")));
  EXPECT_THAT(text, Not(HasSubstr("chunked")));
  EXPECT_THAT(text, Not(HasSubstr("\nInjected")));
  EXPECT_THAT(text, HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_THAT(text, Not(HasSubstr("upgrade")));
}

TEST(ResponseEncodingTest, SomeStatusesHaveNoBody) {
  for (const int status : {204, 304}) {
    const std::string text = encode(Response{status, {}, "ignored"}, Persistence::keep_alive);
    EXPECT_THAT(text, Not(HasSubstr("ignored")));
    EXPECT_THAT(text, Not(HasSubstr("Content-Length")));
  }
}

TEST(ResponseEncodingTest, AHeaderAloneTellsTheLengthOfTheBody) {
  const std::string text = encode_header(Response{200, {}, "hello"}, Persistence::keep_alive);
  EXPECT_THAT(text, HasSubstr("\r\nContent-Length: 5\r\n"));
  EXPECT_EQ(text.substr(text.size() - 4), "\r\n\r\n");
}

TEST(ResponseEncodingTest, AnEndlessBodyEndsWithTheConnection) {
  const std::string text =
      encode_endless(Response{200, {{"Content-Type", "text/event-stream"}}, {}});
  EXPECT_THAT(text, Not(HasSubstr("Content-Length")));
  EXPECT_THAT(text, HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_EQ(text.substr(text.size() - 4), "\r\n\r\n");
}

TEST(ResponseReaderTest, ReadsOneResponseAfterAnotherByteByByte) {
  const std::string text =
      encode(Response{201, {{"Location", "/v1/alerts/7"}}, "made"}, Persistence::keep_alive) +
      "HTTP/1.1 100 Continue\r\n\r\n" + encode(Response{204, {}, {}}, Persistence::close);
  ResponseReader reader(body_max);
  std::vector<Response> read;
  std::vector<bool> closing;
  for (std::size_t at = 0; at < text.size();) {
    const auto taken = reader.feed(bytes_of(std::string_view(text).substr(at, 1)));
    ASSERT_TRUE(taken) << taken.error().detail;
    at += *taken;
    if (!reader.complete()) continue;
    closing.push_back(reader.closes());
    read.push_back(reader.take());
  }
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].status, 201);
  EXPECT_EQ(read[0].body, "made");
  EXPECT_EQ(find(read[0].fields, "location"), "/v1/alerts/7");
  EXPECT_EQ(read[1].status, 204);
  EXPECT_EQ(read[1].body, "");
  EXPECT_EQ(closing, (std::vector<bool>{false, true}));
}

TEST(ResponseReaderTest, StopsRightBehindASwitchOfProtocols) {
  const std::string header = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";
  const std::string text = header + "\x81\x05hello";
  ResponseReader reader(body_max);
  EXPECT_EQ(reader.feed(bytes_of(text)), header.size());
  EXPECT_TRUE(reader.complete());
  EXPECT_EQ(reader.feed(bytes_of("more")), 0U);
}

struct Refused {
  std::string name;
  std::string bytes;
  std::string why;
};

const Refused refused[] = {
    {"Chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "Transfer-Encoding"},
    {"NoLength", "HTTP/1.1 200 OK\r\n\r\n", "no Content-Length"},
    {"TwoLengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", "two"},
    {"LengthInWords", "HTTP/1.1 200 OK\r\nContent-Length: one\r\n\r\n", "not a number"},
    {"TooLarge", "HTTP/1.1 200 OK\r\nContent-Length: 65\r\n\r\n", "larger than 64"},
    {"Version10", "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", "not HTTP/1.1"},
    {"NoStatus", "HTTP/1.1 OK\r\nContent-Length: 0\r\n\r\n", "no status"},
    {"LongStatus", "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n", "no status"},
    {"StatusNobodyKnows", "HTTP/1.1 600 X\r\nContent-Length: 0\r\n\r\n", "no status"},
    {"BareLineFeed", "HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n", "LF alone"},
    {"Nul", std::string("HTTP/1.1 200 OK\r\nA: \0\r\n\r\n", 24), "control character"},
    {"Folded", "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", "folded"},
    {"TooLong", "HTTP/1.1 200 OK\r\nA: " + std::string(17000, 'b'), "too long"},
    {"OnlyInterim",
     "HTTP/1.1 100 C\r\n\r\nHTTP/1.1 103 E\r\n\r\nHTTP/1.1 103 E\r\n\r\nHTTP/1.1 103 E\r\n\r\n"
     "HTTP/1.1 103 E\r\n\r\n",
     "without end"},
};

class RefusedResponseTest : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedResponseTest, IsAnErrorForGood) {
  ResponseReader reader(body_max);
  const auto fed = reader.feed(bytes_of(GetParam().bytes));
  ASSERT_FALSE(fed);
  EXPECT_EQ(fed.error().code, ErrorCode::protocol);
  EXPECT_THAT(fed.error().detail, HasSubstr(GetParam().why));
  EXPECT_FALSE(reader.feed(bytes_of("HTTP/1.1 204 No Content\r\n\r\n")));
  EXPECT_FALSE(reader.complete());
}

INSTANTIATE_TEST_SUITE_P(Responses, RefusedResponseTest, ::testing::ValuesIn(refused),
                         [](const auto& response) { return response.param.name; });

}  // namespace
}  // namespace noroshi::wire
