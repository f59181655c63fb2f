#include "hub/admin/words.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "hub/admin/audit_words.hpp"
#include "hub/admin/preview_words.hpp"
#include "hub/admin/report_words.hpp"

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

template <class Table, class Words>
void expect_whole(const Words& in_english, const Words& in_japanese) {
  for (int i = 0; i < static_cast<int>(Table::end); ++i) {
    const auto what = static_cast<Table>(i);
    EXPECT_FALSE(in_english(what).empty()) << i;
    EXPECT_FALSE(in_japanese(what).empty()) << i;
    EXPECT_EQ(placeholders(in_english(what)), placeholders(in_japanese(what))) << in_english(what);
  }
}

TEST(Words, EverySentenceIsThereInBothLanguagesWithTheSameValues) {
  expect_whole<Say>(&english, &japanese);
  expect_whole<AuditSay>(&audit_english, &audit_japanese);
  expect_whole<PreviewSay>(&preview_english, &preview_japanese);
  expect_whole<ReportSay>(&report_english, &report_japanese);
}

}  // namespace
}  // namespace noroshi::admin
