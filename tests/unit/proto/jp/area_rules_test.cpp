// The rules about places: areas, districts, and lines against each other.
#include <gtest/gtest.h>

#include "proto/jp/codes.hpp"
#include "tests/unit/proto/jp/sample.hpp"

namespace noroshi::jp {
namespace {

using cap::Alert;
using sample::area;
using sample::code;
using sample::expect_all;
using sample::set;

void geocodes(Alert& alert, std::vector<cap::NamedValue> codes) {
  alert.info[0].area[0].geocode = std::move(codes);
}
const std::string lg(list::lg_code), own(list::district), town(list::oaza_code),
    weather(list::jma_area);

TEST(ProfileAreas, OneMunicipalityEach) {
  expect_all({
      {"five digits",
       [](Alert& a) {
         geocodes(a, {{lg, "36201", {}}, {own, "36201:kawauchi", {}}});
       },
       {}},
      {"a wrong check digit",
       [](Alert& a) {
         geocodes(a, {{lg, "362017", {}}, {own, "362018:kawauchi", {}}});
       },
       {"lgcode"}},
      {"two codes",
       [](Alert& a) {
         geocodes(a, {{lg, "362018", {}}, {lg, "362026", {}}, {own, "362018:kawauchi", {}}});
       },
       {"lgcode:several"}},
      {"one code twice",
       [](Alert& a) {
         geocodes(a, {{lg, "362018", {}}, {lg, "362018", {}}, {own, "362018:kawauchi", {}}});
       },
       {"lgcode:several"}},
      {"none",
       [](Alert& a) {
         geocodes(a, {{own, "362018:kawauchi", {}}});
       },
       {"lgcode:missing?"}},
      {"a weather area alone",
       [](Alert& a) {
         geocodes(a, {{weather, "3620100", {}}, {own, "362018:kawauchi", {}}});
       },
       {}},
      {"a weather area of six digits",
       [](Alert& a) {
         geocodes(a, {{weather, "362010", {}}, {own, "362018:kawauchi", {}}});
       },
       {"lgcode:missing?", "jmaarea?"}},
      {"a weather area elsewhere",
       [](Alert& a) {
         geocodes(a, {{lg, "362018", {}}, {own, "362018:kawauchi", {}}, {weather, "3620200", {}}});
       },
       {"jmaarea:elsewhere?"}},
      {"towns",
       [](Alert& a) {
         geocodes(a, {{lg, "362018", {}},
                      {own, "362018:kawauchi", {}},
                      {town, "362010001000", {}},
                      {town, "362010002000", {}}});
       },
       {}},
      {"a town of 11 digits and one elsewhere",
       [](Alert& a) {
         geocodes(a, {{lg, "362018", {}},
                      {own, "362018:kawauchi", {}},
                      {town, "36201000100", {}},
                      {town, "362020001000", {}}});
       },
       {"oazacode?", "oazacode:elsewhere?"}},
  });
}

TEST(ProfileAreas, Districts) {
  const auto district = [](const char* value) {
    return [=](Alert& a) { geocodes(a, {{lg, "362018", {}}, {own, value, {}}}); };
  };
  expect_all({
      {"named", district("362018:吉野川流域"), {}},
      {"without the code", district("kawauchi"), {"district"}},
      {"without the id", district("362018:"), {"district"}},
      {"with a blank", district("362018:kawa uchi"), {"district"}},
      {"with a wrong check digit", district("362017:kawauchi"), {"district"}},
      {"of another city", district("362026:kawauchi"), {"district:elsewhere"}},
      {"two in one area",
       [](Alert& a) {
         geocodes(a, {{lg, "362018", {}}, {own, "362018:a", {}}, {own, "362018:b", {}}});
       },
       {"district:several"}},
      {"not named",
       [](Alert& a) {
         a.info[0].area.resize(1), geocodes(a, {{lg, "362018", {}}});
       },
       {"district:missing?"}},
      {"named twice",
       [](Alert& a) { a.info[0].area.push_back(a.info[0].area[0]); },
       {"district:repeated?"}},
      {"the whole city", [](Alert& a) { a.info[0].area = {area("徳島県徳島市", "362018:*")}; }, {}},
      {"the whole city where districts were picked",
       [](Alert& a) { a.info[0].area.push_back(area("徳島県徳島市", "362018:*")); },
       {"district:whole!"}},
      {"the whole of another city",
       [](Alert& a) {
         a.info[0].area.push_back(area("徳島県鳴門市", "362026:*"));
         a.info[0].area.back().geocode[0].value = "362026";
       },
       {}},
      {"no area in an order",
       [](Alert& a) { a.info[0].area.clear(), a.info.pop_back(); },
       {"area:order"}},
      {"a name without its prefecture",
       [](Alert& a) { a.info[0].area[0].area_desc = "川内町"; },
       {"areaname?"}},
      {"a name in another prefecture",
       [](Alert& a) { a.info[0].area[0].area_desc = "香川県川内町"; },
       {"areaname:elsewhere?"}},
  });
  expect_all({{"the rest is lifted: a named district beats the whole",
               [](Alert& a) { a.info[1].area = {area("徳島県徳島市", "362018:*")}; },
               {}}},
             sample::partly_lifted);
}

TEST(ProfileAreas, ANoticeMayBeForNoPlaceAtAll) {
  auto alert = sample::order();
  alert.info.resize(1, alert.info[0]);
  auto& info = alert.info[0];
  code(info, "Event", "notice.pr");
  info.category = {"Other"};
  info.area.clear();
  sample::drop(info, "WarningLevel");
  EXPECT_EQ(sample::broken(alert), std::vector<std::string>{"area?"});
}

TEST(ProfileAreas, OtherLanguagesNameTheMunicipality) {
  expect_all({
      {"three languages",
       [](Alert& a) {
         a.info.push_back(a.info[1]);
         a.info.back().language = "ja-x-yasashii";
       },
       {}},
      {"two areas",
       [](Alert& a) { a.info[1].area.push_back(a.info[1].area[0]); },
       {"language:areas"}},
      {"no area", [](Alert& a) { a.info[1].area.clear(); }, {"language:areas"}},
      {"another municipality",
       [](Alert& a) {
         a.info[1].area[0] = area("Naruto City", "362026:*");
         a.info[1].area[0].geocode[0].value = "362026";
       },
       {"language:elsewhere"}},
      {"the prefecture",
       [](Alert& a) {
         a.info[1].area[0] = area("Tokushima Prefecture", "360007:*");
         a.info[1].area[0].geocode[0].value = "360007";
       },
       {}},
      {"no Japanese at all", [](Alert& a) { a.info.erase(a.info.begin()); }, {"language:missing"}},
      {"no Japanese of this hazard",
       [](Alert& a) { code(a.info[1], "Hazard", "landslide"); },
       {"language:missing"}},
      {"Japanese without its country",
       [](Alert& a) { a.info[0].language = "ja"; },
       {"language:country?"}},
      {"no language is English", [](Alert& a) { a.info[1].language.reset(); }, {}},
  });
}

TEST(ProfileAreas, LinesDoNotContradictEachOther) {
  const auto escalated = [](Alert& a) {
    auto higher = a.info[0];
    code(higher, "Event", "evac.l5");
    set(higher, "WarningLevel", "5");
    higher.event = "緊急安全確保";
    higher.response_type = {"Shelter"};
    higher.severity = "Extreme";
    higher.headline = "徳島市 洪水 警戒レベル5 緊急安全確保";
    higher.instruction = "命の危険 直ちに安全確保！";
    a.info.push_back(higher);
  };
  expect_all({
      {"one info a language", [](Alert& a) { a.info.push_back(a.info[1]); }, {"line:repeated"}},
      {"two levels of one district",
       [=](Alert& a) {
         escalated(a);
         a.info.back().area.pop_back();
       },
       {"line:levels?"}},
      {"a level each",
       [=](Alert& a) {
         escalated(a);
         a.info.back().area.pop_back();
         a.info[0].area.erase(a.info[0].area.begin());
       },
       {}},
      {"no order and an order",
       [](Alert& a) {
         auto none = a.info[0];
         code(none, "Event", "evac.none");
         none.event = "発令中の避難情報なし";
         none.response_type = {"None"};
         none.urgency = "Past";
         none.severity = "Minor";
         none.certainty = "Unlikely";
         sample::drop(none, "WarningLevel");
         none.area = {area("徳島県徳島市", "362018:*")};
         a.info.push_back(none);
       },
       {"line:none"}},
  });
  expect_all({{"issued and lifted",
               [](Alert& a) { a.info[1].area.push_back(a.info[0].area[0]); },
               {"line:both"}},
              {"lifted as one level and issued as another",
               [=](Alert& a) {
                 escalated(a);
                 a.info.back().area = a.info[1].area;
               },
               {}}},
             sample::partly_lifted);
}

}  // namespace
}  // namespace noroshi::jp
