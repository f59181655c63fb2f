// Authority from the document to the head of the log: examine and decide together.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "hub/admission/alert_judge.hpp"
#include "hub/admission/examine.hpp"
#include "hub/geometry/shape.hpp"
#include "proto/cap/instant.hpp"
#include "tests/unit/hub/admission/credential.hpp"
#include "tests/unit/hub/drills/channels.hpp"

namespace noroshi::admission {
namespace {

using testing::Contains;
using testing::ElementsAre;

const std::int64_t now_ms = *cap::unix_milliseconds("2026-11-22T12:00:00+09:00");

struct Document {
  std::string identifier = "jp-362018-1";
  std::string type = "Alert";
  std::string references;
  std::string parameters;
  std::string code = "362018";
  std::string geometry;
};

std::string parameter(const std::string& name, const std::string& value) {
  return "<parameter><valueName>layer:CAP-JP:0.1:" + name + "</valueName><value>" + value +
         "</value></parameter>";
}

std::string xml(const Document& d) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>)" +
         d.identifier +
         R"(</identifier><sender>city.tokushima.lg.jp</sender>
<sent>2026-11-22T11:59:00+09:00</sent><status>Actual</status><msgType>)" +
         d.type + "</msgType><scope>Public</scope>" + d.references +
         R"(<info><language>ja-JP</language><category>Safety</category><event>避難指示</event>
<urgency>Immediate</urgency><severity>Severe</severity><certainty>Likely</certainty>
<eventCode><valueName>profile:CAP-JP:Event:0.1</valueName><value>evac.l4</value></eventCode>
<headline>徳島市に避難指示</headline>)" +
         d.parameters + R"(<area><areaDesc>徳島県徳島市川内町</areaDesc>)" + d.geometry +
         "<geocode><valueName>profile:CAP-JP:LGCode:0.1</valueName><value>" + d.code +
         "</value></geocode></area></info></alert>";
}

class Spoken : public testing::Test {
 protected:
  Spoken() {
    add("362018", {"city.tokushima.lg.jp"}, {"362018"});
    add("360007", {"pref.tokushima.lg.jp"}, {"36"});
    for (const auto* code : {"362018", "360007"}) append(token_of(code));
  }

  v1::PublisherRegistered& registered(const std::string& code) { return registrations_[code]; }
  void append_registration(const std::string& code) {
    v1::EntryBody body;
    *body.mutable_publisher_registered() = registered(code);
    append(body);
  }
  void add(const std::string& code, const std::vector<std::string>& senders,
           const std::vector<std::string>& areas) {
    auto& publisher = registered(code);
    publisher.set_code(code);
    publisher.mutable_senders()->Assign(senders.begin(), senders.end());
    publisher.mutable_areas()->Assign(areas.begin(), areas.end());
    append_registration(code);
  }
  void append(const v1::EntryBody& body) {
    v1::Entry entry;
    entry.set_sequence(++head_);
    *entry.mutable_body() = body;
    judge_.apply(entry);
  }

  struct Answer {
    std::string code;
    std::vector<std::string> rules;
    v1::EntryBody body;  // accepted, or of the audit
  };
  static Examined examined(const std::string& submitter, const Document& document) {
    return examine({submitter, credential_of(submitter), drills::testing::live(),
                    std::make_shared<const std::string>(xml(document)), std::nullopt},
                   now_ms);
  }
  Answer at_the_head(const Examined& examined) {
    if (!examined.code.empty()) return {examined.code, {}, examined.proposal.body};
    const auto decision = judge_.decide(examined.proposal, head_ + 1, now_ms);
    if (const auto* refused = std::get_if<journal::Refuse>(&decision))
      return {refused->code, refused->rules, *refused->audit};
    if (std::holds_alternative<journal::AlreadyKnown>(decision)) return {"known", {}, {}};
    append(std::get<journal::Accept>(decision).body);
    return {"accepted", {}, std::get<journal::Accept>(decision).body};
  }
  Answer send(const std::string& submitter, const Document& document) {
    return at_the_head(examined(submitter, document));
  }

  void allow_proxy(std::int64_t until_ms) {
    auto& right = *registered("362018").add_proxies();
    right.set_publisher("360007");
    right.set_until_ms(until_ms);
    append_registration("362018");
  }
  static Document typed_by_prefecture() {
    Document document;
    document.parameters =
        parameter("PublishingOfficeCode", "362018") + parameter("EditorialOfficeCode", "36000");
    return document;
  }
  void register_territory() {
    const auto area = geometry::area_from_geojson(
        R"({"type":"Polygon","coordinates":[[[134.4,34],[134.7,34],[134.7,34.2],[134.4,34.2],
        [134.4,34]]]})");
    registered("362018").set_territory(geometry::to_wkb(*area));
    append_registration("362018");
  }

  AlertJudge judge_;
  journal::Sequence head_ = 0;
  std::map<std::string, v1::PublisherRegistered> registrations_;
};

TEST_F(Spoken, AProxysAlertIsTheCitysAndBothNamesAreKept) {
  allow_proxy(now_ms + 1000);
  const auto answer = send("360007", typed_by_prefecture());
  ASSERT_EQ(answer.code, "accepted") << testing::PrintToString(answer.rules);
  EXPECT_EQ(answer.body.alert_accepted().publisher(), "362018");
  EXPECT_EQ(answer.body.alert_accepted().typed_by(), "360007");
  EXPECT_EQ(send("360007", typed_by_prefecture()).code, "known");
}

TEST_F(Spoken, ReferencesResolveWhoeverTypedThem) {
  allow_proxy(now_ms + 1000);
  ASSERT_EQ(send("360007", typed_by_prefecture()).code, "accepted");
  Document update;
  update.identifier = "jp-362018-2";
  update.type = "Update";
  update.references =
      "<references>city.tokushima.lg.jp,jp-362018-1,2026-11-22T11:59:00+09:00</references>";
  const auto own = send("362018", update);
  ASSERT_EQ(own.code, "accepted") << testing::PrintToString(own.rules);
  EXPECT_EQ(own.body.alert_accepted().unknown_references_size(), 0);
  EXPECT_EQ(own.body.alert_accepted().references(0).sequence(), head_ - 1);
}

TEST_F(Spoken, WithoutARightNobodyUsesAnothersName) {
  const auto answer = send("360007", typed_by_prefecture());
  EXPECT_EQ(answer.code, "auth.sender");
  EXPECT_THAT(answer.rules, ElementsAre("auth.proxy 362018"));
  EXPECT_EQ(answer.body.alert_refused().publisher(), "360007") << "who did it, not whose name";
}

TEST_F(Spoken, AnEndedRightSaysWhenItEnded) {
  allow_proxy(now_ms);
  const auto answer = send("360007", typed_by_prefecture());
  EXPECT_EQ(answer.code, "auth.sender");
  EXPECT_THAT(answer.rules, Contains("auth.proxy.ended 2026-11-22T12:00:00+09:00"));
}

TEST_F(Spoken, AProxyHasToSayThatItTyped) {
  allow_proxy(now_ms + 1000);
  auto silent = typed_by_prefecture();
  silent.parameters = parameter("PublishingOfficeCode", "362018");
  EXPECT_EQ(send("360007", silent).code, "auth.sender");
  auto another = typed_by_prefecture();
  another.parameters =
      parameter("PublishingOfficeCode", "362018") + parameter("EditorialOfficeCode", "371017");
  EXPECT_EQ(send("360007", another).code, "auth.sender");
  auto two = typed_by_prefecture();
  two.parameters += parameter("PublishingOfficeCode", "362026");
  const auto examined_two = examined("360007", two);
  EXPECT_EQ(examined_two.code, "auth.sender");
  EXPECT_EQ(examined_two.findings.back().value, "362026");
  EXPECT_GT(examined_two.findings.back().line, 0u);
}

TEST_F(Spoken, ATokenReplacedWhileTheAlertWasExaminedIsVoidAtTheHead) {
  const auto waiting = examined("362018", {});
  v1::EntryBody newer = token_of("362018");
  newer.mutable_token_issued()->set_token_sha256(std::string(32, 'x'));
  append(newer);
  EXPECT_EQ(at_the_head(waiting).code, "auth.required");
}

TEST_F(Spoken, ASuspensionWhileTheAlertWasExaminedCounts) {
  const auto waiting = examined("362018", {});
  registered("362018").set_suspended(true);
  append_registration("362018");
  EXPECT_EQ(at_the_head(waiting).code, "auth.suspended");
}

TEST_F(Spoken, ACertificateRevokedWhileTheAlertWasExaminedIsVoidAtTheHead) {
  v1::EntryBody issued;
  auto& certificate = *issued.mutable_certificate_issued();
  certificate.set_kind(v1::TokenIssued::PUBLISHER);
  certificate.set_id("362018");
  certificate.set_serial("\x0a");
  certificate.set_until_ms(now_ms + 1000);
  append(issued);
  auto waiting = examined("362018", {});
  waiting.proposal.body.mutable_alert_accepted()->set_credential("cert:0a");
  v1::EntryBody revoked;
  revoked.mutable_certificate_revoked()->set_kind(v1::TokenIssued::PUBLISHER);
  revoked.mutable_certificate_revoked()->set_id("362018");
  revoked.mutable_certificate_revoked()->set_serial("\x0a");
  append(revoked);
  EXPECT_EQ(at_the_head(waiting).code, "auth.certificate");
}

TEST_F(Spoken, GeometryHasToLieInTheTerritory) {
  register_territory();
  Document inside;
  inside.geometry = "<polygon>34.1,134.5 34.1,134.6 34.15,134.6 34.1,134.5</polygon>";
  EXPECT_EQ(send("362018", inside).code, "accepted");
  Document without;
  without.identifier = "jp-362018-2";
  EXPECT_EQ(send("362018", without).code, "accepted") << "an alert without geometry passes";
  Document reaching;
  reaching.geometry = "<circle>34.1,134.5 30</circle>";
  const auto refused = send("362018", reaching);
  EXPECT_EQ(refused.code, "auth.area");
  EXPECT_THAT(refused.rules, ElementsAre("auth.territory info[1]/area[1] 徳島県徳島市川内町"));
}

// Los Angeles 2025: an alert for one neighbourhood reached ten million people.
TEST_F(Spoken, LosAngeles2025AnAreaFarBeyondTheTerritoryStopsAtTheHub) {
  register_territory();
  Document everywhere;
  everywhere.geometry =
      "<polygon>33,133 33,136 36,136 36,133 33,133</polygon>"
      "<polygon>34.1,134.5 34.1,134.6 34.15,134.6 34.1,134.5</polygon>";
  EXPECT_EQ(send("362018", everywhere).code, "auth.area");
}

TEST_F(Spoken, WithoutItsCircumstancesNoAlertPassesATerritory) {
  register_territory();
  auto bare = examined("362018", {});
  bare.proposal.circumstances = nullptr;
  EXPECT_EQ(at_the_head(bare).code, "auth.area");
}

TEST_F(Spoken, AWarningLevelIsSpokenOnlyByWhoMaySpeakOfEvacuation) {
  registered("362018").add_events("outage.");
  append_registration("362018");
  Document disguised;
  disguised.parameters = parameter("WarningLevel", "5");
  const auto refused = send("362018", disguised);
  EXPECT_EQ(refused.code, "auth.event");
  EXPECT_THAT(refused.rules, ElementsAre("auth.event evac.l4", "auth.event evac.l5"));
}

}  // namespace
}  // namespace noroshi::admission
