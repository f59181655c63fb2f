#include "hub/explain/explanation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace noroshi::explain {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using Ids = std::set<std::string>;

std::string text_of(const fs::path& file) {
  std::ifstream in(fs::path(NOROSHI_SOURCE_DIR) / file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Ids found_in(const std::string& text, const std::regex& pattern) {
  Ids ids;
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at)
    ids.insert((*at)[1].str());
  return ids;
}

void expect_explained(const Ids& ids, std::size_t at_least) {
  EXPECT_GE(ids.size(), at_least);
  for (const auto& id : ids) EXPECT_TRUE(explanation_of(id)) << id;
}

TEST(Explanation, ThereIsOneOfEveryCodeOfTheInterface) {
  const auto text = text_of("proto/api/openapi.yaml");
  const auto begin = text.find("enum: [request.malformed");
  ASSERT_NE(begin, std::string::npos);
  const auto codes = text.substr(begin + 5, text.find(']', begin) - begin - 5);
  expect_explained(found_in(codes, std::regex("([a-z]+[a-z.-]*)")), 40);
}

TEST(Explanation, ThereIsOneOfEveryCodeOfTheContract) {
  const auto text = text_of("ops/docs/contract.md");
  const auto begin = text.find("| status | `code` | when |");
  ASSERT_NE(begin, std::string::npos);
  const auto table = text.substr(begin, text.find("\n\n", begin) - begin);
  Ids codes;
  for (std::size_t at = table.find("\n| "); at != std::string::npos;
       at = table.find("\n| ", at + 1)) {
    const auto cell = table.find('|', at + 3) + 1;
    const auto more =
        found_in(table.substr(cell, table.find('|', cell) - cell), std::regex("`([a-z][a-z.-]*)`"));
    codes.insert(more.begin(), more.end());
  }
  expect_explained(codes, 40);
}

TEST(Explanation, ThereIsOneOfEveryRuleOfThePages) {
  Ids rules = found_in(text_of("ops/docs/profile.md"), std::regex("\n\\| `(jp\\.[a-z]+)` \\|"));
  expect_explained(rules, 30);
  // What refuses and warns of nothing has no words.
  const auto text = text_of("ops/docs/rules.md");
  std::size_t rows = 0;
  const std::regex row("\n\\| (R[0-9]{3})[^|]*\\| (error|warn)");
  for (std::sregex_iterator at(text.begin(), text.end(), row), end; at != end; ++at, ++rows)
    EXPECT_TRUE(explanation_of("cap." + (*at)[1].str())) << (*at)[1];
  EXPECT_GE(rows, 30u);
}

// Whatever the sources of admission name as a rule or a code.
TEST(Explanation, ThereIsOneOfEveryRuleThatAdmissionNames) {
  Ids ids;
  for (const auto& file : fs::directory_iterator(fs::path(NOROSHI_SOURCE_DIR) / "hub/admission")) {
    if (file.path().extension() != ".cpp") continue;
    const auto more =
        found_in(text_of(file.path()),
                 std::regex("\"((?:auth|life|area|repeat|message|approval|admission|draft|alert|"
                            "drill|confirm)\\.[a-z.-]*[a-z]|cap\\.R[0-9]{3})[ \"]"));
    ids.insert(more.begin(), more.end());
  }
  expect_explained(ids, 35);
}

TEST(Explanation, EachSaysWhatItMeansInBothLanguagesAndWhereItIsLaidDown) {
  for (const auto& id : all_ids()) {
    const auto explanation = explanation_of(id);
    ASSERT_TRUE(explanation) << id;
    EXPECT_EQ(explanation->id, id);
    EXPECT_FALSE(explanation->japanese.empty()) << id;
    EXPECT_EQ(explanation->japanese.size(), explanation->english.size()) << id;
    for (const auto& said : explanation->english)
      EXPECT_EQ(said.find("{value}"), std::string::npos) << said;
    const auto& documented = explanation->documented;
    EXPECT_FALSE(documented.page.empty()) << id;
    EXPECT_FALSE(documented.section.empty()) << id;
    if (!id.starts_with("cap.") && !id.starts_with("jp.")) {
      EXPECT_THAT(text_of(documented.page), HasSubstr(documented.section)) << id;
      continue;
    }
    EXPECT_FALSE(documented.severity.empty()) << id;
    EXPECT_FALSE(documented.asked.empty()) << id;
    EXPECT_FALSE(documented.from.empty()) << id;
  }
}

TEST(Explanation, TellsTheRulesPageByRowAndRange) {
  const auto one = explanation_of("cap.R012")->documented;
  EXPECT_EQ(one.severity, "error");
  EXPECT_EQ(one.section, "R012");
  EXPECT_THAT(one.asked, HasSubstr("YYYY-MM-DDThh:mm:ss"));
  EXPECT_EQ(one.from, "OASIS CAP 1.2 schema; its prose");
  EXPECT_EQ(explanation_of("cap.R033")->documented.asked,
            explanation_of("cap.R031")->documented.asked)
      << "of one row";
  EXPECT_EQ(explanation_of("cap.R054")->documented.severity, "error");
  EXPECT_EQ(explanation_of("cap.R055")->documented.severity, "warn");
  EXPECT_GT(explanation_of("cap.R080")->english.size(), 5u) << "each way a signature is wrong";
}

TEST(Explanation, TellsTheStatusOfACode) {
  EXPECT_EQ(explanation_of("auth.required")->documented.status, "401");
  EXPECT_EQ(explanation_of("auth.area")->documented.status, "403");
  EXPECT_EQ(explanation_of("auth.area")->documented.section, "Authority");
  EXPECT_EQ(explanation_of("draft.expired")->documented.status, "410");
  EXPECT_EQ(explanation_of("alert.stale")->documented.section, "The life of an order");
  EXPECT_EQ(explanation_of("life.uncovered")->documented.status, "") << "no code but a finding";
}

TEST(Explanation, OfWhatThereIsNotTheNearOnesAreNamed) {
  EXPECT_FALSE(explanation_of("auth.aera"));
  EXPECT_FALSE(explanation_of(""));
  EXPECT_THAT(near("auth.aera"), Contains("auth.area"));
  EXPECT_THAT(near("R012"), ElementsAre("cap.R012"));
  EXPECT_THAT(near("uncovered"), ElementsAre("life.uncovered"));
  EXPECT_LE(near("auth").size(), 5u);
  EXPECT_TRUE(near(std::string(100'000, 'x')).empty());
}

}  // namespace
}  // namespace noroshi::explain
