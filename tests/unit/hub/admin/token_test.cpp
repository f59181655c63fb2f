#include "hub/admin/token.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "hub/registry/registry.hpp"

namespace noroshi::admin {
namespace {

using Kind = v1::TokenIssued::Kind;

TEST(Token, Is256BitsOfUrlSafeBase64BehindAPrefixThatSaysWhose) {
  const std::pair<Kind, std::string> prefixes[] = {{v1::TokenIssued::PUBLISHER, "nrs_p_"},
                                                   {v1::TokenIssued::SUBSCRIBER, "nrs_s_"},
                                                   {v1::TokenIssued::OPERATOR, "nrs_o_"},
                                                   {v1::TokenIssued::OFFICER, "nrs_f_"}};
  for (const auto& [kind, prefix] : prefixes) {
    const auto token = make_token(kind);
    EXPECT_THAT(token, testing::MatchesRegex(prefix + "[A-Za-z0-9_-]+"));
    EXPECT_EQ(token.size(), prefix.size() + 43);
  }
}

TEST(Token, OfADrillLooksDifferent) {
  const std::pair<Kind, std::string> prefixes[] = {{v1::TokenIssued::PUBLISHER, "nrd_p_"},
                                                   {v1::TokenIssued::SUBSCRIBER, "nrd_s_"},
                                                   {v1::TokenIssued::OFFICER, "nrd_f_"}};
  for (const auto& [kind, prefix] : prefixes)
    EXPECT_THAT(make_token(kind, "shakeout"), testing::StartsWith(prefix));
}

TEST(Token, IsNeverTheSameTwice) {
  std::set<std::string> tokens;
  for (int i = 0; i < 1000; ++i) tokens.insert(make_token(v1::TokenIssued::PUBLISHER));
  EXPECT_EQ(tokens.size(), 1000U);
}

TEST(Token, IsFoundByTheRegistryThroughItsEntry) {
  const auto token = make_token(v1::TokenIssued::SUBSCRIBER);
  v1::Entry entry;
  entry.set_sequence(2);
  *entry.mutable_body() =
      token_issued(v1::TokenIssued::SUBSCRIBER, "demo-tv", journal::content_hash(token));
  EXPECT_EQ(entry.SerializeAsString().find(token), std::string::npos);
  registry::Registry registry;
  registry.apply(entry);
  ASSERT_TRUE(registry.principal_of(token));
  EXPECT_EQ(registry.principal_of(token)->id, "demo-tv");
  EXPECT_FALSE(registry.principal_of(token + "x"));
}

}  // namespace
}  // namespace noroshi::admin
