#include "hub/admission/area_guard.hpp"

#include <gtest/gtest.h>

#include "hub/geometry/shape.hpp"
#include "proto/cap/validate.hpp"
#include "tests/unit/hub/admission/story.hpp"

namespace noroshi::admission {
namespace {

// A CAP-JP order for one area, as far as the guard looks at it.
cap::Alert order(const std::string& area, const std::string& event = "evac.l4",
                 const std::string& direction = "issue") {
  const auto value = [](const std::string& element, const std::string& name,
                        const std::string& text) {
    return "<" + element + "><valueName>" + name + "</valueName><value>" + text + "</value></" +
           element + ">";
  };
  const auto bytes =
      "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>a</identifier>"
      "<sender>city.tokushima.lg.jp</sender><sent>2026-11-22T12:00:00+09:00</sent>"
      "<status>Actual</status><msgType>Alert</msgType><scope>Public</scope>"
      "<code>profile:CAP-JP:0.1</code><info><language>ja-JP</language><category>Safety</category>"
      "<event>避難指示</event><urgency>Immediate</urgency><severity>Severe</severity>"
      "<certainty>Likely</certainty>" +
      value("eventCode", "profile:CAP-JP:Event:0.1", event) +
      value("parameter", "layer:CAP-JP:0.1:IssueOrLift", direction) + area + "</info></alert>";
  auto verdict = cap::validate(bytes, std::nullopt, 0);
  EXPECT_TRUE(verdict.alert) << verdict.code();
  return verdict.alert ? *verdict.alert : cap::Alert{};
}

std::string area(const std::string& shape, const std::string& code,
                 const std::string& district = "") {
  std::string text = "<area><areaDesc>徳島市</areaDesc>" + shape;
  if (!code.empty())
    text += "<geocode><valueName>profile:CAP-JP:LGCode:0.1</valueName><value>" + code +
            "</value></geocode>";
  if (!district.empty())
    text += "<geocode><valueName>profile:CAP-JP:District:0.1</valueName><value>" + district +
            "</value></geocode>";
  return text + "</area>";
}

const std::string small = "<polygon>34.0,134.5 34.1,134.5 34.1,134.6 34.0,134.5</polygon>";
const std::string huge =
    "<polygon>33.0,133.0 35.0,133.0 35.0,135.0 33.0,135.0 33.0,133.0</polygon>";

TEST(AreaGuard, LosAngeles2025AMissingShapeIsNeverWidenedSilently) {
  EXPECT_EQ(odd_areas(order(area("", ""))), std::vector<std::string>{"area.nowhere 徳島市"});
  EXPECT_EQ(odd_areas(order("")), std::vector<std::string>{"area.nowhere -"});
  Story story;
  story.register_districts("362018", {"kawauchi", "showa"});
  const auto unpicked = unpicked_codes(order(area("", "362018")));
  EXPECT_EQ(unpicked, std::vector<std::string>{"362018"});
  EXPECT_EQ(widened_areas({}, unpicked, story.documents()),
            std::vector<std::string>{"area.unpicked 362018"});
}

TEST(AreaGuard, WhatIsPickedDrawnOrMeantForAllIsNotAskedAbout) {
  for (const auto& said : {area("", "362018", "362018:kawauchi"), area("", "362018", "362018:*"),
                           area(small, "362018"), area("", "360007")})
    EXPECT_TRUE(unpicked_codes(order(said)).empty()) << said;
  EXPECT_TRUE(widened_areas({}, {"362018"}, Documents()).empty()) << "no districts registered";
}

TEST(AreaGuard, AShapeLargerThanAnySuchPlaceIsAskedAbout) {
  const std::vector<std::string> large{"area.large 徳島市"};
  EXPECT_EQ(odd_areas(order(area(huge, "362018"))), large);
  EXPECT_TRUE(odd_areas(order(area(huge, "360007"))).empty()) << "a prefecture may be as large";
  EXPECT_TRUE(odd_areas(order(area(small, "362018"))).empty());
  EXPECT_EQ(odd_areas(order(area("<circle>34.0,134.5 40</circle>", "362018"))), large);
  EXPECT_TRUE(odd_areas(order(area("<circle>34.0,134.5 10</circle>", "362018"))).empty());
  EXPECT_EQ(odd_areas(order(area("<circle>34.0,134.5 400</circle>", "360007"))), large);
}

TEST(AreaGuard, OnlyWhatIsLoudIsAskedAbout) {
  EXPECT_TRUE(odd_areas(order(area(huge, "362018"), "shelter")).empty());
  EXPECT_TRUE(odd_areas(order(area(huge, "362018"), "evac.none")).empty());
  EXPECT_TRUE(odd_areas(order(area(huge, "362018"), "evac.l4", "lift")).empty());
  EXPECT_FALSE(odd_areas(order(area(huge, "362018"), "urgentmail")).empty());
}

// 362018 with the districts kawauchi, 0.1 degrees wide from 34.0 and 134.5, and ojin, not drawn;
// both are of the group basin.
Masters registered() {
  v1::Entry entry;
  auto& districts = *entry.mutable_body()->mutable_districts_registered();
  districts.set_code("362018");
  auto& kawauchi = *districts.add_districts();
  kawauchi.set_id("kawauchi");
  kawauchi.add_groups("drawn");
  kawauchi.add_groups("basin");
  kawauchi.set_area(geometry::to_wkb(
      *geometry::polygon({{34.0, 134.5}, {34.0, 134.6}, {34.1, 134.6}, {34.1, 134.5}})));
  auto& ojin = *districts.add_districts();
  ojin.set_id("ojin");
  ojin.add_groups("basin");
  Masters masters;
  masters.apply(entry);
  return masters;
}

TEST(AreaGuard, ADistrictDrawnElsewhereOrFarLargerThanItIsRegisteredIsAskedAbout) {
  const std::string city =
      "<polygon>33.9,134.4 34.2,134.4 34.2,134.7 33.9,134.7 33.9,134.4</polygon>";
  const std::string away = "<polygon>35.0,134.5 35.1,134.5 35.1,134.6 35.0,134.5</polygon>";
  const std::string twice =
      "<polygon>34.0,134.5 34.0,134.7 34.1,134.7 34.1,134.5 34.0,134.5</polygon>";
  struct Case {
    std::string shape, district;
    std::vector<std::string> asked;
  };
  const Case cases[] = {{small, "kawauchi", {}},
                        {twice, "kawauchi", {}},
                        {city, "kawauchi", {"area.large 徳島市"}},
                        {city, "drawn", {"area.large 徳島市"}},
                        {away, "kawauchi", {"area.outside 徳島市"}},
                        {"<circle>34.05,134.55 5</circle>", "kawauchi", {}},
                        {"<circle>34.05,134.55 12</circle>", "kawauchi", {"area.large 徳島市"}},
                        {"<circle>35,134.55 5</circle>", "kawauchi", {"area.outside 徳島市"}},
                        {city, "*", {}},
                        {away, "ojin", {}},
                        {away, "basin", {}},
                        {away, "unknown", {}},
                        {"", "kawauchi", {}}};
  for (const auto& one : cases)
    EXPECT_EQ(
        misdrawn_areas(drawn_districts(order(area(one.shape, "362018", "362018:" + one.district))),
                       registered()),
        one.asked)
        << one.shape << " " << one.district;
  EXPECT_TRUE(
      misdrawn_areas(drawn_districts(order(area(away, "362018", "362018:kawauchi"))), {}).empty())
      << "nothing is registered";
}

TEST(AreaGuard, WhatIsRegisteredTakesThePlaceOfWhatWas) {
  auto masters = registered();
  EXPECT_TRUE(masters.extent("362018:kawauchi"));
  v1::Entry entry;
  entry.mutable_body()->mutable_districts_registered()->set_code("362018");
  masters.apply(entry);
  EXPECT_FALSE(masters.extent("362018:kawauchi"));
  EXPECT_EQ(masters, Masters());
}

TEST(AreaGuard, FromDistrictsToTheWholeCityIsAskedAbout) {
  Story story;
  ASSERT_EQ(story.send(Order("a1", "doc", 1).issue(evac(3, {"362018:kawauchi"}))), "ok");
  auto wider = Order("a2", "doc", 2).updates({"a1"}).issue(evac(4, {"362018:*"})).alert();
  EXPECT_EQ(widened_areas(wider, {}, story.documents()),
            std::vector<std::string>{"area.widened 362018"});
  auto same = Order("a2", "doc", 2).updates({"a1"}).issue(evac(4, {"362018:kawauchi"})).alert();
  EXPECT_TRUE(widened_areas(same, {}, story.documents()).empty());
  auto lifted = Order("a2", "doc", 2).updates({"a1"}).lift(evac(3, {"362018:*"})).alert();
  EXPECT_TRUE(widened_areas(lifted, {}, story.documents()).empty());
}

}  // namespace
}  // namespace noroshi::admission
