#include "hub/webhook/url.hpp"

#include <gtest/gtest.h>

namespace noroshi::webhook {
namespace {

struct Taken {
  std::string text;
  Url url;
  std::string authority;
};
const Taken taken[] = {
    {"https://tv.example.jp/noroshi", {"tv.example.jp", 443, "/noroshi"}, "tv.example.jp"},
    {"HTTPS://TV.Example.JP", {"tv.example.jp", 443, "/"}, "tv.example.jp"},
    {"https://tv.example.jp:8443/a?b=c", {"tv.example.jp", 8443, "/a?b=c"}, "tv.example.jp:8443"},
    {"https://tv.example.jp?b=c", {"tv.example.jp", 443, "/?b=c"}, "tv.example.jp"},
    {"https://203.0.113.9:1/", {"203.0.113.9", 1, "/"}, "203.0.113.9:1"},
    {"https://[2001:db8::1]:8443/x", {"2001:db8::1", 8443, "/x"}, "[2001:db8::1]:8443"},
    {"https://xn--eckwd4c7c.jp/", {"xn--eckwd4c7c.jp", 443, "/"}, "xn--eckwd4c7c.jp"},
    {"https://localhost:9/", {"localhost", 9, "/"}, "localhost:9"},
    {"https://1and1.example/", {"1and1.example", 443, "/"}, "1and1.example"},
};

TEST(WebhookUrl, IsTakenApart) {
  for (const auto& each : taken) {
    SCOPED_TRACE(each.text);
    const auto url = read_url(each.text);
    ASSERT_TRUE(url) << url.error().detail;
    EXPECT_EQ(*url, each.url);
    EXPECT_EQ(url->authority(), each.authority);
  }
}

const std::string refused[] = {
    "",
    "https://",
    "https:///path",
    "http://tv.example.jp/",
    "ftp://tv.example.jp/",
    "tv.example.jp",
    "//tv.example.jp/",
    "https://user@tv.example.jp/",
    "https://user:word@tv.example.jp/",
    "https://@tv.example.jp/",
    "https://tv.example.jp@127.0.0.1/",
    "https://tv.example.jp\\@127.0.0.1/",
    "https://tv.example.jp/#part",
    "https://tv.example.jp:/",
    "https://tv.example.jp:0/",
    "https://tv.example.jp:65536/",
    "https://tv.example.jp:0443/",
    "https://tv.example.jp:44a/",
    "https://tv.example.jp:443:1/",
    "https://tv_box.example.jp/",
    "https://tv..example.jp/",
    "https://tv.example.jp./",
    "https://-tv.example.jp/",
    "https://%31%32%37.0.0.1/",
    "https://テレビ.jp/",
    "https://tv.example.jp/a b",
    "https://tv.example.jp/\r\nHost: other",
    "https://2130706433/",  // 127.0.0.1, decimal
    "https://0x7f000001/",  // hexadecimal
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",  // octal
    "https://127.1/",       // short
    "https://127.0.0.01/",
    "https://127.0.0.1.1/",
    "https://256.1.1.1/",
    "https://tv.example.0x7f/",
    "https://[::1/",
    "https://[::1]x/",
    "https://[fe80::1%25eth0]/",
    "https://[127.0.0.1]/",
    "https://[tv.example.jp]/",
};

TEST(WebhookUrl, ThatTwoCouldReadDifferentlyIsRefused) {
  for (const auto& text : refused) EXPECT_FALSE(read_url(text)) << text;
}

TEST(WebhookUrl, HasABound) {
  const std::string start = "https://tv.example.jp/";
  EXPECT_TRUE(read_url(start + std::string(2048 - start.size(), 'a')));
  EXPECT_FALSE(read_url(start + std::string(2049 - start.size(), 'a')));
  EXPECT_TRUE(read_url("https://" + std::string(63, 'a') + ".jp/"));
  EXPECT_FALSE(read_url("https://" + std::string(64, 'a') + ".jp/"));
}

}  // namespace
}  // namespace noroshi::webhook
