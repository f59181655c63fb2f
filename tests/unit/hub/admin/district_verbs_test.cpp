#include "hub/admin/district_verbs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "hub/admin/district_list.hpp"
#include "hub/admin/exit_code.hpp"
#include "hub/admin/init.hpp"
#include "hub/admin/reach.hpp"
#include "hub/geometry/shape.hpp"
#include "tests/unit/hub/admin/scratch_directory.hpp"

namespace noroshi::admin {
namespace {

using Action = AdminRequest::Action;
using testing::HasSubstr;

constexpr std::int64_t now_ms = 1'795'316'400'000;

std::string square(double west) {
  const auto at = [&](double east, double north) { return fmt::format("[{},{}]", east, north); };
  return R"({"type":"Polygon","coordinates":[[)" + at(west, 34) + "," + at(west + 0.1, 34) + "," +
         at(west + 0.1, 34.1) + "," + at(west, 34.1) + "," + at(west, 34) + "]]}";
}

std::string feature(const std::string& properties, const std::string& geometry) {
  return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + geometry + "}";
}

std::string collection(const std::vector<std::string>& features) {
  return fmt::format(R"({{"type":"FeatureCollection","features":[{}]}})", fmt::join(features, ","));
}

const std::string kawauchi = feature(
    R"({"id":"kawauchi","name":"川内町","kana":"かわうちちょう","households":7100,"people":16000,
        "groups":["yoshino-north"],"colour":"red"})",
    square(134.0));
const std::string ojin = feature(R"({"id":17,"name":"応神町"})", "null");

TEST(DistrictList, ReadsWhatTheFeaturesSay) {
  const auto list = read_districts(collection({kawauchi, ojin}), Language::english);
  EXPECT_TRUE(list.problems.empty()) << list.problems[0].why;
  ASSERT_EQ(list.districts.districts_size(), 2);
  const auto& first = list.districts.districts(0);
  EXPECT_EQ(first.id(), "kawauchi");
  EXPECT_EQ(first.name(), "川内町");
  EXPECT_EQ(first.kana(), "かわうちちょう");
  EXPECT_EQ(first.households(), 7100u);
  EXPECT_EQ(first.people(), 16000u);
  ASSERT_EQ(first.groups_size(), 1);
  EXPECT_EQ(first.groups(0), "yoshino-north");
  EXPECT_TRUE(geometry::area_from_wkb(first.area()));
  EXPECT_EQ(list.districts.districts(1).id(), "17");
  EXPECT_TRUE(list.districts.districts(1).area().empty());
}

struct Case {
  std::string name;
  std::string geojson;
  std::size_t feature;
  std::string why;
};

const std::string named = R"("name":"川内町")";

const Case cases[] = {
    {"NotJson", "{", 0, "byte 1"},
    {"TwoTexts", "{} {}", 0, "not JSON"},
    {"NoCollection", square(134), 0, "FeatureCollection"},
    {"NoFeature", collection({kawauchi, "7"}), 2, "`type`"},
    {"NoId", collection({feature("{" + named + "}", "null")}), 1, "an id is"},
    {"ColonInId", collection({feature(R"({"id":"a:b",)" + named + "}", "null")}), 1, "an id is"},
    {"StarAsId", collection({feature(R"({"id":"*",)" + named + "}", "null")}), 1, "an id is"},
    {"LongId",
     collection({feature(R"({"id":")" + std::string(65, 'a') + "\"," + named + "}", "null")}), 1,
     "an id is"},
    {"NoName", collection({feature(R"({"id":"a"})", "null")}), 1, "name"},
    {"NegativeHouseholds",
     collection({feature(R"({"id":"a","households":-1,)" + named + "}", "null")}), 1,
     "`households`"},
    {"GroupsNoList", collection({feature(R"({"id":"a","groups":"x",)" + named + "}", "null")}), 1,
     "`groups`"},
    {"Twice", collection({kawauchi, ojin, kawauchi}), 3, "another feature"},
    {"ALine",
     collection({ojin, feature(R"({"id":"a",)" + named + "}",
                               R"({"type":"LineString","coordinates":[[134,34],[135,35]]})")}),
     2, "Polygon"},
    {"OffEarth", collection({feature(R"({"id":"a",)" + named + "}", square(180))}), 1, "180.1"},
};

TEST(DistrictList, NamesEveryBadFeatureWithItsPlace) {
  for (const auto& one : cases) {
    const auto list = read_districts(one.geojson, Language::english);
    ASSERT_EQ(list.problems.size(), 1u) << one.name;
    EXPECT_EQ(list.problems[0].feature, one.feature) << one.name;
    EXPECT_THAT(list.problems[0].why, HasSubstr(one.why)) << one.name;
  }
  const auto two = read_districts(collection({"7", kawauchi, "{}"}), Language::english);
  EXPECT_EQ(two.problems.size(), 2u) << "not only the first";
}

TEST(DistrictList, IsBoundedInFeaturesAndPoints) {
  std::vector<std::string> many;
  for (std::size_t i = 0; i <= districts_max; ++i)
    many.push_back(feature(fmt::format(R"({{"id":{},"name":"a"}})", i), "null"));
  EXPECT_THAT(read_districts(collection(many), Language::english).problems[0].why,
              HasSubstr("more than 2000 features"));
  many.pop_back();
  EXPECT_TRUE(read_districts(collection(many), Language::english).problems.empty());

  v1::DistrictsRegistered drawn;
  std::vector<cap::Point> circle;
  for (int i = 0; i < 15'000; ++i)
    circle.push_back({34 + std::sin(i * 2e-4), 134 + std::cos(i * 2e-4)});
  const auto area = geometry::to_wkb(*geometry::polygon(circle));
  for (int i = 0; i < 7; ++i) {
    auto& district = *drawn.add_districts();
    district.set_id(std::to_string(i));
    district.set_name("a");
    district.set_area(area);
  }
  EXPECT_THAT(problems_of(drawn, Language::english)[0].why, HasSubstr("105007 points"));
  drawn.mutable_districts()->RemoveLast();
  EXPECT_TRUE(problems_of(drawn, Language::english).empty());
}

class DistrictVerbs : public ScratchDirectory {
 protected:
  void SetUp() override {
    ScratchDirectory::SetUp();
    InitRequest init;
    init.data = directory_.root = scratch_ / "hub";
    init.sample = InitRequest::Sample::tokushima;
    ASSERT_TRUE(admin::init(init, clock_, Language::english));
  }
  AdminAnswer register_districts(const std::string& code, const std::string& geojson) {
    const auto file = scratch_ / "districts.geojson";
    std::ofstream(file) << geojson;
    return carry_out_districts(directory_, request(Action::districts, code), file.string(), clock_);
  }
  AdminAnswer show(const std::string& code) {
    return carry_out(directory_, request(Action::show, code), clock_);
  }
  static AdminRequest request(Action action, const std::string& code) {
    AdminRequest request;
    request.subject = AdminRequest::Subject::publisher;
    request.action = action;
    request.id = code;
    return request;
  }

  DataDirectory directory_;
  const journal::WallClock clock_ = [] { return now_ms; };
};

TEST_F(DistrictVerbs, TheLogKeepsThemAndShowSaysHowMany) {
  const auto done = register_districts("362018", collection({kawauchi, ojin}));
  EXPECT_EQ(done.exit_code, exit_code::ok) << done.note;
  EXPECT_THAT(done.note, HasSubstr("362018 has 2 districts now, 1 of them drawn"));
  EXPECT_THAT(show("362018").data, HasSubstr("districts: 2, 1 of them drawn"));
  EXPECT_THAT(show("362018").json, HasSubstr(R"("districts":{"registered":2,"drawn":1})"));
  EXPECT_THAT(carry_out(directory_, request(Action::list, ""), clock_).data,
              HasSubstr("districts:2\n"));
  EXPECT_EQ(register_districts("362018", collection({})).exit_code, exit_code::ok);
  EXPECT_THAT(show("362018").json, HasSubstr(R"("districts":{"registered":0,"drawn":0})"));
}

TEST_F(DistrictVerbs, OneBadFeatureAndNothingIsRegistered) {
  const auto refused = register_districts("362018", collection({kawauchi, "7"}));
  EXPECT_EQ(refused.exit_code, exit_code::usage);
  EXPECT_THAT(refused.note, HasSubstr("districts.geojson: feature 2 (-): `type`"));
  EXPECT_THAT(refused.note, HasSubstr("nothing was registered"));
  EXPECT_THAT(show("362018").json, HasSubstr(R"("registered":0)"));
}

TEST_F(DistrictVerbs, OnlyARegisteredMunicipalityHasDistricts) {
  const auto unknown = register_districts("131016", collection({kawauchi}));
  EXPECT_NE(unknown.exit_code, exit_code::ok);
  EXPECT_THAT(unknown.note, HasSubstr("131016 is not registered"));
}

TEST_F(DistrictVerbs, TheHubChecksAgainWhatItIsSent) {
  auto request = this->request(Action::districts, "362018");
  request.districts = "!";
  EXPECT_THAT(carry_out(directory_, request, clock_).note, HasSubstr("districts"));
  request.districts = "EgQKAmE6";  // a district with the id `a:` and nothing else
  const auto refused = carry_out(directory_, request, clock_);
  EXPECT_EQ(refused.exit_code, exit_code::usage);
  EXPECT_THAT(refused.note, HasSubstr("feature 1 (a:)"));
}

}  // namespace
}  // namespace noroshi::admin
