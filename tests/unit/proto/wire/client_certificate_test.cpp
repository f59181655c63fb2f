#include "proto/wire/client_certificate.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace noroshi::wire {
namespace {

using namespace std::string_view_literals;

TEST(IdentityUri, ComesBackFromItsText) {
  for (const auto& identity :
       {ClientIdentity{Role::publisher, "362018"}, ClientIdentity{Role::subscriber, "demo-tv"},
        ClientIdentity{Role::subscriber, std::string(63, 'a')}}) {
    const auto read = read_identity_uri(identity_uri(identity));
    ASSERT_TRUE(read) << identity.id;
    EXPECT_EQ(*read, identity);
  }
}

// There is one spelling: two texts never name the same holder.
TEST(IdentityUri, EverythingElseIsNone) {
  const std::string_view others[] = {"",
                                     "noroshi:",
                                     "noroshi:publisher",
                                     "noroshi:publisher:",
                                     "noroshi:operator:operator",
                                     "noroshi:hub:localhost",
                                     "Noroshi:publisher:362018",
                                     "NOROSHI:PUBLISHER:362018",
                                     "noroshi:Publisher:362018",
                                     "noroshi:subscriber:Demo-TV",
                                     "urn:noroshi:publisher:362018",
                                     "https://noroshi:publisher:362018",
                                     "noroshi://publisher:362018",
                                     "noroshi:publisher:362018?x=1",
                                     "noroshi:publisher:362018#top",
                                     "noroshi:publisher:36%32018",
                                     "noroshi:publisher:362018%00",
                                     "noroshi:publisher:362018\0"sv,
                                     "noroshi:publisher:362018\0.example.com"sv,
                                     "noroshi:publisher:362018.",
                                     "noroshi:publisher:362018 ",
                                     " noroshi:publisher:362018",
                                     "noroshi:publisher:362018\n",
                                     "noroshi:publisher:362018/",
                                     "noroshi:publisher:362018:x",
                                     "noroshi:publisher:*",
                                     "noroshi:publisher:362018,noroshi:publisher:362026",
                                     "noroshi:publisher:-362018",
                                     "noroshi:publisher:362018-",
                                     "noroshi:publisher:\xef\xbc\x93"
                                     "62018",
                                     "noroshi:publisher:\xd0\xb0lpha"};
  for (const auto uri : others) EXPECT_FALSE(read_identity_uri(uri)) << uri;
  EXPECT_FALSE(read_identity_uri("noroshi:publisher:" + std::string(64, 'a')));
}

TEST(P256Key, OnlyAnUncompressedPointOnTheNamedCurve) {
  std::vector<std::uint8_t> info{0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48,
                                 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
                                 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04};
  info.resize(91, 1);
  EXPECT_TRUE(is_p256_key(info));
  for (std::size_t i = 0; i < 27; ++i) {
    auto spoilt = info;
    spoilt[i] ^= 1;
    EXPECT_FALSE(is_p256_key(spoilt)) << i;
  }
  info.push_back(0);
  EXPECT_FALSE(is_p256_key(info));
  info.resize(90);
  EXPECT_FALSE(is_p256_key(info));
  EXPECT_FALSE(is_p256_key({}));
}

}  // namespace
}  // namespace noroshi::wire
