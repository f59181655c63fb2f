// The forms an item takes on stdout.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "subscribers/client/facts.hpp"
#include "subscribers/subscribe/ticker.hpp"
#include "tests/unit/subscribers/items.hpp"

namespace noroshi::subscribers {
namespace {

using ::testing::Contains;
using testing::delivered;
using ::testing::Pair;
using testing::passed_over;

noroshi::v1::Summary& summary_of(Item& item) {
  return *std::get<noroshi::v1::Delivery>(item.content).mutable_summary();
}

TEST(JsonLine, CarriesTheFactsOfADelivery) {
  const auto object = boost::json::parse(json_line(delivered(17, "<a/>")));
  EXPECT_EQ(object.at("sequence").as_int64(), 17);
  EXPECT_EQ(object.at("epoch").as_int64(), 7);
  EXPECT_EQ(object.at("level").as_int64(), 4);
  EXPECT_EQ(object.at("accepted_at").as_string().c_str(),
            std::string("2026-11-22T12:00:00.000+09:00"));
  EXPECT_EQ(object.at("received_at").as_string().c_str(),
            std::string("2026-11-22T12:00:00.012+09:00"));
  EXPECT_EQ(object.at("headline").as_string().c_str(), std::string("徳島市に避難指示"));
  EXPECT_EQ(object.at("areas").as_array().size(), 1u);
  EXPECT_FALSE(object.as_object().contains("passed"));
}

TEST(JsonLine, LeavesOutALevelThatIsNotStated) {
  auto item = delivered(17, "<a/>");
  summary_of(item).set_level(0);
  EXPECT_FALSE(boost::json::parse(json_line(item)).as_object().contains("level"));
}

TEST(JsonLine, CarriesTheFullReadingOfTheDocumentOnTheSameLine) {
  const auto line = json_line(delivered(17, R"(<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
      <identifier>x</identifier><note>a
b &amp; c</note><info><area><areaDesc>川内町</areaDesc><polygon>34.07,134.550 1,2</polygon></area>
      </info></alert>)"));
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_NE(line.find("[34.07,134.550]"), std::string::npos) << "the document's own digits";
  const auto object = boost::json::parse(line);
  EXPECT_EQ(object.at("sequence").as_int64(), 17);
  const auto& reading = object.at("reading");
  EXPECT_EQ(reading.at("note").as_string(), "a\nb & c");
  const auto& area = reading.at("info").as_array().at(0).at("area").as_array().at(0);
  EXPECT_EQ(area.at("areaDesc").as_string(), "川内町");
}

TEST(JsonLine, HasNoReadingOfWhatCannotBeRead) {
  EXPECT_FALSE(
      boost::json::parse(json_line(delivered(17, "<a/>"))).as_object().contains("reading"));
}

TEST(JsonLine, SaysWhyAnAlertPassed) {
  const auto object = boost::json::parse(json_line(passed_over(18)));
  EXPECT_EQ(object.at("sequence").as_int64(), 18);
  EXPECT_EQ(object.at("passed").as_string().c_str(), std::string("superseded"));
  EXPECT_EQ(object.at("by").as_int64(), 19);
}

TEST(Variables, CarryTheSameFactsWithoutControlCharacters) {
  auto item = delivered(17, "<a/>");
  summary_of(item).set_headline("a\nb\x1b[31m");
  const auto all = variables(item);
  EXPECT_THAT(all, Contains(Pair("NOROSHI_SEQUENCE", "17")));
  EXPECT_THAT(all, Contains(Pair("NOROSHI_LEVEL", "4")));
  EXPECT_THAT(all, Contains(Pair("NOROSHI_AREAS", "362018")));
  EXPECT_THAT(all, Contains(Pair("NOROSHI_HEADLINE", "a b[31m")));
}

TEST(TickerLine, IsOneLineInJapaneseTimeWithLevelAndDelay) {
  EXPECT_EQ(ticker_line(delivered(17, "<a/>")),
            "12:00:00 【警戒レベル4 避難指示】徳島市に避難指示 (通番 17、12 ミリ秒)");
  EXPECT_EQ(ticker_line(passed_over(18)), "12:00:00 通番 18 は新しい版に置き換え、通番 19 による");
}

TEST(TickerLine, NeverShowsALevelThatIsNotTheMayors) {
  auto item = delivered(17, "<a/>");
  summary_of(item).set_level(0);
  summary_of(item).set_event("jma.rain");
  EXPECT_EQ(ticker_line(item), "12:00:00 【jma.rain】徳島市に避難指示 (通番 17、12 ミリ秒)");
  summary_of(item).set_level(255);
  EXPECT_EQ(ticker_line(item).find("【警戒レベル不明】"), std::string("12:00:00 ").size());
}

TEST(Flags, AreInEveryForm) {
  auto item = delivered(17, "<a/>");
  summary_of(item).set_event("evac.l6");
  summary_of(item).set_level(255);
  summary_of(item).add_flags("jp.event evac.l6");
  summary_of(item).add_flags("jp.level 6");
  EXPECT_EQ(ticker_line(item),
            "12:00:00 【警戒レベル不明】【未知: jp.event evac.l6、jp.level 6】徳島市に避難指示 "
            "(通番 17、12 ミリ秒)");
  EXPECT_THAT(variables(item), Contains(Pair("NOROSHI_FLAGS", "jp.event evac.l6, jp.level 6")));
  const auto object = boost::json::parse(json_line(item));
  EXPECT_EQ(object.at("flags").as_array().at(1).as_string(), "jp.level 6");
}

}  // namespace
}  // namespace noroshi::subscribers
