#include "hub/api/conditional.hpp"

#include <gtest/gtest.h>

#include "hub/api/feed_query.hpp"

namespace noroshi::api {
namespace {

constexpr std::int64_t moment = 784'111'777;  // RFC 9110, section 5.6.7

TEST(Conditional, AllThreeFormsOfADateAreRead) {
  for (const auto* text : {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
                           "Sun Nov  6 08:49:37 1994"})
    EXPECT_EQ(http_date(text), moment) << text;
  for (const auto* text : {"", "0", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 JST",
                           "Sun, 06 Nov 1994 08:49:37 GMT ", "1994-11-06T08:49:37Z"})
    EXPECT_FALSE(http_date(text)) << text;
  EXPECT_EQ(http_date(moment), "Sun, 06 Nov 1994 08:49:37 GMT");
}

wire::Request with(wire::Fields fields) {
  wire::Request request;
  request.fields = std::move(fields);
  return request;
}

TEST(Conditional, ATagGoesBeforeADate) {
  const auto date = http_date(moment);
  struct Case {
    wire::Fields fields;
    bool unchanged;
  };
  const Case cases[] = {
      {{}, false},
      {{{"If-None-Match", "\"a\""}}, true},
      {{{"if-none-match", "W/\"a\""}}, true},
      {{{"If-None-Match", "*"}}, true},
      {{{"If-None-Match", "\"b\""}, {"If-None-Match", "\"a\""}}, true},
      {{{"If-None-Match", "\"b\""}}, false},
      {{{"If-None-Match", "a"}}, false},
      {{{"If-None-Match", "W/"}}, false},
      {{{"If-None-Match", "\""}}, false},
      {{{"If-None-Match", "\"b\""}, {"If-Modified-Since", date}}, false},
      {{{"If-None-Match", "\"a\""}, {"If-Modified-Since", http_date(moment - 1)}}, true},
      {{{"If-Modified-Since", date}}, true},
      {{{"If-Modified-Since", http_date(moment - 1)}}, false},
      {{{"If-Modified-Since", http_date(moment + 10)}}, true},
      {{{"If-Modified-Since", http_date(moment + 11)}}, false}};
  for (const auto& [fields, unchanged] : cases)
    EXPECT_EQ(is_unchanged(with(fields), "a", moment, moment + 10), unchanged)
        << ::testing::PrintToString(fields);
  EXPECT_FALSE(is_unchanged(with({{"If-Modified-Since", date}}), "a", std::nullopt, moment + 10));
}

TEST(Conditional, AnEntityTagSaysWhatItsPageProves) {
  const PageProof page{7, 3, 9, reader_mark("live", "tv")};
  const auto tag = entity_tag(page, "body");
  EXPECT_NE(tag, entity_tag(page, "Body"));
  EXPECT_EQ(page_proof(tag), page);
  EXPECT_NE(reader_mark("live", "radio"), page.reader);
  EXPECT_NE(reader_mark("drill:autumn", "tv"), page.reader);
  for (const auto* wrong : {"", "7", "7-3-9", "7-9-3-x", "7-3-3-x", "-3-9-x", "7--9-x", "a-3-9-x",
                            "7-3-99999999999999999999-x"})
    EXPECT_FALSE(page_proof(wrong)) << wrong;
}

}  // namespace
}  // namespace noroshi::api
