#include "hub/webhook/address_guard.hpp"

#include <gtest/gtest.h>

namespace noroshi::webhook {
namespace {

Address address(const std::string& text) { return boost::asio::ip::make_address(text); }

const std::string refused[] = {"0.0.0.0",
                               "0.1.2.3",
                               "10.0.0.0",
                               "10.255.255.255",
                               "100.64.0.0",
                               "100.127.255.255",
                               "127.0.0.1",
                               "127.255.255.254",
                               "169.254.0.1",
                               "169.254.169.254",
                               "172.16.0.0",
                               "172.31.255.255",
                               "192.0.0.1",
                               "192.0.2.1",
                               "192.88.99.1",
                               "192.168.0.1",
                               "192.168.255.255",
                               "198.18.0.1",
                               "198.19.255.255",
                               "198.51.100.7",
                               "203.0.113.7",
                               "224.0.0.1",
                               "239.255.255.255",
                               "240.0.0.1",
                               "255.255.255.255",
                               "::",
                               "::1",
                               "::ffff:127.0.0.1",
                               "::ffff:10.1.2.3",
                               "::ffff:169.254.169.254",
                               "::127.0.0.1",
                               "64:ff9b::7f00:1",
                               "64:ff9b::a9fe:a9fe",
                               "64:ff9b:1::1",
                               "100::1",
                               "2001::1",
                               "2001:10::1",
                               "2001:db8::1",
                               "2002:7f00:1::",
                               "2002:a00:1::1",
                               "3fff::1",
                               "fc00::1",
                               "fd12:3456::1",
                               "fe80::1",
                               "fec0::1",
                               "ff02::1",
                               "5f00::1",
                               "4000::1"};

const std::string permitted[] = {
    "1.1.1.1",          "9.255.255.255",   "11.0.0.0",        "100.63.255.255",  "100.128.0.0",
    "126.255.255.255",  "128.0.0.1",       "169.253.255.255", "169.255.0.0",     "172.15.255.255",
    "172.32.0.0",       "192.0.1.1",       "192.0.3.1",       "192.167.255.255", "192.169.0.0",
    "198.17.255.255",   "198.20.0.0",      "198.51.101.1",    "203.0.112.1",     "203.0.114.1",
    "223.255.255.255",  "2001:200::1",     "2606:4700::1111", "2400:cb00::1",    "::ffff:1.1.1.1",
    "64:ff9b::101:101", "2002:101:101::1", "3ffe::1",         "3fff:1000::1"};

TEST(AddressGuard, PermitsPublicAddressesOnly) {
  const AddressGuard guard;
  for (const auto& text : refused) EXPECT_FALSE(guard.permits(address(text))) << text;
  for (const auto& text : permitted) EXPECT_TRUE(guard.permits(address(text))) << text;
}

TEST(AddressGuard, PermitsWhatIsListedAndNothingBesideIt) {
  const AddressGuard guard(
      {*read_network("127.0.0.1"), *read_network("10.20.0.0/16"), *read_network("fd00:20::/32")});
  EXPECT_TRUE(guard.permits(address("127.0.0.1")));
  EXPECT_FALSE(guard.permits(address("127.0.0.2")));
  EXPECT_FALSE(guard.permits(address("::1")));
  EXPECT_TRUE(guard.permits(address("10.20.0.0")));
  EXPECT_TRUE(guard.permits(address("10.20.255.255")));
  EXPECT_FALSE(guard.permits(address("10.21.0.0")));
  EXPECT_TRUE(guard.permits(address("fd00:20:1::1")));
  EXPECT_FALSE(guard.permits(address("fd00:21::1")));
}

TEST(AddressGuard, RefusesANameOfWhichOneAddressIsInside) {
  const AddressGuard guard;
  EXPECT_TRUE(guard.check(std::vector{address("1.1.1.1"), address("2606:4700::1111")}));
  const auto checked = guard.check(std::vector{address("1.1.1.1"), address("127.0.0.1")});
  ASSERT_FALSE(checked);
  EXPECT_NE(checked.error().detail.find("127.0.0.1"), std::string::npos);
  EXPECT_FALSE(guard.check({}));
}

TEST(Network, IsReadStrictly) {
  for (const auto* text :
       {"", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "::/129", "a", "10.0.0.0/8 "})
    EXPECT_FALSE(read_network(text)) << text;
  EXPECT_EQ(read_network("10.0.0.0/0")->length, 0U);
  EXPECT_EQ(read_network("::1")->length, 128U);
}

}  // namespace
}  // namespace noroshi::webhook
