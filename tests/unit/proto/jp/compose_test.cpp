#include "proto/jp/compose.hpp"

#include <gtest/gtest.h>

#include "proto/cap/writer.hpp"
#include "proto/jp/codes.hpp"
#include "proto/jp/levels.hpp"
#include "proto/jp/order.hpp"
#include "proto/jp/validate.hpp"

namespace noroshi::jp {
namespace {

constexpr std::int64_t noon = 1'795'316'400'000;  // 2026-11-22T12:00:00+09:00

Composition order_of(std::string event, std::string hazard, std::vector<NamedDistrict> districts) {
  Composition composition;
  composition.office = {"362018", "city.tokushima.lg.jp", "徳島市",    "とくしまし",
                        "徳島県", "Tokushima City",       "危機管理課"};
  composition.document = "0b1f7f2e-6d0c-4d3e-9a51-2f6f1c5a7d10";
  composition.lines = {
      {std::move(event), std::move(hazard), Direction::issue, std::move(districts)}};
  composition.reason_code = "riverlevel";
  composition.now_ms = noon;
  composition.decided_ms = noon - 60'000;
  return composition;
}

Composition next_of(Composition composition) {
  composition.references = {{composition.office.sender, "jp-362018-" + composition.document + "-1",
                             "2026-11-22T11:00:00+09:00"}};
  composition.revision = 2;
  composition.kind = "update";
  return composition;
}

std::vector<NamedDistrict> districts(std::size_t count) {
  std::vector<NamedDistrict> all;
  for (std::size_t i = 1; i <= count; ++i)
    all.push_back({"d" + std::to_string(i), "第" + std::to_string(i) + "地区", "だいちく"});
  return all;
}

// Every finding, warnings too.
std::string found_in(const Composition& composition) {
  const auto verdict = validate(cap::write(compose(composition)), std::nullopt, noon);
  std::string lines;
  for (const auto& finding : verdict.findings)
    lines += finding.rule + " " + finding.aspect + " " + finding.path + " " + finding.value + "\n";
  return lines;
}

const char* const hazards[] = {"flood",     "landslide",   "stormsurge", "earthquake", "tsunami",
                               "largefire", "inlandflood", "volcano",    "wind",       "snow",
                               "cbrne",     "attack",      "other"};

TEST(Compose, BreaksNoRuleAndDrawsNoWarning) {
  for (const auto& row : levels())
    for (const auto* hazard : hazards)
      for (const std::size_t count : {0U, 1U, 2U, 40U}) {
        auto composition = order_of(std::string(row.event), hazard, districts(count));
        EXPECT_EQ(found_in(composition), "") << row.event << hazard << count;
        auto lifted = next_of(composition);
        lifted.lines[0].direction = Direction::lift;
        EXPECT_EQ(found_in(lifted), "") << "lift " << row.event << hazard << count;
      }
}

TEST(Compose, TakesAsManyDistrictsAsACityHas) {
  EXPECT_EQ(found_in(order_of("evac.l4", "flood", districts(2000))), "");
}

TEST(Compose, CorrectionsAndLateEntriesBreakNoRuleEither) {
  for (const auto& row : levels())
    for (const auto* kind : {"correction", "late"}) {
      auto composition = next_of(order_of(std::string(row.event), "flood", districts(2)));
      composition.kind = kind;
      composition.note = "レベルの誤り";
      composition.decided_ms = noon - 7'200'000;
      EXPECT_EQ(found_in(composition), "") << kind << row.event;
    }
}

TEST(Compose, AnExerciseSaysSoAndBreaksNoRuleEither) {
  auto composition = order_of("evac.l4", "flood", districts(2));
  composition.drill = "shakeout-2026";
  EXPECT_EQ(found_in(composition), "");
  const auto alert = compose(composition);
  EXPECT_EQ(alert.status, "Exercise");
  for (const auto& info : alert.info)
    EXPECT_TRUE(info.headline->value.starts_with("【訓練】")) << info.headline->value;
}

TEST(Compose, TheNullReportAndTheCancelBreakNoRule) {
  EXPECT_EQ(found_in(order_of("evac.none", "", {})), "");
  auto cancel = next_of(order_of("evac.l4", "flood", districts(2)));
  cancel.kind = "cancel";
  cancel.note = "誤送信";
  cancel.lines.clear();
  EXPECT_EQ(found_in(cancel), "");
  EXPECT_EQ(compose(cancel).msg_type, "Cancel");
}

TEST(Compose, IsReadBackAsWhatWasComposed) {
  auto composition = order_of("evac.l4", "flood", districts(2));
  composition.lines.push_back({"evac.l3", "landslide", Direction::issue, {}});
  const auto order = read(compose(composition));
  ASSERT_TRUE(order);
  EXPECT_EQ(order->document, composition.document);
  EXPECT_EQ(order->revision, "1");
  EXPECT_EQ(order->update_kind, "new");
  ASSERT_EQ(order->lines.size(), 2U) << "one line in three languages is one line";
  EXPECT_EQ(order->lines[0].districts, (std::vector<std::string>{"362018:d1", "362018:d2"}));
  EXPECT_EQ(order->lines[0].level, 4U);
  EXPECT_EQ(order->lines[0].onset_ms, composition.decided_ms);
  EXPECT_EQ(order->lines[1].districts, (std::vector<std::string>{"362018:*"}));
  EXPECT_EQ(order->lines[1].hazard, "landslide");
}

TEST(Compose, SpeaksNoEnglishWhereTheCityHasNoEnglishName) {
  auto composition = order_of("evac.l4", "flood", districts(1));
  composition.office.english.clear();
  EXPECT_EQ(compose(composition).info.size(), 2U);
  EXPECT_EQ(found_in(composition), "");
}

// Whoever lifts one danger does not call people home into another.
TEST(Compose, ALiftKnowsWhatElseStands) {
  auto composition = next_of(order_of("evac.l4", "flood", districts(2)));
  composition.lines[0].direction = Direction::lift;
  composition.lines.push_back({"evac.l3", "landslide", Direction::issue, {districts(2)[1]}});
  const auto said = [&] { return saying_of(composition, composition.lines[0], phrases_ja); };
  EXPECT_TRUE(said().still_ordered);
  EXPECT_EQ(found_in(composition), "");
  composition.lines[1].districts = {{"d9", "第9地区", ""}};
  EXPECT_FALSE(said().still_ordered);
  composition.lines[1].districts = {};
  EXPECT_TRUE(said().still_ordered) << "the whole city";
}

TEST(Compose, WhatACancelTakesBackIsSaidButNotComposed) {
  auto cancel = next_of(order_of("evac.l4", "flood", districts(2)));
  cancel.kind = "cancel";
  cancel.note = "誤送信";
  EXPECT_TRUE(compose(cancel).info.empty());
  EXPECT_EQ(saying_of(cancel, cancel.lines[0], phrases_ja).manner, Manner::retraction);
}

TEST(Compose, EnglishNamesDistrictsOnlyWhenItCanNameAll) {
  auto composition =
      order_of("evac.l4", "flood", {{"a", "川内町", "", "Kawauchi"}, {"b", "応神町", "", "Ojin"}});
  const auto english = [&] { return *compose(composition).info[2].headline; };
  EXPECT_TRUE(english().value.ends_with("(Kawauchi, Ojin)")) << english().value;
  composition.lines[0].districts[1].english.clear();
  EXPECT_TRUE(english().value.ends_with("(parts of it)")) << english().value;
}

}  // namespace
}  // namespace noroshi::jp
