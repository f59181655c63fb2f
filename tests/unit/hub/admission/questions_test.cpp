#include "hub/admission/questions.hpp"

#include <gtest/gtest.h>

#include "hub/admission/repeats.hpp"

namespace noroshi::admission {
namespace {

std::vector<std::string> digests(const std::vector<std::string>& questions) {
  std::vector<std::string> all;
  for (const auto& question : questions) all.push_back(digest_of(question));
  return all;
}

TEST(Questions, AreAnsweredByTheirOwnDigestsAlone) {
  const std::vector<std::string> both{"life.overlap 362018:a", "message.old 2026-01-01"};
  const auto refusal = unanswered(both, {});
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->code, "confirm.required");
  EXPECT_EQ(refusal->rules, both);
  EXPECT_FALSE(unanswered(both, digests(both)));
  EXPECT_FALSE(unanswered({both[1]}, digests(both))) << "less than was answered";
  EXPECT_EQ(unanswered(both, digests({both[0]}))->rules, both) << "all are asked anew";
  EXPECT_TRUE(unanswered(both, digests({"life.overlap 362018:b", both[1]})));
  EXPECT_FALSE(unanswered({}, {}));
}

TEST(Questions, OfOneRuleBecomeOneWhenTheyAreMany) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i <= Questions::of_a_rule_max; ++i) values.push_back(std::to_string(i));
  Questions many;
  many.ask("life.overlap", values);
  ASSERT_EQ(many.asked().size(), 1U);
  EXPECT_TRUE(many.asked()[0].starts_with("life.overlap 0 +20 "));
  values.back() = "another";
  Questions other;
  other.ask("life.overlap", values);
  EXPECT_NE(many.asked(), other.asked()) << "another value is another question";
}

v1::Entry alert(std::int64_t at_ms, const std::string& headline,
                const std::string& code = "142018") {
  v1::Entry entry;
  entry.set_at_ms(at_ms);
  auto& accepted = *entry.mutable_body()->mutable_alert_accepted();
  accepted.set_publisher("140007");
  accepted.set_channel("live");
  accepted.mutable_summary()->set_headline(headline);
  accepted.mutable_summary()->set_message_type("Alert");
  auto& own = *accepted.add_routing();
  own.add_area_codes(code);
  own.add_events("urgentmail");
  return entry;
}

TEST(Repeats, Kanagawa2022TheSameMailIsAskedAboutAndThenRefused) {
  Repeats repeats;
  std::int64_t now_ms = 1'000'000;
  const auto mail = alert(now_ms, "津波注意報").body().alert_accepted();
  for (std::size_t sent = 0; sent < 20; ++sent) {
    EXPECT_EQ(repeats.before(mail, now_ms), sent);
    EXPECT_EQ(repeats_too_often(sent).has_value(), sent >= Repeats::asked_max);
    repeats.apply(alert(now_ms += 60'000, "津波注意報"));
  }
  EXPECT_EQ(repeats_too_often(7)->code, "alert.repeated");
}

TEST(Repeats, WhatDiffersOrRefersOrIsLongAgoIsNoRepeat) {
  Repeats repeats;
  repeats.apply(alert(1000, "one"));
  const auto one = alert(0, "one").body().alert_accepted();
  EXPECT_EQ(repeats.before(one, 2000), 1U);
  EXPECT_EQ(repeats.before(one, 1000 + Repeats::window_ms), 1U);
  EXPECT_EQ(repeats.before(one, 1001 + Repeats::window_ms), 0U);
  EXPECT_EQ(repeats.before(alert(0, "two").body().alert_accepted(), 2000), 0U);
  EXPECT_EQ(repeats.before(alert(0, "one", "142034").body().alert_accepted(), 2000), 0U);
  auto drill = one;
  drill.set_channel("drill:x");
  EXPECT_EQ(repeats.before(drill, 2000), 0U);
  auto update = one;
  update.add_references();
  EXPECT_EQ(repeats.before(update, 2000), 0U);
}

}  // namespace
}  // namespace noroshi::admission
