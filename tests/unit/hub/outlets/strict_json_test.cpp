#include "hub/outlets/strict_json.hpp"

#include <gtest/gtest.h>

#include <string>

namespace noroshi::outlets {
namespace {

TEST(StrictJson, TakesWhatRfc8259Has) {
  for (const std::string text :
       {"{}", " {} \n", R"({"a":1,"b":[-0.5e3,"\u00e9\\",true,null,{"a":{}}]})", R"({"":{"":0}})",
        R"({"a":{"x":1},"b":{"x":1}})", R"({"避難":"😀"})"}) {
    const auto checked = check_json(text);
    EXPECT_TRUE(checked) << text << ": " << checked.error().detail;
  }
}

TEST(StrictJson, RefusesEverythingElse) {
  for (const std::string text : {"",
                                 " ",
                                 "{",
                                 "}",
                                 "{}}",
                                 "{} {}",
                                 "[]",
                                 "[{}]",
                                 "1",
                                 "\"a\"",
                                 "null",
                                 "{'a':1}",
                                 "{a:1}",
                                 "{\"a\":1,}",
                                 "{\"a\":[1,]}",
                                 "{\"a\":01}",
                                 "{\"a\":+1}",
                                 "{\"a\":.5}",
                                 "{\"a\":1.}",
                                 "{\"a\":NaN}",
                                 "{\"a\":-Infinity}",
                                 "{\"a\":0x1}",
                                 "{\"a\":\"\n\"}",
                                 "{\"a\":\"\\x\"}",
                                 "{\"a\":\"\\ud800\"}",
                                 "{\"a\":\"\xC0\x80\"}",
                                 "{\"a\":\"\xED\xA0\x80\"}",
                                 "{\"a\"}",
                                 "{\"a\":1 \"b\":2}",
                                 "{}//x",
                                 "{/*x*/}",
                                 "\xEF\xBB\xBF{}"})
    EXPECT_FALSE(check_json(text)) << text;
  EXPECT_FALSE(check_json(std::string("{\"a\":1}\0", 8)));
}

TEST(StrictJson, RefusesAMemberTwiceHoweverItIsWritten) {
  EXPECT_FALSE(check_json(R"({"a":1,"a":1})"));
  EXPECT_FALSE(check_json(R"({"a":1,"\u0061":1})"));
  EXPECT_FALSE(check_json(R"({"x":{"a":1,"b":2,"a":{}}})"));
}

TEST(StrictJson, RefusesToGoDeeperThanSixteen) {
  const auto nested = [](int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += "{\"a\":";
    text += "1";
    return text + std::string(static_cast<std::size_t>(depth), '}');
  };
  EXPECT_TRUE(check_json(nested(16)));
  EXPECT_FALSE(check_json(nested(17)));
  EXPECT_FALSE(check_json(nested(10'000)));
}

}  // namespace
}  // namespace noroshi::outlets
