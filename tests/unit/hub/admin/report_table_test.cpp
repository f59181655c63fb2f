#include "hub/admin/report_table.hpp"

#include <gtest/gtest.h>

#include "tests/unit/hub/admin/reported_city.hpp"

namespace noroshi::admin {
namespace {

using view::Medium;
using view::Rung;

TEST(CsvCell, IsQuotedWhereItHasToBe) {
  const std::pair<std::string, std::string> cells[] = {{"", ""},
                                                       {"plain", "plain"},
                                                       {"避難指示", "避難指示"},
                                                       {"a,b", "\"a,b\""},
                                                       {"say \"so\"", "\"say \"\"so\"\"\""},
                                                       {"two\nlines", "two lines"}};
  for (const auto& [text, cell] : cells) EXPECT_EQ(csv_cell(text), cell);
}

TEST(CsvCell, IsNoFormula) {
  for (const std::string start : {"=", "+", "-", "@", "\t", "\r"})
    EXPECT_EQ(csv_cell(start + "cmd|' /C calc'!A0").front(), '\'') << start;
  EXPECT_EQ(csv_cell("=1,\"2\""), "\"'=1,\"\"2\"\"\"");
  // what would begin with it once what cannot be seen is gone
  EXPECT_EQ(csv_cell("\u200b=1").front(), '\'');
  EXPECT_EQ(csv_cell("a=1"), "a=1");
}

std::vector<std::string> lines_in(const std::string& csv) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  for (auto end = csv.find("\r\n"); end != csv.npos; end = csv.find("\r\n", begin)) {
    lines.push_back(csv.substr(begin, end - begin));
    begin = end + 2;
  }
  EXPECT_EQ(begin, csv.size()) << "every line ends";
  return lines;
}

TEST(CsvOf, HasARowForEachMediumAndForEachWhoReportedNone) {
  auto order = reported_city::reported_order();
  order.ladder.cancelled_by = 12;
  auto tv = reported_city::rung("tv", Rung::State::shown, 120);
  tv.media = {reported_city::medium("tv.lshape", Medium::State::shown, 900, 900),
              reported_city::medium("web", Medium::State::withdrawn, 800, 60'000)};
  auto late = reported_city::rung("late", Rung::State::passed, 70'000);
  late.stored = Rung::Stored::passed;
  order.ladder.rungs = {late, reported_city::rung("radio", Rung::State::queued), tv};
  const auto lines = lines_in(csv_of(reported_city::report_of(order)));
  ASSERT_EQ(lines.size(), 5u);
  const auto commas = std::count(lines[0].begin(), lines[0].end(), ',');
  for (const auto& line : lines)
    EXPECT_EQ(std::count(line.begin(), line.end(), ','), commas) << line;
  EXPECT_NE(lines[1].find(",cancelled,12,"), std::string::npos) << lines[1];
  EXPECT_NE(lines[2].find(",radio,名前,queued,,"), std::string::npos) << lines[2];
  EXPECT_NE(lines[3].find(",0.120,"), std::string::npos) << lines[3];
  EXPECT_NE(lines[3].find("tv.lshape,shown,"), std::string::npos) << lines[3];
  EXPECT_NE(lines[4].find("web,withdrawn,"), std::string::npos) << lines[4];
}

TEST(CsvOf, AnAlertToNobodyIsARow) {
  EXPECT_EQ(lines_in(csv_of(reported_city::report_of(reported_city::reported_order()))).size(), 2u);
}

}  // namespace
}  // namespace noroshi::admin
