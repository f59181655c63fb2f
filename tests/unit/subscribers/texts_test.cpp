// What people read, hear and see on a map of an alert.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <cmath>

#include "proto/cap/utf8.hpp"
#include "proto/cap/validate.hpp"
#include "subscribers/client/ready_texts.hpp"
#include "subscribers/subscribe/geojson.hpp"
#include "tests/unit/subscribers/documents.hpp"
#include "tests/unit/subscribers/items.hpp"

namespace noroshi::subscribers {
namespace {

namespace json = boost::json;
using ::testing::AllOf;
using testing::delivered;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using testing::order;
using testing::passed_over;
using testing::plain;
using ::testing::SizeIs;
using ::testing::StartsWith;

cap::Alert read(const std::string& document) {
  auto verdict = cap::validate(document, std::nullopt, 0);
  EXPECT_TRUE(verdict.alert);
  return verdict.alert.value_or(cap::Alert{});
}

json::value collection(const std::string& document, std::string_view language = "ja-JP") {
  return json::parse(geojson_line(delivered(17, document), language));
}

const json::value& feature(const json::value& collection, std::size_t at = 0) {
  return collection.at("features").as_array().at(at);
}

// Of the exterior ring of a polygon: twice its area, positive counterclockwise.
double turning(const json::array& ring) {
  double sum = 0;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    const auto x = [&](std::size_t at) { return ring[at].as_array()[0].to_number<double>(); };
    const auto y = [&](std::size_t at) { return ring[at].as_array()[1].to_number<double>(); };
    sum += x(i - 1) * y(i) - x(i) * y(i - 1);
  }
  return sum;
}

TEST(Tickers, AreTheSendersOwnInEachLanguageAndWidth) {
  const auto alert = jp::compose(order());
  for (const auto characters : {15U, 40U, 80U})
    for (const auto* language : {"ja-JP", "ja", "ja-x-yasashii", "en", "en-GB", "pt"}) {
      const auto texts = tickers(alert, language, characters);
      ASSERT_THAT(texts, SizeIs(1)) << language;
      EXPECT_LE(cap::utf8::characters(texts[0]), characters) << texts[0];
    }
  EXPECT_THAT(tickers(alert, "ja", 40)[0], AllOf(HasSubstr("徳島市"), HasSubstr("避難指示")));
  EXPECT_THAT(tickers(alert, "en", 80)[0], HasSubstr("Tokushima"));
  EXPECT_EQ(tickers(alert, "pt", 40), tickers(alert, "ja-JP", 40)) << "not said in it";
}

TEST(Tickers, SayThatItIsADrillWhateverTheWidthAndEvenWhenTheSenderForgot) {
  const auto alert = jp::compose(order("autumn"));
  for (const auto characters : {15U, 40U, 80U}) {
    EXPECT_THAT(tickers(alert, "ja", characters)[0], StartsWith("【訓練】"));
    EXPECT_THAT(tickers(alert, "en", characters)[0], StartsWith("DRILL"));
  }
  const auto forgotten = read(plain("", "Alert", "Exercise"));
  EXPECT_THAT(tickers(forgotten, "en", 15), ElementsAre("【訓練】The river …"));
  EXPECT_THAT(radio_scripts(forgotten, "en")[0], StartsWith("This is a drill."));
  EXPECT_THAT(radio_scripts(alert, "ja")[0], StartsWith("これは訓練です"));
}

TEST(Tickers, OfPlainCapAreItsHeadlineCutWithAnEllipsis) {
  EXPECT_THAT(tickers(read(plain("")), "ja", 15), ElementsAre("The river is o…"));
  EXPECT_THAT(tickers(read(plain("")), "ja", 40), ElementsAre("The river is over its banks"));
  EXPECT_THAT(tickers(read(plain("", "Cancel")), "en", 80),
              ElementsAre("[Cancelled] The river is over its banks"));
}

TEST(Tickers, KeepALineThatIsNotSaidInTheLanguage) {
  auto composition = order();
  composition.lines.push_back({"evac.l3", "landslide", jp::Direction::issue, {}});
  auto alert = jp::compose(composition);
  std::erase_if(alert.info, [](const auto& info) {
    return *info.language == "en" && jp::event_of(info) == "evac.l3";
  });
  const auto texts = tickers(alert, "en", 40);
  ASSERT_THAT(texts, SizeIs(2));
  EXPECT_THAT(texts[1], HasSubstr("高齢者等避難"));
}

TEST(RadioScripts, AreTheSendersOwnOrWhoSpeaksWhatIsAndWhatToDo) {
  EXPECT_THAT(radio_scripts(jp::compose(order()), "ja")[0], HasSubstr("徳島市"));
  EXPECT_THAT(radio_scripts(read(plain("")), "en"),
              ElementsAre("River Office. The river is over its banks. Go up."));
}

TEST(Texts, HaveNoControlCharacters) {
  auto alert = read(plain(""));
  alert.info[0].headline = "a\x1b[31m\nb";
  EXPECT_THAT(tickers(alert, "en", 80), ElementsAre("a[31m b"));
}

TEST(Geojson, HasAFeatureForEachDistrictWithWhatAMapNeeds) {
  const auto map = collection(cap::write(jp::compose(order())), "en");
  EXPECT_EQ(map.at("type").as_string(), "FeatureCollection");
  EXPECT_EQ(map.at("noroshi").at("sequence").as_int64(), 17);
  ASSERT_THAT(map.at("features").as_array(), SizeIs(2)) << "once, not once a language";
  const auto& properties = feature(map).at("properties");
  EXPECT_EQ(properties.at("district").as_string(), "362018:kawauchi");
  EXPECT_EQ(properties.at("area").as_string(), "徳島県徳島市川内町");
  EXPECT_EQ(properties.at("level").as_int64(), 4);
  EXPECT_EQ(properties.at("colour").as_string(), "#AA00AA");
  EXPECT_EQ(properties.at("language").as_string(), "en");
  EXPECT_TRUE(feature(map).at("geometry").is_null());
}

TEST(Geojson, PutsLongitudeFirstAndTurnsRingsCounterclockwise) {
  const std::string clockwise = "34,134 35,134 35,135 34,135 34,134";
  const std::string counterclockwise = "34,134 34,135 35,135 35,134 34,134";
  for (const auto& ring : {clockwise, counterclockwise}) {
    const auto map =
        collection(plain("<area><areaDesc>a</areaDesc><polygon>" + ring + "</polygon></area>"));
    const auto& geometry = feature(map).at("geometry");
    EXPECT_EQ(geometry.at("type").as_string(), "Polygon");
    const auto& exterior = geometry.at("coordinates").as_array().at(0).as_array();
    ASSERT_THAT(exterior, SizeIs(5));
    EXPECT_EQ(exterior.at(0), (json::value{134, 34}));
    EXPECT_EQ(exterior.front(), exterior.back());
    EXPECT_GT(turning(exterior), 0) << ring;
  }
}

TEST(Geojson, DrawsACircleAndKeepsItsRadius) {
  const auto map =
      collection(plain("<area><areaDesc>a</areaDesc><circle>34.07,134.55 5</circle></area>"));
  const auto& exterior = feature(map).at("geometry").at("coordinates").as_array().at(0).as_array();
  EXPECT_THAT(exterior, SizeIs(65));
  EXPECT_GT(turning(exterior), 0);
  for (const auto& point : exterior) {
    const double east = (point.at(0).to_number<double>() - 134.55) * std::cos(34.07 * 0.0174533);
    const double north = point.at(1).to_number<double>() - 34.07;
    EXPECT_NEAR(std::hypot(east, north) * 111.195, 5.0, 0.02);
  }
  const auto& circle = feature(map).at("properties").at("circles").as_array().at(0);
  EXPECT_EQ(circle.at("radius_m").to_number<double>(), 5000.0);
}

TEST(Geojson, CutsWhatCrossesTheAntimeridian) {
  const auto map =
      collection(plain("<area><areaDesc>a</areaDesc><polygon>10,179 10,-179 12,-179 12,179 "
                       "10,179</polygon></area>"));
  const auto& geometry = feature(map).at("geometry");
  ASSERT_EQ(geometry.at("type").as_string(), "MultiPolygon");
  double whole = 0;
  for (const auto& polygon : geometry.at("coordinates").as_array()) {
    const auto& exterior = polygon.as_array().at(0).as_array();
    EXPECT_GT(turning(exterior), 0);
    whole += turning(exterior) / 2;
    for (const auto& point : exterior) EXPECT_LE(std::abs(point.at(0).to_number<double>()), 180.0);
  }
  EXPECT_DOUBLE_EQ(whole, 4.0) << "two degrees by two";
}

TEST(Geojson, HasNoGeometryOfWhatCannotBeDrawn) {
  for (const auto* shape :
       {"", "<polygon>34,134 35,134 34,134</polygon>", "<circle>89,0 500</circle>",
        "<circle>95,0 1</circle>", "<circle>34,134 999999</circle>"}) {
    const auto map =
        collection(plain(std::string("<area><areaDesc>a</areaDesc>") + shape + "</area>"));
    EXPECT_TRUE(feature(map).at("geometry").is_null()) << shape;
  }
  const auto endless = "<circle>34,134 " + std::string(400, '9') + "</circle>";
  const auto map = collection(plain("<area><areaDesc>a</areaDesc>" + endless + "</area>"));
  EXPECT_TRUE(feature(map).at("geometry").is_null());
  EXPECT_FALSE(feature(map).at("properties").as_object().contains("circles"));
  const auto spot =
      collection(plain("<area><areaDesc>a</areaDesc><circle>34,134 0</circle></area>"));
  EXPECT_EQ(feature(spot).at("geometry").at("type").as_string(), "Point");
}

TEST(Geojson, OfAPassedHasNoFeatures) {
  const auto map = json::parse(geojson_line(passed_over(18), "ja"));
  EXPECT_THAT(map.at("features").as_array(), SizeIs(0));
  EXPECT_EQ(map.at("noroshi").at("passed").as_string(), "superseded");
}

}  // namespace
}  // namespace noroshi::subscribers
