#include "hub/config/host_name.hpp"

#include <gtest/gtest.h>

#include <string>

#include "hub/config/language.hpp"

namespace noroshi::config {
namespace {

TEST(HostName, IsALetterDigitHyphenName) {
  for (const char* name : {"localhost", "hub.example.jp", "a", "1a.2b", "xn--u9j.jp"}) {
    EXPECT_TRUE(is_dns_name(name)) << name;
  }
  for (const char* name : {"", ".", "a..b", "a.", "-a", "a-", "a b", "*.example", "a_b", "a,b",
                           "10.0.0.1", "徳島.jp", "a/b", "a:1"}) {
    EXPECT_FALSE(is_dns_name(name)) << name;
  }
}

TEST(HostName, LabelsEndAt63CharactersAndNamesAt253) {
  const std::string label(63, 'a');
  EXPECT_TRUE(is_dns_name(label));
  EXPECT_FALSE(is_dns_name(label + "a"));
  const auto longest = label + "." + label + "." + label + "." + std::string(61, 'a');
  EXPECT_TRUE(is_dns_name(longest));
  EXPECT_FALSE(is_dns_name(longest + "a"));
}

TEST(HostName, AddressesAreLiteralsWithoutPortOrZone) {
  for (const char* address : {"127.0.0.1", "::1", "2001:db8::7", "0.0.0.0"}) {
    EXPECT_TRUE(is_ip_address(address)) << address;
  }
  for (const char* address : {"", "127.0.0.1:80", "[::1]", "fe80::1%eth0", "256.0.0.1", "1.2.3"}) {
    EXPECT_FALSE(is_ip_address(address)) << address;
  }
  EXPECT_FALSE(is_ip_address(std::string_view("127.0.0.1\0x", 11)));
}

TEST(LanguageOf, TakesTheStrongestVariableThatIsSet) {
  EXPECT_EQ(language_of({}), Language::english);
  EXPECT_EQ(language_of({{"LANG", "C.UTF-8"}}), Language::english);
  EXPECT_EQ(language_of({{"LANG", "ja_JP.UTF-8"}}), Language::japanese);
  EXPECT_EQ(language_of({{"LANG", "ja_JP.UTF-8"}, {"LC_ALL", "C"}}), Language::english);
  EXPECT_EQ(language_of({{"LANG", "en_US.UTF-8"}, {"LC_ALL", ""}, {"LC_MESSAGES", "ja"}}),
            Language::japanese);
  EXPECT_EQ(language_of({{"LANG", "jam_JM"}}), Language::english);
}

}  // namespace
}  // namespace noroshi::config
