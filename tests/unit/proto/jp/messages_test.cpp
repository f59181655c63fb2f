#include "proto/jp/messages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "proto/cap/utf8.hpp"

namespace noroshi::jp {
namespace {

using Rules = std::map<std::string, std::string>;  // id -> its severities, as they are listed

std::string text_of(const std::string& path) {
  std::ifstream file(NOROSHI_SOURCE_DIR "/" + path);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

Rules listed_in(const std::string& path, const std::regex& row) {
  const auto text = text_of(path);
  Rules rules;
  for (std::sregex_iterator it(text.begin(), text.end(), row), end; it != end; ++it)
    rules.emplace((*it)[1], (*it)[2]);
  return rules;
}

std::set<std::string> ids_of(const Rules& rules) {
  std::set<std::string> ids;
  for (const auto& [id, severities] : rules) ids.insert(id);
  return ids;
}

bool has_japanese(std::string_view text) {
  while (!text.empty()) {
    const char32_t c = cap::utf8::take(text);
    if (c >= 0x3041 && c <= 0x309F) return true;
  }
  return false;
}

TEST(ProfileMessages, BothLanguagesHaveTheSameRowsOnce) {
  const auto japanese = rule_words(cap::Language::japanese);
  const auto english = rule_words(cap::Language::english);
  ASSERT_EQ(japanese.size(), english.size());
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (std::size_t i = 0; i < japanese.size(); ++i) {
    EXPECT_EQ(japanese[i].rule, english[i].rule);
    EXPECT_EQ(japanese[i].aspect, english[i].aspect) << english[i].rule;
    EXPECT_TRUE(seen.emplace(english[i].rule, english[i].aspect).second) << english[i].rule;
    EXPECT_TRUE(has_japanese(japanese[i].text)) << japanese[i].rule << japanese[i].aspect;
    EXPECT_TRUE(japanese[i].text.ends_with("。")) << japanese[i].rule << japanese[i].aspect;
    EXPECT_TRUE(english[i].text.ends_with(".")) << english[i].rule << english[i].aspect;
  }
}

TEST(ProfileMessages, RulesOfCapKeepTheirWords) {
  cap::Finding finding;
  finding.rule = "cap.R013";
  finding.value = "Live";
  EXPECT_EQ(jp::message(finding, cap::Language::english),
            cap::message(finding, cap::Language::english));
  finding.rule = "jp.unheard";
  EXPECT_EQ(jp::message(finding, cap::Language::japanese), "jp.unheard: Live");
}

TEST(ProfileMessages, TellTheValueAndTheElement) {
  cap::Finding finding;
  finding.rule = "jp.words";
  finding.aspect = "issue";
  finding.path = "/alert/info[1]/responseType";
  finding.value = "AllClear";
  EXPECT_EQ(jp::message(finding, cap::Language::japanese),
            "発令なのにresponseTypeが「AllClear」で、CAPだけを読む受信機には解除と見えます。"
            "対応表の語にしてください。");
}

TEST(ProfileMessages, CodeTablesAndDocumentationListTheSameRules) {
  const auto in_code =
      listed_in("proto/jp/rules.cpp", std::regex("//     (jp\\.[a-z]+) +((?:error|confirm|warn)"
                                                 "(?: (?:error|confirm|warn))*)"));
  const auto in_docs =
      listed_in("ops/docs/profile.md", std::regex("\\n\\| `(jp\\.[a-z]+)` \\| ([a-z ]+) \\| "));
  std::set<std::string> in_tables;
  for (const auto& row : rule_words(cap::Language::english)) in_tables.emplace(row.rule);
  EXPECT_EQ(in_code, in_docs);
  EXPECT_EQ(ids_of(in_code), in_tables);
  const auto rules = text_of("ops/docs/rules.md");
  for (const auto& id : in_tables)
    EXPECT_THAT(rules, testing::HasSubstr("`" + id + "`")) << "in ops/docs/rules.md";
}

// A case of the tables in these tests shows it: as an error, a warning "?" or a confirmation "!".
TEST(ProfileMessages, EveryRowIsShownByACaseAndEverySeverityOfARuleToo) {
  std::string cases;
  for (const auto* file : {"rules", "info_rules", "area_rules", "text_rules"})
    cases += text_of(std::string("tests/unit/proto/jp/") + file + "_test.cpp");
  std::map<std::string, std::set<char>> shown;
  for (const auto& row : rule_words(cap::Language::english)) {
    const auto id = std::string(row.rule.substr(3));
    const auto key = "\"" + id + (row.aspect.empty() ? "" : ":" + std::string(row.aspect));
    bool found = false;
    for (const std::string_view end : {"\"", "?\"", "!\""}) {
      if (cases.find(key + std::string(end)) == std::string::npos) continue;
      found = true;
      shown[std::string(row.rule)].insert(end[0]);
    }
    EXPECT_TRUE(found) << key;
  }
  const auto listed =
      listed_in("ops/docs/profile.md", std::regex("\\n\\| `(jp\\.[a-z]+)` \\| ([a-z ]+) \\| "));
  for (const auto& [id, severities] : listed) {
    EXPECT_EQ(severities.find("error") != std::string::npos, shown[id].contains('"')) << id;
    EXPECT_EQ(severities.find("warn") != std::string::npos, shown[id].contains('?')) << id;
    EXPECT_EQ(severities.find("confirm") != std::string::npos, shown[id].contains('!')) << id;
  }
}

}  // namespace
}  // namespace noroshi::jp
