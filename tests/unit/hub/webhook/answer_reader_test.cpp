#include "hub/webhook/answer_reader.hpp"

#include <gtest/gtest.h>

#include <string>

namespace noroshi::webhook {
namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

struct Case {
  std::string name;
  std::string answer;
  int status;
  bool reusable;
};
const Case cases[] = {
    {"NoContent", "HTTP/1.1 204 No Content\r\n\r\n", 204, true},
    {"WithBody", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, true},
    {"WithoutReason", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", 200, true},
    {"Chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 200, false},
    {"UntilTheEnd", "HTTP/1.1 500 Oops\r\n\r\n", 500, false},
    {"Close", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 200, false},
    {"Old", "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", 200, false},
    {"Gigabytes", "HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\nxxxx", 200, false},
    {"TooLong", "HTTP/1.1 503 No\r\nContent-Length: 4097\r\n\r\n", 503, false},
    {"TwoAnswers", "HTTP/1.1 204 A\r\n\r\nHTTP/1.1 204 B\r\n\r\n", 204, false},
    {"Interim", "HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200,
     true},
    {"Redirect", "HTTP/1.1 302 Found\r\nLocation: https://x/\r\nContent-Length: 0\r\n\r\n", 302,
     true},
};

TEST(AnswerReader, ReadsTheStatusWhole) {
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    AnswerReader reader;
    const auto complete = reader.feed(bytes_of(each.answer));
    ASSERT_TRUE(complete) << complete.error().detail;
    EXPECT_TRUE(*complete);
    EXPECT_EQ(reader.answer().status, each.status);
    EXPECT_EQ(reader.reusable(), each.reusable);
  }
}

TEST(AnswerReader, ReadsTheStatusByteForByte) {
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    AnswerReader reader;
    bool complete = false;
    for (const char& byte : each.answer) {
      if (complete) break;
      const auto fed = reader.feed(bytes_of({&byte, 1}));
      ASSERT_TRUE(fed) << fed.error().detail;
      complete = *fed;
    }
    EXPECT_TRUE(complete);
    EXPECT_EQ(reader.answer().status, each.status);
  }
}

TEST(AnswerReader, RefusesWhatIsNotHttp) {
  for (const std::string& answer :
       {std::string("SSH-2.0-OpenSSH\r\n\r\n"), std::string("HTTP/2 200\r\n\r\n"),
        std::string("HTTP/1.1 99 x\r\n\r\n"), std::string("HTTP/1.1 600 x\r\n\r\n"),
        std::string("HTTP/1.1 2x0 x\r\n\r\n"), std::string("HTTP/1.1 101 Upgrade\r\n\r\n"),
        std::string("HTTP/1.1 200 OK\nX: y\n\n"),
        "HTTP/1.1 200 OK\r\nX: " + std::string(9000, 'x')}) {
    AnswerReader reader;
    EXPECT_FALSE(reader.feed(bytes_of(answer))) << answer.substr(0, 40);
  }
  AnswerReader reader;
  std::string interims;
  for (int i = 0; i < 9; ++i) interims += "HTTP/1.1 103 Hints\r\n\r\n";
  EXPECT_FALSE(reader.feed(bytes_of(interims)));
}

TEST(AnswerReader, TellsRetryAfter) {
  AnswerReader reader;
  ASSERT_TRUE(
      reader.feed(bytes_of("HTTP/1.1 503 Busy\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n")));
  EXPECT_EQ(reader.answer().retry_after, std::chrono::seconds(30));
  EXPECT_FALSE(reader.answer().taken());
}

}  // namespace
}  // namespace noroshi::webhook
