#include "proto/wire/hub_address.hpp"

#include <gtest/gtest.h>

namespace noroshi::wire {
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

}  // namespace
}  // namespace noroshi::wire
