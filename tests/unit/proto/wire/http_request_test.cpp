#include <gtest/gtest.h>

#include "proto/wire/http.hpp"

namespace noroshi::wire {
namespace {

using State = RequestReader::State;

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

Request read_whole(std::string_view text) {
  RequestReader reader({});
  EXPECT_EQ(reader.feed(bytes_of(text)), text.size());
  EXPECT_EQ(reader.state(), State::complete);
  return reader.take();
}

TEST(RequestReaderTest, GivesEveryPartOfARequest) {
  const Request request = read_whole(
      "PUT /v1/areas/%E5%AE%AE%E5%9F%8E?q=%E5%A4%A7%E9%9B%A8+now&since=1%2B2&flag&q=again "
      "HTTP/1.1\r\nHost: hub.test\r\nX-One: a\r\nx-one: b\r\nContent-Length: 4\r\n\r\nbody");
  EXPECT_EQ(request.method, "PUT");
  EXPECT_EQ(request.path, "/v1/areas/宮城");
  EXPECT_EQ(request.target.substr(0, 12), "/v1/areas/%E");
  EXPECT_EQ(request.parameter("q"), "大雨 now");
  EXPECT_EQ(request.parameter("since"), "1+2");
  EXPECT_EQ(request.parameter("flag"), "");
  EXPECT_EQ(request.parameter("none"), std::nullopt);
  ASSERT_EQ(request.query.size(), 4U);
  EXPECT_EQ(request.query[3].second, "again");
  EXPECT_EQ(find(request.fields, "X-ONE"), "a");
  EXPECT_EQ(request.fields.size(), 4U);
  EXPECT_EQ(request.body, "body");
}

TEST(RequestReaderTest, LeavesTheNextRequestToTheNextFeed) {
  const std::string first = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";
  const std::string second = "GET /b HTTP/1.1\r\nHost: h\r\n\r\n";
  const std::string both = first + second;
  RequestReader reader({});
  ASSERT_EQ(reader.feed(bytes_of(both)), first.size());
  ASSERT_EQ(reader.state(), State::complete);
  EXPECT_EQ(reader.feed(bytes_of(second)), 0U) << "taken before the first was";
  EXPECT_EQ(reader.take().body, "abc");
  EXPECT_EQ(reader.state(), State::reading_header);
  EXPECT_EQ(reader.feed(bytes_of(std::string_view(both).substr(first.size()))), second.size());
  const Request next = reader.take();
  EXPECT_EQ(next.path, "/b");
  EXPECT_EQ(next.body, "");
}

TEST(RequestReaderTest, ShowsTheHeaderBeforeTheBodyComes) {
  RequestReader reader({});
  reader.feed(
      bytes_of("POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
               "Content-Length: 3\r\n\r\n"));
  ASSERT_EQ(reader.state(), State::reading_body);
  EXPECT_EQ(find(reader.header().fields, "expect"), "100-continue");
  EXPECT_EQ(reader.feed(bytes_of("abcd")), 3U);
  EXPECT_EQ(reader.state(), State::complete);
  EXPECT_EQ(reader.header().body, "abc");
}

TEST(RequestReaderTest, DropsTheBodyNobodyWantsAndKeepsTheNext) {
  const std::string request = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\n";
  RequestReader reader({});
  reader.feed(bytes_of(request + "abc"));
  reader.discard_body();
  EXPECT_EQ(reader.header().body.capacity(), std::string().capacity());
  reader.feed(bytes_of("def"));
  ASSERT_EQ(reader.state(), State::complete);
  EXPECT_EQ(reader.take().body, "");
  reader.feed(bytes_of(request + "ghijkl"));
  EXPECT_EQ(reader.take().body, "ghijkl");
}

TEST(RequestReaderTest, AnyHostWithoutAList) {
  EXPECT_EQ(find(read_whole("GET / HTTP/1.1\r\nHost: whoever.test\r\n\r\n").fields, "Host"),
            "whoever.test");
}

TEST(RequestReaderTest, CanBeMovedInTheMiddle) {
  RequestReader reader({});
  reader.feed(bytes_of("GET / HTTP/1.1\r\nHo"));
  RequestReader moved = std::move(reader);
  moved.feed(bytes_of("st: h\r\n\r\n"));
  EXPECT_EQ(moved.state(), State::complete);
}

TEST(RequestEncodingTest, IsReadBackAsItWas) {
  Request request;
  request.method = "POST";
  request.target = "/v1/alerts?draft=1";
  request.fields = {{"Content-Type", "application/cap+xml"}, {"Host", "not.this"}};
  request.body = "<alert/>";
  const Request read = read_whole(encode(request, "hub.test:8443"));
  EXPECT_EQ(read.method, "POST");
  EXPECT_EQ(read.target, request.target);
  EXPECT_EQ(read.body, request.body);
  EXPECT_EQ(find(read.fields, "Host"), "hub.test:8443");
  EXPECT_EQ(find(read.fields, "Content-Length"), "8");
  EXPECT_EQ(find(read.fields, "Content-Type"), "application/cap+xml");
}

TEST(RequestEncodingTest, SaysTheLengthOfAnEmptyBodyOnlyWhereOneIsExpected) {
  Request request;
  request.target = "/";
  for (const std::string method : {"POST", "PUT"}) {
    request.method = method;
    EXPECT_EQ(find(read_whole(encode(request, "h")).fields, "Content-Length"), "0");
  }
  request.method = "GET";
  EXPECT_EQ(find(read_whole(encode(request, "h")).fields, "Content-Length"), std::nullopt);
}

TEST(RequestEncodingTest, KeepsAValueInItsField) {
  Request request;
  request.method = "GET";
  request.target = "/a\r\nEvil: 1";
  request.fields = {{"X-Name", "one\r\nContent-Length: 9\r\n\r\n"}, {"X\r\nEvil", "2"}};
  const Request read = read_whole(encode(request, "h\r\n"));
  EXPECT_EQ(find(read.fields, "Evil"), std::nullopt);
  EXPECT_EQ(find(read.fields, "X-Name"), "oneContent-Length: 9");
}

}  // namespace
}  // namespace noroshi::wire
