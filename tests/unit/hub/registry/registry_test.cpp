#include "hub/registry/registry.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace noroshi::registry {
namespace {

v1::Entry subscriber(Sequence sequence, const std::string& id,
                     const std::vector<std::string>& areas,
                     const std::vector<std::string>& events = {}, std::uint32_t min_level = 0) {
  v1::Entry entry;
  entry.set_sequence(sequence);
  auto& registered = *entry.mutable_body()->mutable_subscriber_registered();
  registered.set_id(id);
  for (const auto& area : areas) registered.add_areas(area);
  for (const auto& event : events) registered.add_events(event);
  registered.set_min_level(min_level);
  return entry;
}

v1::Entry token(v1::TokenIssued::Kind kind, const std::string& id, const std::string& secret) {
  v1::Entry entry;
  auto& issued = *entry.mutable_body()->mutable_token_issued();
  issued.set_kind(kind);
  issued.set_id(id);
  const auto hash = journal::content_hash(secret);
  issued.set_token_sha256(hash.data(), hash.size());
  return entry;
}

v1::RoutingPart part(Sequence sequence, const std::vector<std::string>& codes,
                     const std::vector<std::string>& events = {"evac.l4"},
                     std::uint32_t level = 4) {
  v1::RoutingPart routing;
  routing.set_sequence(sequence);
  for (const auto& code : codes) routing.add_area_codes(code);
  for (const auto& event : events) routing.add_events(event);
  routing.set_level(level);
  return routing;
}

bool addressed(const Registry& registry, const std::string& id, Sequence sequence,
               const std::vector<v1::RoutingPart>& parts) {
  v1::AlertAccepted alert;
  for (const auto& routing : parts) *alert.add_routing() = routing;
  return registry.subscriber(id)->addressed(alert, sequence);
}

struct Matching {
  std::string name;
  std::vector<std::string> areas, events;
  std::uint32_t min_level;
  v1::RoutingPart part;
  enum class Wanted { yes, no } wanted;
};

class Subscriptions : public testing::TestWithParam<Matching> {};

TEST_P(Subscriptions, AreMatched) {
  const auto& given = GetParam();
  Registry registry;
  registry.apply(subscriber(2, "tv", given.areas, given.events, given.min_level));
  EXPECT_EQ(addressed(registry, "tv", 10, {given.part}), given.wanted == Matching::Wanted::yes);
}

constexpr auto yes = Matching::Wanted::yes;
constexpr auto no = Matching::Wanted::no;
INSTANTIATE_TEST_SUITE_P(
    Table, Subscriptions,
    testing::Values(
        Matching{"SameCity", {"362018"}, {}, 0, part(10, {"362018"}), yes},
        Matching{"OtherCity", {"362018"}, {}, 0, part(10, {"362026"}), no},
        Matching{"Prefecture", {"36"}, {}, 0, part(10, {"362018"}), yes},
        Matching{"OtherPrefecture", {"37"}, {}, 0, part(10, {"362018"}), no},
        Matching{"WholePrefectureReachesItsCities", {"362018"}, {}, 0, part(10, {"360007"}), yes},
        Matching{"CityReachesItsWards", {"141011"}, {}, 0, part(10, {"141003"}), yes},
        Matching{"WardReachesItsCity", {"141003"}, {}, 0, part(10, {"141011"}), yes},
        Matching{"WithoutCodeOnlyAll", {"36"}, {}, 0, part(10, {}), no},
        Matching{"WithoutCodeAll", {"*"}, {}, 0, part(10, {}), yes},
        Matching{"EventPrefix", {"*"}, {"evac"}, 0, part(10, {}, {"evac.l4"}), yes},
        Matching{"EventPrefixAtWordBorder", {"*"}, {"evac"}, 0, part(10, {}, {"evacuation"}), no},
        Matching{"EventExact", {"*"}, {"evac.l4"}, 0, part(10, {}, {"evac.l4"}), yes},
        Matching{"OtherEvent", {"*"}, {"shelter"}, 0, part(10, {}, {"evac.l4"}), no},
        Matching{"LevelBelow", {"*"}, {}, 4, part(10, {}, {"evac.l3"}, 3), no},
        Matching{"LevelAt", {"*"}, {}, 4, part(10, {}, {"evac.l4"}, 4), yes},
        Matching{"NoLevelStated", {"*"}, {}, 4, part(10, {}, {"evac.zone"}, 0), yes},
        Matching{"UnknownLevelIsHigh", {"*"}, {}, 5, part(10, {}, {"evac.l9"}, 255), yes}),
    [](const auto& test) { return test.param.name; });

TEST(Addressing, UsesTheSubscriptionInForceWhenEachPartWasAccepted) {
  Registry registry;
  registry.apply(subscriber(2, "tv", {"362018"}));
  registry.apply(subscriber(20, "tv", {"37"}));
  EXPECT_TRUE(addressed(registry, "tv", 10, {part(10, {"362018"})}));
  EXPECT_FALSE(addressed(registry, "tv", 30, {part(30, {"362018"})})) << "it moved to Kagawa";
  EXPECT_TRUE(addressed(registry, "tv", 30, {part(30, {"362026"}), part(10, {"362018"})}))
      << "who got the order hears of its end";
}

TEST(Addressing, NothingFromBeforeTheRegistration) {
  Registry registry;
  registry.apply(subscriber(20, "tv", {"*"}));
  EXPECT_FALSE(addressed(registry, "tv", 20, {part(20, {})}));
  EXPECT_FALSE(addressed(registry, "tv", 21, {part(19, {})}));
  EXPECT_TRUE(addressed(registry, "tv", 21, {part(21, {})}));
}

TEST(Addressing, ASuspendedSubscriberIsNotAddressed) {
  Registry registry;
  auto entry = subscriber(2, "tv", {"*"});
  registry.apply(entry);
  entry.set_sequence(5);
  entry.mutable_body()->mutable_subscriber_registered()->set_suspended(true);
  registry.apply(entry);
  EXPECT_TRUE(addressed(registry, "tv", 4, {part(4, {})}));
  EXPECT_FALSE(addressed(registry, "tv", 6, {part(6, {})}));
}

TEST(Tokens, TheNewestOfAPrincipalCountsAndOnlyThatOne) {
  Registry registry;
  registry.apply(token(v1::TokenIssued::PUBLISHER, "362018", "first"));
  registry.apply(token(v1::TokenIssued::SUBSCRIBER, "362018", "other kind"));
  registry.apply(token(v1::TokenIssued::PUBLISHER, "362018", "second"));
  EXPECT_FALSE(registry.principal_of("first"));
  EXPECT_FALSE(registry.principal_of(""));
  ASSERT_TRUE(registry.principal_of("second"));
  EXPECT_EQ(registry.principal_of("second")->kind, Principal::Kind::publisher);
  EXPECT_EQ(registry.principal_of("second")->credential.size(), 8u);
  EXPECT_EQ(registry.principal_of("other kind")->kind, Principal::Kind::subscriber);
}

TEST(Tokens, AReplacedOneIsNoLongerCurrent) {
  Registry registry;
  registry.apply(token(v1::TokenIssued::SUBSCRIBER, "tv", "first"));
  const auto first = *registry.principal_of("first");
  EXPECT_TRUE(registry.current(first, 0));
  registry.apply(token(v1::TokenIssued::SUBSCRIBER, "tv", "second"));
  EXPECT_FALSE(registry.current(first, 0));
  EXPECT_TRUE(registry.current(*registry.principal_of("second"), 0));
}

TEST(Authority, IsDeniedUnlessRegistered) {
  const Publisher city{"362018", "徳島市", {"city.tokushima.lg.jp"}, {"362018"}, false};
  EXPECT_TRUE(city.may_send_as("city.tokushima.lg.jp"));
  EXPECT_FALSE(city.may_send_as("city.tokushima.lg.jp.example"));
  EXPECT_FALSE(city.may_send_as(""));
  EXPECT_TRUE(city.may_speak_for("362018"));
  EXPECT_FALSE(city.may_speak_for("362026"));
  EXPECT_FALSE(city.may_speak_for("")) << "a place without a code";
  const Publisher relay{"relay", "relay", {"*"}, {"*"}, false};
  EXPECT_TRUE(relay.may_send_as("anybody"));
  EXPECT_TRUE(relay.may_speak_for(""));
  const Publisher nobody{"x", "x", {}, {}, false};
  EXPECT_FALSE(nobody.may_send_as("x"));
  EXPECT_FALSE(nobody.may_speak_for("362018"));
}

v1::Entry publisher(const std::string& code, bool suspended = false) {
  v1::Entry entry;
  entry.mutable_body()->mutable_publisher_registered()->set_code(code);
  entry.mutable_body()->mutable_publisher_registered()->set_suspended(suspended);
  return entry;
}

v1::Entry officer(const Officer& officer) {
  v1::Entry entry;
  *entry.mutable_body()->mutable_officer_registered() = write_officer(officer, "");
  return entry;
}

TEST(Tokens, AnOfficersIsNeverAnOperatorsNorAPublishers) {
  Registry registry;
  registry.apply(token(v1::TokenIssued::OFFICER, "kato", "of the officer"));
  registry.apply(token(v1::TokenIssued::OPERATOR, "kato", "of the operator"));
  ASSERT_TRUE(registry.principal_of("of the officer"));
  EXPECT_EQ(registry.principal_of("of the officer")->kind, Principal::Kind::officer);
  EXPECT_EQ(registry.principal_of("of the operator")->kind, Principal::Kind::operator_);
  EXPECT_TRUE(registry.current(*registry.principal_of("of the officer"), 0));
}

TEST(Tokens, OfAKindThisProgramDoesNotKnowIsNobodys) {
  Registry registry;
  registry.apply(token(v1::TokenIssued::KIND_UNSPECIFIED, "root", "unspecified"));
  registry.apply(token(static_cast<v1::TokenIssued::Kind>(77), "root", "of the future"));
  EXPECT_FALSE(registry.principal_of("unspecified"));
  EXPECT_FALSE(registry.principal_of("of the future"));
}

TEST(Tokens, KindsOfTokensAndPrincipalsAreTheSame) {
  using Kind = Principal::Kind;
  for (const auto kind : {Kind::publisher, Kind::subscriber, Kind::operator_, Kind::officer})
    EXPECT_EQ(kind_of(kind_of(kind)), kind);
}

TEST(Officers, ActForTheirPublisherAndAreSuspendedWithIt) {
  Registry registry;
  registry.apply(publisher("362018"));
  registry.apply(officer({"kato", "362018", {"drafter"}}));
  registry.apply(token(v1::TokenIssued::OFFICER, "kato", "secret"));
  const auto kato = *registry.principal_of("secret");
  EXPECT_EQ(registry.publisher_of(kato), "362018");
  EXPECT_TRUE(registry.officer("kato")->is(role::drafter));
  EXPECT_FALSE(registry.officer("kato")->is(role::approver));
  EXPECT_FALSE(registry.suspended(kato));
  registry.apply(publisher("362018", true));
  EXPECT_TRUE(registry.suspended(kato));
  registry.apply(publisher("362018"));
  registry.apply(officer({"kato", "362018", {"drafter"}, true}));
  EXPECT_TRUE(registry.suspended(kato));
}

TEST(Officers, OfNobodyKnownAreSuspended) {
  Registry registry;
  registry.apply(token(v1::TokenIssued::OFFICER, "ghost", "secret"));
  EXPECT_TRUE(registry.suspended(*registry.principal_of("secret")));
  registry.apply(officer({"ghost", "nobody", {"operator"}}));
  EXPECT_TRUE(registry.suspended(*registry.principal_of("secret")));
  registry.apply(token(v1::TokenIssued::OPERATOR, "ghost", "operator"));
  EXPECT_EQ(registry.publisher_of(*registry.principal_of("operator")), "");
}

}  // namespace
}  // namespace noroshi::registry
