#include "publishers/client/door.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/unit/proto/wire/certificates.hpp"

namespace noroshi::publishers {
namespace {

struct Address {
  std::string url, host, port, authority;
};

TEST(HubAddress, ReadsHostAndPort) {
  const Address cases[] = {
      {"https://hub.example:8443", "hub.example", "8443", "hub.example:8443"},
      {"https://hub.example/", "hub.example", "443", "hub.example"},
      {"https://127.0.0.1:1", "127.0.0.1", "1", "127.0.0.1:1"},
      {"https://[::1]:8443", "::1", "8443", "[::1]:8443"},
  };
  for (const auto& [url, host, port, authority] : cases) {
    const auto address = hub_address(url);
    ASSERT_TRUE(address) << url;
    EXPECT_EQ(address->host, host) << url;
    EXPECT_EQ(address->port, port) << url;
    EXPECT_EQ(address->authority, authority) << url;
  }
}

TEST(HubAddress, RefusesWhatIsNotAHub) {
  for (const char* url : {"", "hub.example:8443", "http://hub.example", "https://", "https://u@h",
                          "https://h/v1", "https://h?x", "https://h#x", "https://h h"})
    EXPECT_FALSE(hub_address(url)) << url;
}

class TokenFile : public ::testing::Test {
 protected:
  std::filesystem::path write(const std::string& content, std::filesystem::perms perms) {
    const auto path = directory_.path() / "token";
    std::ofstream(path) << content;
    std::filesystem::permissions(path, perms);
    return path;
  }
  wire::testing::ScratchDirectory directory_;
  const std::filesystem::perms private_ =
      std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
};

TEST_F(TokenFile, GivesItsFirstLineWithoutBlanks) {
  EXPECT_EQ(read_token(write(" abc-DEF_123= \r\nnote\n", private_)).value(), "abc-DEF_123=");
}

TEST_F(TokenFile, IsRefusedWhenEverybodyMayReadIt) {
  const auto token = read_token(write("abc\n", private_ | std::filesystem::perms::others_read));
  ASSERT_FALSE(token);
  EXPECT_EQ(token.error().code, ErrorCode::configuration);
}

TEST_F(TokenFile, IsRefusedWhenItHoldsNoToken) {
  for (const std::string content : {"", "\n", "  \n", "two words\n", "caf\xc3\xa9\n", "a\x01\n"})
    EXPECT_FALSE(read_token(write(content, private_))) << content;
  EXPECT_FALSE(read_token(directory_.path() / "missing"));
}

}  // namespace
}  // namespace noroshi::publishers
