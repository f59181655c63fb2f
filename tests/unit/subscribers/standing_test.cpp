// What stands of what was handed on, and how the others ended.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "subscribers/client/hub_clock.hpp"
#include "subscribers/client/standing.hpp"
#include "tests/unit/subscribers/documents.hpp"

namespace noroshi::subscribers {
namespace {

namespace pb = noroshi::v1;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::order;
using ::testing::Pair;
using testing::plain;
using ::testing::SizeIs;

constexpr std::int64_t noon = 1'795'316'400'000;
constexpr std::int64_t hour = 3'600'000;
constexpr std::int64_t life = 48 * hour;  // of an order

// A delivery of `alert` as a hub summarises it.
Item item(std::uint64_t sequence, const cap::Alert& alert,
          const std::vector<std::uint64_t>& references = {}, std::uint64_t epoch = 7) {
  pb::Delivery delivery;
  delivery.set_sequence(sequence);
  delivery.set_publisher("362018");
  delivery.set_cap_xml(cap::write(alert));
  delivery.mutable_accepted_at()->set_seconds(noon / 1000);
  auto& summary = *delivery.mutable_summary();
  summary.set_identifier(alert.identifier.value);
  summary.set_sender(alert.sender.value);
  summary.set_message_type(alert.msg_type.value);
  summary.set_status(alert.status.value);
  if (const auto* document = jp::parameter(alert, "DocumentId")) {
    summary.set_document(document->value);
    summary.set_revision(
        static_cast<std::uint32_t>(std::stoul(jp::parameter(alert, "DocumentRevision")->value)));
  }
  for (const auto sequence_of_earlier : references)
    summary.add_referenced_sequences(sequence_of_earlier);
  return {{epoch, sequence}, std::move(delivery), {}};
}

Item passed(std::uint64_t sequence, pb::Passed::Reason reason, std::uint64_t by = 0) {
  pb::Passed message;
  message.set_sequence(sequence);
  message.set_reason(reason);
  message.set_by(by);
  return {{7, sequence}, message, {}};
}

cap::Triple reference(const cap::Alert& alert) {
  return {alert.sender.value, alert.identifier.value, alert.sent.value};
}

cap::Alert revision(std::uint32_t number, const std::string& kind,
                    const std::vector<cap::Alert>& earlier,
                    jp::Direction direction = jp::Direction::issue) {
  auto composition = order();
  composition.revision = number;
  composition.kind = kind;
  composition.lines[0].direction = direction;
  if (kind == "cancel") composition.note = "誤り";
  for (const auto& alert : earlier) composition.references.push_back(reference(alert));
  return jp::compose(composition);
}

cap::Alert plain_alert(const std::string& identifier) {
  auto alert = *cap::validate(plain(""), std::nullopt, 0).alert;
  alert.identifier = identifier;
  return alert;
}

std::vector<std::pair<std::uint64_t, std::string>> brief(const std::vector<Held>& changes) {
  std::vector<std::pair<std::uint64_t, std::string>> all;
  for (const auto& held : changes)
    all.emplace_back(held.positions.empty() ? 0 : held.positions.front().sequence,
                     name(held.state));
  return all;
}

class StandingTest : public ::testing::Test {
 protected:
  auto take(const Item& taken, std::int64_t now = noon) { return brief(standing.take(taken, now)); }
  auto pass_time(std::int64_t now) { return brief(standing.pass_time(now)); }
  auto in_force() const { return brief(standing.in_force()); }

  Standing standing;
  cap::Alert first = revision(1, "new", {});
  cap::Alert second = revision(2, "update", {first});
};

TEST_F(StandingTest, AnUpdateSupersedesWhatItRefersTo) {
  EXPECT_THAT(take(item(11, first)), ElementsAre(Pair(11, "stands")));
  EXPECT_THAT(take(item(12, second, {11})),
              ElementsAre(Pair(11, "superseded"), Pair(12, "stands")));
  EXPECT_THAT(in_force(), ElementsAre(Pair(12, "stands")));
  EXPECT_EQ(standing.in_force().at(0).level, 4u);
}

TEST_F(StandingTest, ACancelCancelsAndOrdersNothing) {
  take(item(11, first));
  EXPECT_THAT(take(item(12, revision(2, "cancel", {first}), {11})),
              ElementsAre(Pair(11, "cancelled"), Pair(12, "said")));
  EXPECT_THAT(in_force(), IsEmpty());
}

TEST_F(StandingTest, ALiftLifts) {
  take(item(11, first));
  EXPECT_THAT(take(item(12, revision(2, "update", {first}, jp::Direction::lift), {11})),
              ElementsAre(Pair(11, "lifted"), Pair(12, "said")));
}

TEST_F(StandingTest, ALiftOfSomeDistrictsLeavesTheRest) {
  take(item(11, first));
  auto composition = order();
  composition.revision = 2;
  composition.kind = "update";
  composition.references = {reference(first)};
  composition.lines.push_back(composition.lines[0]);
  composition.lines[0].districts.pop_back();
  composition.lines[1].districts.erase(composition.lines[1].districts.begin());
  composition.lines[1].direction = jp::Direction::lift;
  EXPECT_THAT(take(item(12, jp::compose(composition), {11})),
              ElementsAre(Pair(11, "superseded"), Pair(12, "stands")));
}

TEST_F(StandingTest, AnOrderThatRanOutIsNotOver) {
  take(item(11, first));
  EXPECT_THAT(pass_time(noon + life - 1), IsEmpty());
  EXPECT_THAT(pass_time(noon + life), ElementsAre(Pair(11, "unlifted")));
  EXPECT_THAT(pass_time(noon + 2 * life), IsEmpty()) << "said once";
  EXPECT_THAT(in_force(), ElementsAre(Pair(11, "unlifted")));
  EXPECT_THAT(take(item(12, revision(2, "update", {first}, jp::Direction::lift), {11})),
              ElementsAre(Pair(11, "lifted"), Pair(12, "said")));
}

TEST_F(StandingTest, APlainAlertEndsAtItsTime) {
  take(item(11, plain_alert("x")));
  EXPECT_THAT(pass_time(noon + 6 * hour - 1), IsEmpty());
  EXPECT_THAT(pass_time(noon + 6 * hour), ElementsAre(Pair(11, "expired")));
}

TEST_F(StandingTest, AClockThatGoesBackRaisesNothing) {
  take(item(11, plain_alert("x")));
  take(item(12, first));
  pass_time(noon + life);
  EXPECT_THAT(pass_time(noon), IsEmpty());
  EXPECT_THAT(take(item(11, plain_alert("x"))), IsEmpty());
  EXPECT_THAT(in_force(), ElementsAre(Pair(12, "unlifted")));
}

TEST_F(StandingTest, WhatHadRunOutWhenItCameIsSoAtOnce) {
  EXPECT_THAT(take(item(11, plain_alert("x")), noon + 7 * hour), ElementsAre(Pair(11, "expired")));
  EXPECT_THAT(take(item(12, first), noon + life), ElementsAre(Pair(12, "unlifted")));
}

TEST_F(StandingTest, AnEarlierRevisionThatComesLateNeverStands) {
  take(item(12, second, {11}));
  EXPECT_THAT(take(item(11, first)), ElementsAre(Pair(11, "superseded")));
  take(item(20, plain_alert("x")));
  auto cancel = plain_alert("y");
  cancel.msg_type = "Cancel";
  cancel.references = "example.org,z,2026-11-22T12:00:00+09:00";
  take(item(21, cancel));
  EXPECT_THAT(take(item(22, plain_alert("z"))), ElementsAre(Pair(22, "cancelled")));
}

TEST_F(StandingTest, AnEarlierRevisionEndsThoughNobodyRefersToIt) {
  take(item(11, first));
  EXPECT_THAT(take(item(13, revision(3, "update", {second}), {12})),
              ElementsAre(Pair(11, "superseded"), Pair(13, "stands")));
}

TEST_F(StandingTest, APassedOfWhatWasHandedOnEndsIt) {
  take(item(11, first));
  EXPECT_THAT(take(passed(11, pb::Passed::EXPIRED)), IsEmpty()) << "an order has to be lifted";
  EXPECT_THAT(take(passed(11, pb::Passed::CANCELLED, 14)), ElementsAre(Pair(11, "cancelled")));
  EXPECT_EQ(standing.all().at(0).by, (Position{7, 14}));
  EXPECT_THAT(take(passed(99, pb::Passed::SUPERSEDED, 100)), IsEmpty());
}

TEST_F(StandingTest, AnAlertThatTwoLogsDeliverIsOne) {
  take(item(11, first));
  const auto from_elsewhere = item(3, first, {}, 8);
  EXPECT_TRUE(standing.knows_from_elsewhere(from_elsewhere));
  EXPECT_FALSE(standing.knows_from_elsewhere(item(11, first))) << "the same log";
  EXPECT_THAT(brief(standing.take(from_elsewhere, noon)), IsEmpty());
  EXPECT_THAT(brief(standing.take(item(4, second, {3}, 8), noon)),
              ElementsAre(Pair(11, "superseded"), Pair(4, "stands")));
  EXPECT_THAT(standing.all().at(0).positions, ElementsAre(Position{7, 11}, Position{8, 3}));
}

TEST_F(StandingTest, TheSameNameOverOtherBytesIsAnotherAlert) {
  take(item(11, first));
  auto other = first;
  other.info[0].headline = "別の文";
  EXPECT_FALSE(standing.knows_from_elsewhere(item(3, other, {}, 8)));
  EXPECT_THAT(brief(standing.take(item(3, other, {}, 8), noon)), ElementsAre(Pair(3, "stands")));
}

TEST_F(StandingTest, PutsTheHighestLevelFirst) {
  auto low = order();
  low.document = "0f3ae8c4-7f0c-4b52-9a55-0d7f7b5f3f11";
  low.lines[0].event = "evac.l3";
  take(item(11, first));
  take(item(12, jp::compose(low)));
  take(item(13, plain_alert("x")));
  EXPECT_THAT(in_force(), ElementsAre(Pair(11, "stands"), Pair(12, "stands"), Pair(13, "stands")));
}

TEST_F(StandingTest, WhatCannotBeReadStands) {
  auto broken = item(11, first);
  std::get<pb::Delivery>(broken.content).set_cap_xml("<a/>");
  std::get<pb::Delivery>(broken.content).mutable_summary()->set_level(5);
  EXPECT_THAT(take(broken), ElementsAre(Pair(11, "stands")));
  EXPECT_THAT(pass_time(noon + 1000 * life), IsEmpty());
}

TEST_F(StandingTest, ForgetsTheOldestThatNobodyHasToLiftWhenThereIsNoRoom) {
  take(item(1, first));
  std::vector<Held> changes;
  for (std::uint64_t sequence = 2; sequence <= Standing::standing_max + 1; ++sequence) {
    Held held;
    held.positions = {{7, sequence}};
    held.identifier = std::to_string(sequence);
    standing.add(held);
  }
  EXPECT_THAT(take(item(20'000, plain_alert("x"))),
              ElementsAre(Pair(20'000, "stands"), Pair(2, "forgotten"), Pair(3, "forgotten")));
  EXPECT_THAT(standing.in_force(), SizeIs(Standing::standing_max));
}

TEST(HubClock, FollowsTheHubAndNotOurWallClock) {
  HubClock clock;
  const HubClock::Steady start{};
  EXPECT_EQ(clock.now(start), std::nullopt);
  clock.heard(noon, start);
  EXPECT_EQ(clock.now(start + std::chrono::hours{1}), noon + hour);
  clock.heard(noon + 10, start + std::chrono::hours{2});
  EXPECT_EQ(clock.now(start + std::chrono::hours{2}), noon + 10);
}

}  // namespace
}  // namespace noroshi::subscribers
