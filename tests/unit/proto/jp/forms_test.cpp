// The small forms: identifiers, revisions, districts, states of districts.
#include <gtest/gtest.h>

#include "proto/jp/area.hpp"
#include "proto/jp/area_state.hpp"
#include "proto/jp/identifier.hpp"
#include "proto/jp/levels.hpp"

namespace noroshi::jp {
namespace {

constexpr const char* uuid = "0b1f7f2e-6d0c-4d3e-9a51-2f6f1c5a7d10";

TEST(Identifiers, AreReadAndWritten) {
  for (const std::string publisher : {"362018", "shikoku-power", "x"}) {
    const auto text = "jp-" + publisher + "-" + uuid + "-12";
    const auto read = identifier(text);
    ASSERT_TRUE(read.has_value()) << text;
    EXPECT_EQ(read->publisher, publisher);
    EXPECT_EQ(read->document, uuid);
    EXPECT_EQ(read->revision, 12u);
    EXPECT_EQ(read->text(), text);
  }
}

TEST(Identifiers, AnyOtherFormIsNone) {
  const std::string id = uuid;
  for (const auto& text :
       {std::string(), std::string("jp-"), "jp-" + id + "-1", "jp--" + id + "-1", "jp-362018-" + id,
        "jp-362018-" + id + "-", "jp-362018-" + id + "-0", "jp-362018-" + id + "-01",
        "jp-362018-" + id + "-1234567890", "JP-362018-" + id + "-1", "jp-362018" + id + "-1",
        "jp-362018-" + id.substr(1) + "-1", std::string("jp-362018-1-1")})
    EXPECT_FALSE(identifier(text).has_value()) << text;
}

TEST(Revisions, CountFromOne) {
  EXPECT_EQ(revision("1"), 1u);
  EXPECT_EQ(revision("999999999"), 999'999'999u);
  for (const auto* text : {"", "0", "01", "-1", "1.0", "1000000000", "１"})
    EXPECT_FALSE(revision(text).has_value()) << text;
}

TEST(Districts, AreACodeAndAnId) {
  EXPECT_EQ(district("36201:kawauchi")->text(), "362018:kawauchi");
  EXPECT_EQ(district("362018:*")->id, "*");
  EXPECT_EQ(district("362018:a:b")->id, "a:b");
  EXPECT_TRUE(district("362018:" + std::string(district_bytes_max, 'x')).has_value());
  EXPECT_FALSE(district("362018:" + std::string(district_bytes_max + 1, 'x')).has_value());
  for (const auto* text : {"", ":", "362018", "362018:", ":x", "362017:x", "362018:a b"})
    EXPECT_FALSE(district(text).has_value()) << text;
}

TEST(AreaStates, HaveAnIdAndWhatElseIsKnown) {
  const auto full = area_state(
      "id=362018:kawauchi;kana=かわうち ちょう;at=2026-11-22T12:00:00+09:00;hh=120;ppl=300");
  ASSERT_TRUE(full.has_value());
  EXPECT_EQ(full->district, "362018:kawauchi");
  EXPECT_EQ(full->kana, "かわうち ちょう");
  EXPECT_EQ(full->at_ms, 1'795'316'400'000);
  EXPECT_EQ(full->households, 120u);
  EXPECT_EQ(full->people, 300u);
  const auto small = area_state("id=36201:kawauchi");
  ASSERT_TRUE(small.has_value());
  EXPECT_EQ(small->district, "362018:kawauchi");
  EXPECT_FALSE(small->households.has_value());
  EXPECT_TRUE(area_state("kana=カワウチ;id=362018:x;").has_value());
}

TEST(AreaStates, AreAllOrNothing) {
  for (const auto* text : {"", "362018:x", "id=", "id=x", "kana=かわうち", "id=362018:x;kana=川内",
                           "id=362018:x;kana=", "id=362018:x;hh=many", "id=362018:x;hh=-1",
                           "id=362018:x;hh=1234567890", "id=362018:x;at=12:00",
                           "id=362018:x;id=362018:y", "id=362018:x;area=3", "id=362018:x;;"})
    EXPECT_FALSE(area_state(text).has_value()) << text;
}

TEST(Levels, AreTheMayorsThreeAndTheZone) {
  EXPECT_EQ(level("evac.l5")->name, "緊急安全確保");
  EXPECT_EQ(level("evac.l4")->colour, "#AA00AA");
  EXPECT_EQ(level("evac.l3")->text_colour, "#000000");
  EXPECT_EQ(level("evac.zone")->number, 0u);
  EXPECT_EQ(level("evac.none"), nullptr);
  EXPECT_EQ(level("evac.l6"), nullptr);
  for (std::size_t i = 1; i < levels().size(); ++i)
    EXPECT_LT(levels()[i].number, levels()[i - 1].number) << "the highest first";
}

}  // namespace
}  // namespace noroshi::jp
