#include "publishers/client/ladder_parts.hpp"

#include <gtest/gtest.h>

namespace noroshi::publishers {
namespace {

ServerEvent totals(const std::string& addressed, const std::string& more = "") {
  return {"ladder", R"({"sequence":12,"identifier":"x-1","totals":{"addressed":)" + addressed +
                        "}" + more + "}"};
}
ServerEvent row(const std::string& subscriber, const std::string& state) {
  return {"row", R"({"subscriber":")" + subscriber + R"(","state":")" + state + R"("})"};
}

TEST(LadderParts, AreALadderWhenEverybodyHasARow) {
  LadderParts parts(12);
  EXPECT_FALSE(parts.whole());
  EXPECT_TRUE(parts.take(totals("2")).value());
  EXPECT_TRUE(parts.take(row("tv", "queued")).value());
  EXPECT_FALSE(parts.whole());
  EXPECT_TRUE(parts.take(row("radio", "delivered")).value());
  ASSERT_TRUE(parts.whole());
  const auto ladder = parts.ladder();
  EXPECT_EQ(ladder.identifier, "x-1");
  EXPECT_EQ(ladder.addressed, 2u);
  ASSERT_EQ(ladder.rows.size(), 2u);
  EXPECT_EQ(ladder.rows[0].subscriber, "radio");
  EXPECT_EQ(ladder.rows[1].state, "queued");
  EXPECT_EQ(ladder.body,
            R"({"sequence":12,"identifier":"x-1","totals":{"addressed":2},"deliveries":[)"
            R"({"subscriber":"radio","state":"delivered"},{"subscriber":"tv","state":"queued"}]})");
}

TEST(LadderParts, TellWhatIsOtherThanBefore) {
  LadderParts parts(12);
  EXPECT_TRUE(parts.take(totals("1")).value());
  EXPECT_FALSE(parts.take(totals("1")).value());
  EXPECT_TRUE(parts.take(row("tv", "queued")).value());
  EXPECT_FALSE(parts.take(row("tv", "queued")).value());
  EXPECT_TRUE(parts.take(row("tv", "shown")).value());
  EXPECT_EQ(parts.ladder().rows[0].state, "shown");
  EXPECT_FALSE(parts.take({"goodbye", R"({"code":"stopping"})"}).value());
  EXPECT_FALSE(parts.take({"of a later version", "not JSON"}).value());
}

TEST(LadderParts, HaveTheDeadlinesAndTheMedia) {
  LadderParts parts(12);
  parts.take(totals("1", R"(,"deadlines":[{"step":"delivered","within_s":10,"due_at":"t",)"
                         R"("missing":1,"overdue":true}],)"
                         R"("media":[{"medium":"radio","shown":3,"withdrawn":4}])"));
  parts.take({"row", R"({"subscriber":"tv","state":"queued","overdue":["delivered"]})"});
  ASSERT_TRUE(parts.whole());
  const auto ladder = parts.ladder();
  ASSERT_EQ(ladder.deadlines.size(), 1u);
  EXPECT_EQ(ladder.deadlines[0].step, "delivered");
  EXPECT_EQ(ladder.deadlines[0].within_s, 10u);
  EXPECT_EQ(ladder.deadlines[0].missing, 1u);
  EXPECT_TRUE(ladder.deadlines[0].overdue);
  ASSERT_EQ(ladder.media.size(), 1u);
  EXPECT_EQ(ladder.media[0].shown, 3u);
  EXPECT_EQ(ladder.media[0].withdrawn, 4u);
  EXPECT_EQ(ladder.rows[0].overdue, std::vector<std::string>{"delivered"});
}

TEST(LadderParts, AreRefusedFromWhateverIsNoHub) {
  const ServerEvent events[] = {{"ladder", ""},
                                {"ladder", "{"},
                                {"ladder", "[]"},
                                {"ladder", "12"},
                                {"ladder", R"({"sequence":12})"},
                                {"ladder", R"({"sequence":13,"totals":{"addressed":1}})"},
                                {"ladder", R"({"sequence":"12","totals":{"addressed":1}})"},
                                totals("-1"),
                                totals("\"many\""),
                                totals(std::to_string(LadderParts::rows_max + 1)),
                                {"row", "{}"},
                                {"row", R"({"subscriber":7})"},
                                {"row", "\xFF"}};
  for (const auto& event : events) EXPECT_FALSE(LadderParts(12).take(event)) << event.data;
}

TEST(LadderParts, HaveABoundOnRows) {
  LadderParts parts(12);
  for (std::size_t i = 0; i < LadderParts::rows_max; ++i)
    ASSERT_TRUE(parts.take(row(std::to_string(i), "queued")));
  EXPECT_FALSE(parts.take(row("one more", "queued")));
}

}  // namespace
}  // namespace noroshi::publishers
