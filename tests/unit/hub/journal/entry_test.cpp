#include "hub/journal/entry.hpp"

#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <string>

namespace noroshi::journal {
namespace {

std::string hex(const Hash& hash) { return fmt::format("{:02x}", fmt::join(hash, "")); }

// FIPS 180-2, appendix B.1.
TEST(EntryHash, ContentIsPlainSha256) {
  EXPECT_EQ(hex(content_hash("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// The leaf of one empty entry, as RFC 6962 log implementations publish it.
TEST(EntryHash, LeafOfNothingIsSha256OfOneZeroByte) {
  EXPECT_EQ(hex(leaf_hash("")), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

TEST(EntryHash, LeafPutsAZeroByteBeforeTheEntry) {
  EXPECT_EQ(leaf_hash("abc"), content_hash(std::string("\0abc", 4)));
  EXPECT_NE(leaf_hash("abc"), content_hash("abc"));
}

}  // namespace
}  // namespace noroshi::journal
