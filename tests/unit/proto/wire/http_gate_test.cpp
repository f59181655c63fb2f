// Every framing that two parties could read differently, and the status it is refused with.
#include <gtest/gtest.h>

#include "proto/wire/http.hpp"

namespace noroshi::wire {
namespace {

constexpr int accepted = 0;

struct Framing {
  std::string name;
  std::string bytes;
  int status;
};

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

RequestLimits limits() {
  RequestLimits limits;
  limits.body_bytes_max = 100;
  limits.hosts = {"hub.test", "127.0.0.1", "[::1]"};
  return limits;
}

std::string get(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: hub.test\r\n\r\n";
}

std::string with_host(const std::string& line) { return "GET / HTTP/1.1\r\n" + line + "\r\n"; }

std::string with(const std::string& lines) {
  return "GET / HTTP/1.1\r\nHost: hub.test\r\n" + lines + "\r\n";
}

std::string post(const std::string& lines, const std::string& body = "hello") {
  return "POST /v1/alerts HTTP/1.1\r\nHost: hub.test\r\n" + lines + "\r\n" + body;
}

std::string many_fields(int count) {
  std::string lines;
  for (int field = 0; field < count; ++field) lines += "X-" + std::to_string(field) + ": v\r\n";
  return lines;
}

// A request whose header is `size` bytes long.
std::string header_of(std::size_t size) {
  const std::size_t rest = with("X: \r\n").size();
  return with("X: " + std::string(size - rest, 'v') + "\r\n");
}

std::string nul_in(std::string text) {
  text[text.find('@')] = '\0';
  return text;
}

const Framing framings[] = {
    // What a request looks like.
    {"Plain", get("/"), accepted},
    {"HostWithPort", with_host("Host: hub.test:8443\r\n"), accepted},
    {"HostInAnotherCase", with_host("HOST:HUB.Test\r\n"), accepted},
    {"HostAddress", with_host("Host: 127.0.0.1:8443\r\n"), accepted},
    {"HostInBrackets", with_host("Host: [::1]:8443\r\n"), accepted},
    {"BlanksAroundValue", with("A: \t b \t\r\n"), accepted},
    {"TabInValue", with("A: b\tc\r\n"), accepted},
    {"EmptyValue", with("A:\r\n"), accepted},
    {"Utf8InValue", with("A: \xE7\x81\xAB\r\n"), accepted},
    {"Body", post("Content-Length: 5\r\n"), accepted},
    {"BodyAtTheLimit", post("Content-Length: 100\r\n", std::string(100, 'b')), accepted},
    {"NoBodyAnnounced", post("", ""), accepted},
    {"LengthOfZero", post("Content-Length: 0\r\n", ""), accepted},
    {"Expectation", post("Expect: 100-continue\r\nContent-Length: 5\r\n"), accepted},
    {"ExpectationInAnotherCase", post("Expect: 100-Continue\r\nContent-Length: 5\r\n"), accepted},
    {"FieldsAtTheLimit", with(many_fields(63)), accepted},
    {"HeaderAtTheLimit", header_of(8192), accepted},
    {"UnknownMethod", "BREW / HTTP/1.1\r\nHost: hub.test\r\n\r\n", accepted},
    {"EncodedSlashInQuery", get("/a?b=%2F"), accepted},
    {"UpgradeToWebsocket", with("Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n"),
     accepted},
    {"QueryWithBrackets", get("/a?b[]={1|2}"), accepted},
    // The request line.
    {"NoVersion", "GET /\r\nHost: hub.test\r\n\r\n", 400},
    {"OnlyMethod", "GET\r\nHost: hub.test\r\n\r\n", 400},
    {"EmptyLineFirst", "\r\nGET / HTTP/1.1\r\nHost: hub.test\r\n\r\n", 400},
    {"NothingAtAll", "\r\n\r\n", 400},
    {"BlankFirst", " GET / HTTP/1.1\r\nHost: hub.test\r\n\r\n", 400},
    {"TwoBlanks", "GET  / HTTP/1.1\r\nHost: hub.test\r\n\r\n", 400},
    {"BlankAtTheEnd", "GET / HTTP/1.1 \r\nHost: hub.test\r\n\r\n", 400},
    {"BlankInTarget", get("/a b"), 400},
    {"TabBetween", "GET\t/ HTTP/1.1\r\nHost: hub.test\r\n\r\n", 400},
    {"MethodNoToken", "G(T / HTTP/1.1\r\nHost: hub.test\r\n\r\n", 400},
    {"MethodTooLong", std::string(33, 'M') + " / HTTP/1.1\r\nHost: hub.test\r\n\r\n", 400},
    {"Version10", "GET / HTTP/1.0\r\nHost: hub.test\r\n\r\n", 505},
    {"Version10Chunked",
     "POST / HTTP/1.0\r\nHost: hub.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 505},
    {"Version12", "GET / HTTP/1.2\r\nHost: hub.test\r\n\r\n", 505},
    {"Version20Preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
    {"VersionInLowerCase", "GET / http/1.1\r\nHost: hub.test\r\n\r\n", 400},
    {"VersionOfTwoDigits", "GET / HTTP/1.10\r\nHost: hub.test\r\n\r\n", 400},
    {"AnotherProtocol", "GET / ICY/1.1\r\nHost: hub.test\r\n\r\n", 400},
    // Ends of lines and characters.
    {"BareLineFeeds", "GET / HTTP/1.1\nHost: hub.test\n\n", 400},
    {"OneBareLineFeed", with("A: b\nContent-Length: 5\r\n"), 400},
    {"BareReturn", with("A: b\rContent-Length: 5\r\n"), 400},
    {"DoubleReturn", "GET / HTTP/1.1\r\r\nHost: hub.test\r\n\r\n", 400},
    {"ReturnInRequestLine", "GET /\r HTTP/1.1\r\nHost: hub.test\r\n\r\n", 400},
    {"NulInValue", nul_in(with("A: b@c\r\n")), 400},
    {"NulInName", nul_in(with("A@: b\r\n")), 400},
    {"NulInTarget", nul_in(get("/@")), 400},
    {"BellInValue", with("A: \a\r\n"), 400},
    {"DeleteInValue", with("A: \x7F\r\n"), 400},
    {"VerticalTabBeforeChunked", with("Transfer-Encoding: \vchunked\r\n"), 400},
    // Sound one by one, and still two readings.
    {"GetWithBody", with("Content-Length: 2\r\n") + "ab", 400},
    {"LengthBeginsWithZero", post("Content-Length: 05\r\n"), 400},
    {"EncodedSlash", get("/a%2Fb"), 400},
    {"EncodedBackslash", get("/a%5cb"), 400},
    {"Trailer", post("Content-Length: 5\r\nTrailer: X\r\n"), 400},
    {"LengthUnderscored", post("Content-Length: 5\r\nContent_Length: 3\r\n"), 400},
    {"CodingUnderscored", post("Content-Length: 5\r\nTransfer_Encoding: chunked\r\n"), 400},
    {"UpgradeToHttp2", with("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"), 400},
    {"UpgradeToEither", with("Connection: Upgrade\r\nUpgrade: websocket, h2c\r\n"), 400},
    {"Http2Settings", with("HTTP2-Settings: AAMAAABk\r\n"), 400},
    {"TwoAuthorizations", with("Authorization: Bearer a\r\nauthorization: Bearer b\r\n"), 400},
    {"TwoContentTypes", post("Content-Length: 5\r\nContent-Type: a/b\r\nContent-Type: a/b\r\n"),
     400},
    {"ConnectionNamesLength", post("Content-Length: 5\r\nConnection: content-length\r\n"), 400},
    // Fields.
    {"BlankBeforeColon", with("Content-Length : 5\r\n"), 400},
    {"TabBeforeColon", with("Content-Length\t: 5\r\n"), 400},
    {"Folded", with("A: b\r\n c\r\n"), 400},
    {"FoldedByTab", with("A: b\r\n\tc\r\n"), 400},
    {"FoldedAtOnce", with_host(" Host: hub.test\r\n"), 400},
    {"NoColon", with("Header\r\n"), 400},
    {"NoName", with(": v\r\n"), 400},
    {"NameNoToken", with("A(b): v\r\n"), 400},
    {"NameNotAscii", with("\xC3\xA9: v\r\n"), 400},
    {"TooManyFields", with(many_fields(64)), 431},
    {"HeaderTooLong", header_of(8193), 431},
    {"HeaderWithoutEnd", with("X: " + std::string(9000, 'v')), 431},
    {"RequestLineTooLong", get("/" + std::string(9000, 'a')), 414},
    // Transfer-Encoding.
    {"Chunked", post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n"), 501},
    {"ChunkedAndLength", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 501},
    {"LengthAndChunked", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 501},
    {"Gzip", post("Transfer-Encoding: gzip\r\n"), 501},
    {"Identity", post("Transfer-Encoding: identity\r\nContent-Length: 5\r\n"), 501},
    {"EncodingTwice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n"), 501},
    {"EncodingInOddCase", post("tRANSFER-eNCODING: chunked\r\n"), 501},
    {"EncodingQuoted", post("Transfer-Encoding: \"chunked\"\r\n"), 501},
    {"EncodingEmpty", post("Transfer-Encoding:\r\nContent-Length: 5\r\n"), 501},
    // Content-Length.
    {"LengthTwice", post("Content-Length: 5\r\nContent-Length: 5\r\n"), 400},
    {"LengthsThatDiffer", post("Content-Length: 5\r\ncontent-length: 6\r\n"), 400},
    {"LengthList", post("Content-Length: 5, 5\r\n"), 400},
    {"LengthSigned", post("Content-Length: +5\r\n"), 400},
    {"LengthNegative", post("Content-Length: -5\r\n"), 400},
    {"LengthInHex", post("Content-Length: 0x5\r\n"), 400},
    {"LengthWithUnderscore", post("Content-Length: 1_0\r\n"), 400},
    {"LengthFraction", post("Content-Length: 5.0\r\n"), 400},
    {"LengthEmpty", post("Content-Length:\r\n"), 400},
    {"LengthQuoted", post("Content-Length: \"5\"\r\n"), 400},
    {"LengthOverTheLimit", post("Content-Length: 101\r\n", ""), 413},
    {"LengthOf64Bits", post("Content-Length: 18446744073709551615\r\n", ""), 413},
    {"LengthThatWrapsAround", post("Content-Length: 18446744073709551621\r\n", ""), 413},
    {"GetWithBodyOverTheLimit", with("Content-Length: 101\r\n"), 400},
    // Host.
    {"NoHost", with_host(""), 400},
    {"HostTwice", with_host("Host: hub.test\r\nHost: hub.test\r\n"), 400},
    {"HostEmpty", with_host("Host:\r\n"), 400},
    {"HostWithUser", with_host("Host: evil@hub.test\r\n"), 400},
    {"HostWithPath", with_host("Host: hub.test/x\r\n"), 400},
    {"HostList", with_host("Host: hub.test, evil.test\r\n"), 400},
    {"HostWithBadPort", with_host("Host: hub.test:99999\r\n"), 400},
    {"HostWithEmptyPort", with_host("Host: hub.test:\r\n"), 400},
    {"HostWithTwoPorts", with_host("Host: hub.test:1:2\r\n"), 400},
    {"HostBracketOpen", with_host("Host: [::1\r\n"), 400},
    {"HostBehindBracket", with_host("Host: [::1]evil\r\n"), 400},
    {"HostUnknown", with_host("Host: evil.test\r\n"), 421},
    {"HostWithSuffix", with_host("Host: hub.test.evil.test\r\n"), 421},
    {"HostUnknownInBrackets", with_host("Host: [::2]\r\n"), 421},
    // The target.
    {"TargetAbsolute", get("https://hub.test/"), 400},
    {"TargetAuthority", "CONNECT hub.test:443 HTTP/1.1\r\nHost: hub.test\r\n\r\n", 400},
    {"TargetAsterisk", "OPTIONS * HTTP/1.1\r\nHost: hub.test\r\n\r\n", 400},
    {"TargetWithoutSlash", get("v1/alerts"), 400},
    {"TargetTwoSlashes", get("//evil.test/"), 400},
    {"TargetFragment", get("/a#b"), 400},
    {"TargetBackslash", get("/a\\b"), 400},
    {"TargetNotAscii", get("/\xE7\x81\xAB"), 400},
    {"PercentAlone", get("/%"), 400},
    {"PercentCutOff", get("/%4"), 400},
    {"PercentNotHex", get("/%zz"), 400},
    {"PercentNul", get("/a%00b"), 400},
    {"PercentLineEnd", get("/a%0d%0ab"), 400},
    {"PercentNotUtf8", get("/%C0%AF"), 400},
    {"PercentNulInQuery", get("/a?b=%00"), 400},
    {"PercentBadInQuery", get("/a?b=%x"), 400},
    {"DotSegment", get("/a/./b"), 400},
    {"DotDotSegment", get("/a/../b"), 400},
    {"DotDotAtTheEnd", get("/a/.."), 400},
    {"DotDotEncoded", get("/a/%2e%2E/b"), 400},
    {"DotDotBehindEncodedSlash", get("/a%2f..%2fb"), 400},
    // Expect.
    {"OtherExpectation", post("Expect: a-miracle\r\nContent-Length: 5\r\n"), 417},
    {"TwoExpectations", post("Expect: 100-continue\r\nExpect: x\r\nContent-Length: 5\r\n"), 417},
};

int status_of(const RequestReader& reader) {
  switch (reader.state()) {
    case RequestReader::State::complete:
      return accepted;
    case RequestReader::State::failed:
      return reader.error().status;
    default:
      return -1;
  }
}

class GateTest : public ::testing::TestWithParam<Framing> {};

TEST_P(GateTest, GivesTheExpectedStatusWhole) {
  RequestReader reader(limits());
  reader.feed(bytes_of(GetParam().bytes));
  EXPECT_EQ(status_of(reader), GetParam().status);
}

TEST_P(GateTest, GivesTheSameByteByByte) {
  RequestReader whole(limits());
  const std::size_t taken = whole.feed(bytes_of(GetParam().bytes));
  RequestReader reader(limits());
  std::size_t taken_singly = 0;
  for (const char& byte : GetParam().bytes)
    taken_singly += reader.feed(std::as_bytes(std::span(&byte, 1)));
  EXPECT_EQ(status_of(reader), GetParam().status);
  EXPECT_EQ(taken_singly, taken);
  if (GetParam().status != accepted) {
    EXPECT_EQ(reader.error().detail, whole.error().detail);
    return;
  }
  const Request one = whole.take();
  const Request other = reader.take();
  EXPECT_EQ(one.method, other.method);
  EXPECT_EQ(one.path, other.path);
  EXPECT_EQ(one.query, other.query);
  EXPECT_EQ(one.fields, other.fields);
  EXPECT_EQ(one.body, other.body);
}

TEST_P(GateTest, AFailedReaderTakesNothingMore) {
  RequestReader reader(limits());
  reader.feed(bytes_of(GetParam().bytes));
  const std::string more = get("/behind");
  if (status_of(reader) > accepted) {
    EXPECT_EQ(reader.feed(bytes_of(more)), 0U);
    EXPECT_EQ(status_of(reader), GetParam().status);
  } else {
    EXPECT_EQ(reader.feed(bytes_of(more)), 0U) << "a byte behind the request was taken";
  }
}

INSTANTIATE_TEST_SUITE_P(Framings, GateTest, ::testing::ValuesIn(framings),
                         [](const auto& framing) { return framing.param.name; });

}  // namespace
}  // namespace noroshi::wire
