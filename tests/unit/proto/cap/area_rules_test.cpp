#include "proto/cap/limits.hpp"
#include "proto/cap/shape.hpp"
#include "sample.hpp"

namespace noroshi::cap {
namespace {

using sample::Case;

class AreaRules : public testing::TestWithParam<Case> {};

TEST_P(AreaRules, FindExactlyWhatIsBroken) {
  Alert alert = sample::acceptable();
  GetParam().spoil(alert);
  EXPECT_EQ(sample::broken(alert), GetParam().rules);
}

Resource& resource(Alert& alert) { return alert.info[0].resource[0]; }
Area& area(Alert& alert) { return alert.info[0].area[0]; }
void polygon(Alert& alert, const char* points) { area(alert).polygon = {points}; }
void circle(Alert& alert, const char* text) { area(alert).circle = {text}; }

std::string ring_of(std::size_t points) {
  std::string text = "0,0";
  for (std::size_t i = 2; i < points; ++i) text += " 1,1";
  return text + " 0,0";
}

const Case resources[] = {
    {"DescBlank", [](Alert& a) { resource(a).resource_desc = " "; }, {"cap.R050"}},
    {"MimeTypeNoSlash", [](Alert& a) { resource(a).mime_type = "png"; }, {"cap.R051"}},
    {"MimeTypeUnregistered", [](Alert& a) { resource(a).mime_type = "photo/png"; }, {"cap.R051"}},
    {"MimeTypeNoSubtype", [](Alert& a) { resource(a).mime_type = "image/"; }, {"cap.R051"}},
    {"MimeTypeCase", [](Alert& a) { resource(a).mime_type = "Image/PNG"; }, {}},
    {"MimeTypeParameter", [](Alert& a) { resource(a).mime_type = "text/html; charset=utf-8"; }, {}},
    {"SizeText", [](Alert& a) { resource(a).size = "3 kB"; }, {"cap.R052"}},
    {"SizeNegative", [](Alert& a) { resource(a).size = "-3"; }, {"cap.R052"}},
    {"SizeFraction", [](Alert& a) { resource(a).size = "3.0"; }, {"cap.R052"}},
    {"UriRelativeAlone",
     [](Alert& a) {
       resource(a).deref_uri.reset();
       resource(a).digest.reset();
     },
     {"cap.R053"}},
    {"UriAbsoluteAlone",
     [](Alert& a) {
       resource(a).uri = "https://example.jp/map.png";
       resource(a).deref_uri.reset();
     },
     {}},
    {"UriWithColonInItsFirstSegment",
     [](Alert& a) { resource(a).uri = "12:00.png"; },
     {"cap.R053"}},
    {"UriWithColonLater", [](Alert& a) { resource(a).uri = "./12:00.png"; }, {}},
    {"UriEmpty", [](Alert& a) { resource(a).uri = ""; }, {"cap.R047?"}},
    {"DerefUriNoBase64", [](Alert& a) { resource(a).deref_uri = "YW-j"; }, {"cap.R054"}},
    {"DerefUriOnLines", [](Alert& a) { resource(a).deref_uri = "\n YW\n Jj\n"; }, {}},
    {"DigestShort", [](Alert& a) { resource(a).digest = "a9993e"; }, {"cap.R055?"}},
    {"DigestOfOther", [](Alert& a) { resource(a).deref_uri = "YWJk"; }, {"cap.R055?"}},
    {"DigestOfTheBase64",
     [](Alert& a) { resource(a).digest = "d8bce9746547bb7743e5933fbf0fc4f2d2cbcad3"; },
     {}},
    {"DigestInCapitals",
     [](Alert& a) { resource(a).digest = "A9993E364706816ABA3E25717850C26C9CD0D89D"; },
     {}},
};

const Case polygons[] = {
    {"AreaDescBlank", [](Alert& a) { area(a).area_desc = ""; }, {"cap.R060"}},
    {"Exponent", [](Alert& a) { polygon(a, "0,0 1e1,1 1,0 0,0"); }, {"cap.R061"}},
    {"NotANumber", [](Alert& a) { polygon(a, "nan,0 1,1 1,0 nan,0"); }, {"cap.R061"}},
    {"Infinite", [](Alert& a) { polygon(a, "inf,0 1,1 1,0 inf,0"); }, {"cap.R061"}},
    {"NoComma", [](Alert& a) { polygon(a, "0 0 1 1 1 0 0 0"); }, {"cap.R061"}},
    {"Three", [](Alert& a) { polygon(a, "0,0 1,1 2,0,3"); }, {"cap.R061"}},
    {"SpaceAfterComma", [](Alert& a) { polygon(a, "0, 0 1, 1 1, 0 0, 0"); }, {"cap.R061"}},
    {"Empty", [](Alert& a) { polygon(a, ""); }, {"cap.R062"}},
    {"ThreePoints", [](Alert& a) { polygon(a, "0,0 1,1 0,0"); }, {"cap.R062"}},
    {"FourPoints", [](Alert& a) { polygon(a, "0,0 1,1 1,0 0,0"); }, {}},
    {"Open", [](Alert& a) { polygon(a, "0,0 1,1 1,0 0,0.1"); }, {"cap.R062"}},
    {"ClosedInOtherDigits", [](Alert& a) { polygon(a, "+0.50,0 1,1 1,0 .5,-0"); }, {}},
    {"OnLines", [](Alert& a) { polygon(a, "\n0,0\n1,1\t1,0\n 0,0\n"); }, {}},
    {"Poles", [](Alert& a) { polygon(a, "90,-180 -90,180 90,180 90,-180"); }, {}},
    {"LatitudeOver", [](Alert& a) { polygon(a, "90.01,0 1,1 1,0 90.01,0"); }, {"cap.R063"}},
    {"LongitudeFirst", [](Alert& a) { polygon(a, "134,34 135,34 135,35 134,34"); }, {"cap.R063"}},
    {"LongitudeUnder", [](Alert& a) { polygon(a, "0,-180.01 1,1 1,0 0,-180.01"); }, {"cap.R063"}},
    {"Crossing", [](Alert& a) { polygon(a, "0,0 1,1 1,0 0,1 0,0"); }, {"cap.R069?"}},
    {"TouchingItself", [](Alert& a) { polygon(a, "0,0 2,0 1,1 2,2 0,2 1,1 0,0"); }, {}},
};

const Case circles_and_heights[] = {
    {"RadiusMissing", [](Alert& a) { circle(a, "34,134"); }, {"cap.R064"}},
    {"RadiusNegative", [](Alert& a) { circle(a, "34,134 -0.1"); }, {"cap.R064"}},
    {"RadiusZero", [](Alert& a) { circle(a, "34,134 0.0"); }, {"cap.R064?"}},
    {"RadiusExponent", [](Alert& a) { circle(a, "34,134 1e3"); }, {"cap.R064"}},
    {"CentreOffEarth", [](Alert& a) { circle(a, "91,134 1"); }, {"cap.R063"}},
    {"AltitudeText", [](Alert& a) { area(a).altitude = "high"; }, {"cap.R066"}},
    {"AltitudeEmpty", [](Alert& a) { area(a).altitude = ""; }, {"cap.R066"}},
    {"CeilingText", [](Alert& a) { area(a).ceiling = "1e3"; }, {"cap.R067"}},
    {"CeilingAlone", [](Alert& a) { area(a).altitude.reset(); }, {"cap.R068"}},
    {"CeilingBelow", [](Alert& a) { area(a).altitude = "100.6"; }, {"cap.R068"}},
    {"CeilingAtAltitude", [](Alert& a) { area(a).altitude = "100.50"; }, {}},
    {"AltitudeAlone", [](Alert& a) { area(a).ceiling.reset(); }, {}},
};

INSTANTIATE_TEST_SUITE_P(Resources, AreaRules, testing::ValuesIn(resources), sample::case_name);
INSTANTIATE_TEST_SUITE_P(Polygons, AreaRules, testing::ValuesIn(polygons), sample::case_name);
INSTANTIATE_TEST_SUITE_P(Circles, AreaRules, testing::ValuesIn(circles_and_heights),
                         sample::case_name);

TEST(AreaBounds, ARingHasAsManyPointsAsAllowed) {
  Alert alert = sample::acceptable();
  area(alert).polygon = {ring_of(ring_points_max)};
  EXPECT_EQ(sample::broken(alert), std::vector<std::string>{});
  area(alert).polygon = {ring_of(ring_points_max + 1)};
  EXPECT_EQ(sample::broken(alert), std::vector<std::string>{"cap.R002"});
}

TEST(AreaBounds, AnAlertHasAsManyPointsAsAllowed) {
  Alert alert = sample::acceptable();
  area(alert).polygon.assign(alert_points_max / ring_points_max, ring_of(ring_points_max));
  EXPECT_EQ(sample::broken(alert), std::vector<std::string>{});
  area(alert).polygon.emplace_back("0,0 1,1 1,0 0,0");
  EXPECT_EQ(sample::broken(alert), std::vector<std::string>{"cap.R002"});
}

TEST(Crossing, StopsWhenItsBudgetEnds) {
  const std::vector<Point> crossing{{0, 0}, {1, 1}, {1, 0}, {0, 1}, {0, 0}};
  CrossingBudget enough;
  EXPECT_TRUE(crosses_itself(crossing, enough));
  CrossingBudget nothing{0};
  EXPECT_FALSE(crosses_itself(crossing, nothing));
}

TEST(Shape, ReadsCoordinatesLatitudeFirst) {
  EXPECT_EQ(point("-34.5,+134"), (Point{-34.5, 134}));
  EXPECT_EQ(cap::circle("34,134 2.5"), (Circle{{34, 134}, 2.5}));
  EXPECT_EQ(ring("1,2 3,4"), (std::vector<Point>{{1, 2}, {3, 4}}));
  for (const auto* text : {"", "-", ".", "1.2.3", "--1", "+-1", "1,5", " 1", "0x1", "１"})
    EXPECT_FALSE(decimal(text)) << text;
  EXPECT_EQ(decimal("1."), 1.0);
  EXPECT_EQ(decimal(".5"), 0.5);
}

}  // namespace
}  // namespace noroshi::cap
