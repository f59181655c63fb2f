#include "hub/api/confirm_token.hpp"

#include <gtest/gtest.h>

#include "hub/admission/questions.hpp"
#include "hub/api/officer_request.hpp"

namespace noroshi::api {
namespace {

const auto document = journal::content_hash("the document");
const std::vector<std::string> questions{"life.overlap 362018:a", "message.old x"};
constexpr std::int64_t until_ms = 1'000'000;

TEST(ConfirmToken, AnswersWhatItWasIssuedFor) {
  const ConfirmTokens tokens;
  const auto token = tokens.issue("362018", document, questions, until_ms);
  EXPECT_EQ(
      token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
      std::string::npos);
  const auto answered = tokens.answered(token, "362018", document, until_ms - 1);
  ASSERT_TRUE(answered);
  EXPECT_FALSE(admission::unanswered(questions, *answered));
  EXPECT_TRUE(admission::unanswered({"life.overlap 362018:b"}, *answered));
}

TEST(ConfirmToken, IsForOneDocumentOnePublisherOneHubAndTenMinutes) {
  const ConfirmTokens tokens;
  const ConfirmTokens another_process;
  const auto token = tokens.issue("362018", document, questions, until_ms);
  EXPECT_FALSE(tokens.answered(token, "362018", document, until_ms));
  EXPECT_FALSE(tokens.answered(token, "362026", document, 0));
  EXPECT_FALSE(tokens.answered(token, "362018", journal::content_hash("another"), 0));
  EXPECT_FALSE(another_process.answered(token, "362018", document, 0));
}

TEST(ConfirmToken, AnyOtherTextIsNone) {
  const ConfirmTokens tokens;
  const auto token = tokens.issue("362018", document, questions, until_ms);
  EXPECT_FALSE(tokens.answered("", "362018", document, 0));
  EXPECT_FALSE(tokens.answered("!" + token, "362018", document, 0));
  EXPECT_FALSE(tokens.answered(std::string(100'000, 'A'), "362018", document, 0));
  for (std::size_t i = 0; i < token.size(); ++i) {
    auto changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    if (i + 1 < token.size()) {  // the last character may hold bits that stand for nothing
      EXPECT_FALSE(tokens.answered(changed, "362018", document, 0)) << i;
    }
    EXPECT_FALSE(tokens.answered(token.substr(0, i), "362018", document, 0)) << i;
  }
}

TEST(ReasonInAHeader, IsPlainTextOfSomeLength) {
  EXPECT_EQ(*reason_in_header("夜間で一人です"), "夜間で一人です");
  EXPECT_EQ(*reason_in_header("%E5%A4%9C%E9%96%93%E4%B8%80%E4%BA%BA"), "夜間一人");
  for (const char* wrong : {"", "abc", "    a    ", "%E5%A4", "100% sure", "\xE5\xA4 bad bytes",
                            "right%00left", "turn%E2%80%AEround"})
    EXPECT_FALSE(reason_in_header(wrong)) << wrong;
  EXPECT_FALSE(reason_in_header(std::string(201, 'a')));
}

TEST(Signature, IsAHashInJson) {
  const std::string hash(64, 'a');
  EXPECT_TRUE(signed_hash(R"({"content_sha256":")" + hash + R"("})"));
  for (const std::string& wrong : {std::string(), std::string("{}"), std::string("[]"),
                                   R"({"content_sha256":")" + hash.substr(1) + R"("})",
                                   R"({"content_sha256":")" + hash.substr(1) + R"(g"})",
                                   std::string(R"({"content_sha256":1})")})
    EXPECT_FALSE(signed_hash(wrong)) << wrong;
}

}  // namespace
}  // namespace noroshi::api
