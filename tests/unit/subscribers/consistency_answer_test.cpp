#include "subscribers/client/consistency_answer.hpp"

#include <gtest/gtest.h>

#include <string>

#include "proto/merkle/base64.hpp"

namespace noroshi::subscribers {
namespace {

std::string hash_text(char fill) { return merkle::base64(std::string(32, fill)); }

TEST(ConsistencyAnswer, GivesTheHashesInOrder) {
  const auto proof = consistency_proof_in(R"({"type":"consistency","size1":1,"proof":[")" +
                                          hash_text('a') + R"(",")" + hash_text('b') + R"("]})");
  ASSERT_TRUE(proof);
  ASSERT_EQ(proof->size(), 2U);
  EXPECT_EQ(proof->at(0).front(), 'a');
  EXPECT_EQ(proof->at(1).back(), 'b');
}

TEST(ConsistencyAnswer, MayBeEmpty) {
  const auto proof = consistency_proof_in(R"({"proof":[]})");
  ASSERT_TRUE(proof);
  EXPECT_TRUE(proof->empty());
}

TEST(ConsistencyAnswer, IsNothingElse) {
  std::string many = R"({"proof":[)";
  for (int i = 0; i < 129; ++i) many += (i == 0 ? "\"" : ",\"") + hash_text('c') + "\"";
  for (const auto& answer :
       {std::string(), std::string("[]"), std::string("{}"), std::string(R"({"proof":1})"),
        std::string(R"({"proof":[1]})"), std::string(R"({"proof":["AAAA"]})"),
        R"({"proof":[")" + hash_text('a') + "x\"]}", std::string(10'000, '['), many + "]}"})
    EXPECT_FALSE(consistency_proof_in(answer)) << answer.substr(0, 60);
}

}  // namespace
}  // namespace noroshi::subscribers
