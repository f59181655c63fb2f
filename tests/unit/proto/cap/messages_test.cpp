#include "proto/cap/messages.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "proto/cap/utf8.hpp"

namespace noroshi::cap {
namespace {

bool has_japanese(std::string_view text) {
  while (!text.empty()) {
    const char32_t c = utf8::take(text);
    if ((c >= 0x3040 && c <= 0x30FF) || (c >= 0x4E00 && c <= 0x9FFF)) return true;
  }
  return false;
}

bool only_known_places(std::string_view text) {
  for (auto at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    const auto rest = text.substr(at);
    if (!rest.starts_with("{value}") && !rest.starts_with("{element}")) return false;
  }
  return true;
}

TEST(Messages, BothLanguagesHaveTheSameRowsOnce) {
  const auto japanese = words_in(Language::japanese);
  const auto english = words_in(Language::english);
  ASSERT_EQ(japanese.size(), english.size());
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (std::size_t i = 0; i < japanese.size(); ++i) {
    EXPECT_EQ(japanese[i].rule, english[i].rule);
    EXPECT_EQ(japanese[i].aspect, english[i].aspect) << english[i].rule;
    EXPECT_TRUE(seen.emplace(english[i].rule, english[i].aspect).second) << english[i].rule;
  }
}

TEST(Messages, EveryRowSpeaksItsLanguage) {
  for (const auto& words : words_in(Language::japanese)) {
    EXPECT_TRUE(has_japanese(words.text)) << words.rule << words.aspect;
    EXPECT_TRUE(words.text.ends_with("。")) << words.rule << words.aspect;
    EXPECT_TRUE(only_known_places(words.text)) << words.rule << words.aspect;
  }
  for (const auto& words : words_in(Language::english)) {
    EXPECT_FALSE(has_japanese(words.text)) << words.rule << words.aspect;
    EXPECT_TRUE(words.text.ends_with(".")) << words.rule << words.aspect;
    EXPECT_TRUE(only_known_places(words.text)) << words.rule << words.aspect;
  }
}

TEST(Messages, TellTheValueAndTheElement) {
  Finding finding;
  finding.rule = "cap.R013";
  finding.value = "Live {value}";
  EXPECT_EQ(message(finding, Language::english),
            "status “Live {value}” is not one of Actual, Exercise, System, Test, Draft. "
            "Write one exactly so.");
  finding.rule = "cap.R047";
  finding.path = "/alert/info[1]/parameter[12]/value";
  EXPECT_EQ(message(finding, Language::english),
            "value is there but empty. Fill it in, or remove it.");
  finding.path = "/alert/code[2]";
  EXPECT_EQ(message(finding, Language::japanese),
            "codeが空です。記入するか、要素を削除してください。");
}

TEST(Messages, RulesOfOthersAreNamedAtLeast) {
  Finding finding;
  finding.rule = "jp.J001";
  finding.value = "362018";
  EXPECT_EQ(message(finding, Language::japanese), "jp.J001: 362018");
}

}  // namespace
}  // namespace noroshi::cap
