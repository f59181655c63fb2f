#include "hub/admission/authority.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "proto/cap/instant.hpp"

namespace noroshi::admission {
namespace {

using registry::Publisher;

const std::int64_t now_ms = *cap::unix_milliseconds("2026-11-22T12:00:00+09:00");

Publisher city() { return {"362018", "徳島市", {"city.tokushima.lg.jp"}, {"362018"}}; }

Publisher prefecture() { return {"360007", "徳島県", {"pref.tokushima.lg.jp"}, {"36"}}; }

Publisher power_company() {
  return {"relay-power", "電力", {"power.example.jp"},
          {"36"},        false,  {"outage.", "notice.lifeline"}};
}

// A city that sends an order for itself.
Claim good(const Publisher& publisher) {
  Claim claim;
  claim.speaker_code = claim.holder_code = publisher.code;
  claim.speaker = claim.holder = &publisher;
  claim.credential = "cafe0123";
  claim.good_for = "";
  claim.action = Action::alert;
  claim.profiled = true;
  claim.sender = publisher.senders.front();
  claim.areas = {"362018"};
  claim.events = {"evac.l4"};
  claim.at_ms = now_ms;
  return claim;
}

std::string verdict(const Claim& claim) {
  const auto refused = lacks_authority(claim);
  if (!refused) return "allowed";
  std::string text = refused->code;
  for (const auto& rule : refused->rules) text += "|" + rule;
  return text;
}

struct Case {
  std::string name;
  std::function<void(Claim&, Publisher&)> spoil;
  std::string verdict;
};

const Case cases[] = {
    {"ItsOwnArea", [](Claim&, Publisher&) {}, "allowed"},
    {"Update", [](Claim& c, Publisher&) { c.action = Action::update; }, "allowed"},
    {"Cancel", [](Claim& c, Publisher&) { c.action = Action::cancel; }, "allowed"},
    {"NoAreaAtAll", [](Claim& c, Publisher&) { c.areas.clear(); }, "allowed"},
    {"UnknownAction", [](Claim& c, Publisher&) { c.action = Action::other; },
     "alert.invalid|admission.type"},
    {"VoidToken", [](Claim& c, Publisher&) { c.good_for.reset(); }, "auth.required"},
    {"VoidCertificate",
     [](Claim& c, Publisher&) {
       c.good_for.reset();
       c.credential = "cert:0a";
     },
     "auth.certificate"},
    {"LiveCredentialInADrill", [](Claim& c, Publisher&) { c.drill = "aichi"; }, "auth.status"},
    {"DrillCredentialOnTheLivePath", [](Claim& c, Publisher&) { c.good_for = "aichi"; },
     "auth.status"},
    {"CredentialOfAnotherDrill",
     [](Claim& c, Publisher&) {
       c.good_for = "aichi";
       c.drill = "hino";
     },
     "auth.status"},
    {"ItsOwnDrill",
     [](Claim& c, Publisher&) {
       c.good_for = "aichi";
       c.drill = "aichi";
     },
     "allowed"},
    {"Suspended", [](Claim&, Publisher& p) { p.suspended = true; }, "auth.suspended"},
    {"NotRegistered", [](Claim& c, Publisher&) { c.speaker = c.holder = nullptr; },
     "auth.suspended"},
    {"ForeignSender", [](Claim& c, Publisher&) { c.sender = "pref.osaka.lg.jp"; },
     "auth.sender|auth.sender pref.osaka.lg.jp"},
    {"NoSenderRegistered",
     [](Claim& c, Publisher& p) {
       c.sender = "city.tokushima.lg.jp";
       p.senders.clear();
     },
     "auth.sender|auth.sender city.tokushima.lg.jp"},
    {"ForeignAreas",
     [](Claim& c, Publisher&) {
       c.areas = {"362018", "362026", "271004"};
     },
     "auth.area|auth.area 362026|auth.area 271004"},
    {"AreaWithoutCode",
     [](Claim& c, Publisher&) {
       c.areas = {"362018", ""};
     },
     "auth.area|auth.area -"},
    {"AreaWithoutCodeOfARelay",
     [](Claim& c, Publisher& p) {
       c.areas = {""};
       p.areas = {"*"};
     },
     "allowed"},
    {"EventOfItsList", [](Claim&, Publisher& p) { p.events = {"evac"}; }, "allowed"},
    {"EventOutsideItsList", [](Claim&, Publisher& p) { p.events = {"outage."}; },
     "auth.event|auth.event evac.l4"},
    {"TooManyEventsToCount",
     [](Claim& c, Publisher& p) {
       c.events.emplace_back();
       p.events = {"evac"};
     },
     "auth.event|auth.event -"},
    {"PlainCapWhereTheProfileIsNeeded",
     [](Claim& c, Publisher& p) {
       c.profiled = false;
       p.policy.set_profile_required(true);
     },
     "alert.invalid|admission.profile profile:CAP-JP:0.1"},
    {"GeometryOutside", [](Claim& c, Publisher&) { c.outside = {"info[1]/area[2] 川内町"}; },
     "auth.area|auth.territory info[1]/area[2] 川内町"},
    {"CodesBeforeGeometry",
     [](Claim& c, Publisher&) {
       c.areas = {"271004"};
       c.outside = {"info[1]/area[1] x"};
     },
     "auth.area|auth.area 271004"},
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

class Authority : public testing::TestWithParam<Case> {};

TEST_P(Authority, IsWhatIsRegistered) {
  auto publisher = city();
  auto claim = good(publisher);
  GetParam().spoil(claim, publisher);
  EXPECT_EQ(verdict(claim), GetParam().verdict);
}

INSTANTIATE_TEST_SUITE_P(Cases, Authority, testing::ValuesIn(cases),
                         [](const auto& test) { return test.param.name; });

TEST(Authority, APrefectureSpeaksForItsMunicipalitiesAndNoOthers) {
  const auto publisher = prefecture();
  auto claim = good(publisher);
  EXPECT_EQ(verdict(claim), "allowed");
  claim.areas = {"371017"};
  EXPECT_EQ(verdict(claim), "auth.area|auth.area 371017");
}

TEST(Authority, ALifelineCompanySpeaksOfItsOutagesOnly) {
  const auto publisher = power_company();
  auto claim = good(publisher);
  for (const auto* event : {"outage.power", "outage.gas", "notice.lifeline"}) {
    claim.events = {event};
    EXPECT_EQ(verdict(claim), "allowed") << event;
  }
  for (const auto* event :
       {"outage", "outages.power", "notice.pr", "notice.lifelines", "evac.l4", "停電", "civil"}) {
    claim.events = {event};
    EXPECT_EQ(verdict(claim), std::string("auth.event|auth.event ") + event) << event;
  }
}

// 代行: the prefecture types for the city.
TEST(Authority, AProxySendsInTheCitysNameUnderTheCitysRights) {
  const auto typing = prefecture();
  auto holder = city();
  holder.proxies = {{"360007", now_ms + 1}};
  auto claim = good(holder);
  claim.speaker_code = "360007";
  claim.speaker = &typing;
  EXPECT_EQ(verdict(claim), "allowed");
  claim.sender = "pref.tokushima.lg.jp";
  EXPECT_EQ(verdict(claim), "auth.sender|auth.sender pref.tokushima.lg.jp");
  claim.sender = "city.tokushima.lg.jp";
  claim.areas = {"362026"};
  EXPECT_EQ(verdict(claim), "auth.area|auth.area 362026") << "its own is wider, and not asked";
}

TEST(Authority, AProxyRightEndsWhenItSaysAndIsNobodyElses) {
  const auto typing = prefecture();
  auto holder = city();
  holder.proxies = {{"360007", now_ms}};
  auto claim = good(holder);
  claim.speaker_code = "360007";
  claim.speaker = &typing;
  EXPECT_EQ(verdict(claim),
            "auth.sender|auth.proxy 362018|auth.proxy.ended 2026-11-22T12:00:00+09:00");
  holder.proxies = {{"371017", now_ms + 1000}};
  EXPECT_EQ(verdict(claim), "auth.sender|auth.proxy 362018");
  holder.proxies = {{"360007", now_ms + 1000}};
  holder.suspended = true;
  EXPECT_EQ(verdict(claim), "auth.suspended");
  claim.holder = nullptr;
  EXPECT_EQ(verdict(claim), "auth.sender|auth.proxy 362018") << "nobody there";
}

TEST(Authority, EventsMatchWholeWords) {
  EXPECT_TRUE(registry::covers_event("evac", "evac"));
  EXPECT_TRUE(registry::covers_event("evac", "evac.l4"));
  EXPECT_FALSE(registry::covers_event("evac", "evacuation"));
  EXPECT_FALSE(registry::covers_event("evac.l", "evac.l4"));
  EXPECT_TRUE(registry::covers_event("outage.", "outage.power"));
  EXPECT_FALSE(registry::covers_event("outage.", "outage."));
  EXPECT_FALSE(registry::covers_event("", "evac.l4"));
}

}  // namespace
}  // namespace noroshi::admission
