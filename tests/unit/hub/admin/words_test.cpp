#include "hub/admin/words.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace noroshi::admin {
namespace {

std::set<std::string> placeholders(std::string_view sentence) {
  std::set<std::string> numbers;
  for (std::size_t at = sentence.find('{'); at != std::string_view::npos;
       at = sentence.find('{', at + 1)) {
    numbers.insert(std::string(sentence.substr(at + 1, 1)));
  }
  return numbers;
}

TEST(Words, EverySentenceIsThereInBothLanguagesWithTheSameValues) {
  for (int i = 0; i < static_cast<int>(Say::end); ++i) {
    const auto what = static_cast<Say>(i);
    EXPECT_FALSE(english(what).empty()) << i;
    EXPECT_FALSE(japanese(what).empty()) << i;
    EXPECT_EQ(placeholders(english(what)), placeholders(japanese(what))) << english(what);
  }
}

}  // namespace
}  // namespace noroshi::admin
