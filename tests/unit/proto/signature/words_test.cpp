#include "proto/signature/words.hpp"

#include <gtest/gtest.h>

#include <set>

namespace noroshi::signature {
namespace {

TEST(Words, EachAspectHasItsOwnInBothLanguages) {
  std::set<std::string_view> said;
  for (const auto& row : words()) {
    EXPECT_TRUE(said.insert(row.aspect).second) << row.aspect;
    EXPECT_EQ(row.japanese.find("{value}") == std::string_view::npos,
              row.english.find("{value}") == std::string_view::npos)
        << row.aspect;
    EXPECT_NE(row.japanese, row.english);
  }
  EXPECT_EQ(message("expired", "city-2026", cap::Language::english),
            "The certificate of the signing key “city-2026” has expired. Have a new key registered "
            "and sign again.");
  EXPECT_EQ(message("many", "3", cap::Language::japanese),
            "署名が3個あります。発信者と集約者の2個までです。");
}

}  // namespace
}  // namespace noroshi::signature
