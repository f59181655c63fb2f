#include "hub/admission/examine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "tests/unit/hub/drills/channels.hpp"

namespace noroshi::admission {
namespace {

struct Document {
  std::string status = "Actual";
  std::string type = "Alert";
  std::string scope = "Public";
  std::string geocode =
      "<geocode><valueName>profile:CAP-JP:LGCode:0.1</valueName>"
      "<value>362018</value></geocode>";
  std::string level = "4";
  std::string before_info;
};

std::string xml(const Document& d) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>jp-362018-1</identifier><sender>city.tokushima.lg.jp</sender>
<sent>2026-11-22T03:00:00+09:00</sent><status>)" +
         d.status + "</status><msgType>" + d.type + "</msgType><scope>" + d.scope + "</scope>" +
         d.before_info +
         R"(<info><language>ja-JP</language><category>Safety</category><event>避難指示</event>
<urgency>Immediate</urgency><severity>Severe</severity><certainty>Likely</certainty>
<eventCode><valueName>profile:CAP-JP:Event:0.1</valueName><value>evac.l4</value></eventCode>
<expires>2026-11-24T03:00:00+09:00</expires><headline>徳島市に避難指示</headline>
<parameter><valueName>layer:CAP-JP:0.1:WarningLevel</valueName><value>)" +
         d.level + R"(</value></parameter>
<area><areaDesc>徳島県徳島市川内町</areaDesc>)" +
         d.geocode + "</area></info></alert>";
}

Examined examined(const std::string& bytes) {
  return examine({"362018", "cafe0123", drills::testing::live(),
                  std::make_shared<const std::string>(bytes), std::nullopt},
                 1'795'000'000'000);
}

TEST(Examine, AGoodOrderIsProposedWithWhatItSays) {
  const auto bytes = xml({});
  const auto good = examined(bytes);
  ASSERT_EQ(good.code, "") << (good.findings.empty() ? "" : good.findings[0].rule);
  const auto& accepted = good.proposal.body.alert_accepted();
  EXPECT_EQ(accepted.publisher(), "362018");
  EXPECT_EQ(accepted.credential(), "cafe0123");
  EXPECT_EQ(accepted.summary().identifier(), "jp-362018-1");
  EXPECT_EQ(accepted.summary().event(), "evac.l4");
  EXPECT_EQ(accepted.summary().level(), 4u);
  EXPECT_EQ(accepted.summary().headline(), "徳島市に避難指示");
  ASSERT_EQ(accepted.routing_size(), 1);
  EXPECT_EQ(accepted.routing(0).area_codes(0), "362018");
  EXPECT_EQ(accepted.areas_without_code(), 0u);
  EXPECT_TRUE(accepted.has_expires_ms());
  ASSERT_TRUE(good.proposal.content != nullptr);
  EXPECT_EQ(*good.proposal.content, bytes) << "the accepted bytes are never changed";
  ASSERT_TRUE(good.proposal.key.has_value());
  EXPECT_EQ(good.proposal.key->identifier, "jp-362018-1");
}

TEST(Examine, CodesAreReadWhereTheyStand) {
  Document five;
  five.geocode =
      "<geocode><valueName>profile:CAP-JP:LGCode:0.1</valueName><value>36201</value>"
      "</geocode>";
  EXPECT_EQ(examined(xml(five)).proposal.body.alert_accepted().summary().area_codes(0), "362018");
  Document weather;
  weather.geocode =
      "<geocode><valueName>profile:CAP-JP:JmaArea:0.1</valueName>"
      "<value>3620100</value></geocode>";
  EXPECT_EQ(examined(xml(weather)).proposal.body.alert_accepted().summary().area_codes(0),
            "362018");
  Document wrong;
  wrong.geocode =
      "<geocode><valueName>profile:CAP-JP:LGCode:0.1</valueName><value>362017</value>"
      "</geocode>";
  EXPECT_EQ(examined(xml(wrong)).proposal.body.alert_accepted().areas_without_code(), 1u);
  Document none;
  none.geocode = "";
  EXPECT_EQ(examined(xml(none)).proposal.body.alert_accepted().areas_without_code(), 1u);
}

TEST(Examine, AnotherLanguageOfTheSameOrderIsNoOtherEvent) {
  auto bytes = xml({});
  const auto begin = bytes.find("<info>");
  auto english = bytes.substr(begin, bytes.find("</info>") + 7 - begin);
  english.replace(english.find("避難指示"), std::string("避難指示").size(), "Evacuation Order");
  bytes.insert(bytes.find("</alert>"), english);
  const auto accepted = examined(bytes).proposal.body.alert_accepted();
  EXPECT_EQ(accepted.summary().event(), "evac.l4");
  EXPECT_EQ(accepted.routing(0).events_size(), 1);
}

// cap.R092: the alert is for all areas of all its info, whatever their language.
TEST(Examine, SeveralInfoOfOneLanguageAddUp) {
  auto bytes = xml({});
  const auto begin = bytes.find("<info>");
  auto next = bytes.substr(begin, bytes.find("</info>") + 7 - begin);
  next.replace(next.find("362018"), 6, "362026");
  next.replace(next.find("evac.l4"), 7, "evac.l3");
  bytes.insert(bytes.find("</alert>"), next);
  const auto accepted = examined(bytes).proposal.body.alert_accepted();
  const auto& routing = accepted.routing(0);
  EXPECT_EQ(std::vector<std::string>(routing.area_codes().begin(), routing.area_codes().end()),
            (std::vector<std::string>{"362018", "362026"}));
  EXPECT_EQ(std::vector<std::string>(routing.events().begin(), routing.events().end()),
            (std::vector<std::string>{"evac.l3", "evac.l4"}));
  EXPECT_EQ(accepted.areas_without_code(), 0U);
}

TEST(Examine, WhatIsLongInTheDocumentIsShortInTheSummary) {
  auto bytes = xml({});
  const std::string headline = "徳島市に避難指示";
  std::string longer;
  for (int i = 0; i < 10'000; ++i) longer += "あ";
  bytes.replace(bytes.find(headline), headline.size(), longer);
  const auto summary = examined(bytes).proposal.body.alert_accepted().summary();
  EXPECT_LE(summary.headline().size(), 1024u);
  EXPECT_GT(summary.headline().size(), 1000u);
  EXPECT_EQ(summary.headline().size() % 3, 0u) << "no character is cut in two";
}

TEST(Examine, AnUnknownLevelCountsAsHigh) {
  Document d;
  d.level = "6";
  EXPECT_EQ(examined(xml(d)).proposal.body.alert_accepted().summary().level(), 255u);
}

TEST(Examine, AnOrderOfTheProfileIsKeptAsLines) {
  Document d;
  d.before_info = "<code>profile:CAP-JP:0.1</code>";
  const auto accepted = examined(xml(d)).proposal.body.alert_accepted();
  EXPECT_EQ(accepted.update_kind(), "new");
  ASSERT_EQ(accepted.lines_size(), 1);
  EXPECT_EQ(accepted.lines(0).event(), "evac.l4");
  EXPECT_FALSE(accepted.lines(0).lift());
  EXPECT_EQ(accepted.lines(0).level(), 4u);
  ASSERT_EQ(accepted.lines(0).districts_size(), 1);
  EXPECT_EQ(accepted.lines(0).districts(0), "362018:*");
  EXPECT_EQ(accepted.lines(0).expires_ms(), accepted.expires_ms());
  EXPECT_EQ(accepted.summary().flags_size(), 0);
}

TEST(Examine, WhatTheProfileDoesNotKnowIsTakenAndFlagged) {
  Document d;
  d.before_info = "<code>profile:CAP-JP:0.1</code>";
  d.level = "6";
  auto bytes = xml(d);
  bytes.replace(bytes.find("evac.l4"), 7, "evac.l6");
  const auto result = examined(bytes);
  ASSERT_EQ(result.code, "");
  const auto& accepted = result.proposal.body.alert_accepted();
  ASSERT_EQ(accepted.summary().flags_size(), 2);
  EXPECT_EQ(accepted.summary().flags(0), "jp.event evac.l6");
  EXPECT_EQ(accepted.summary().flags(1), "jp.level 6");
  EXPECT_EQ(accepted.summary().event(), "evac.l6");
  EXPECT_EQ(accepted.summary().level(), 255u);
  EXPECT_EQ(accepted.lines(0).event(), "evac.l6");
}

TEST(Examine, WhatBreaksTheProfileIsRefused) {
  Document d;
  d.before_info = "<code>profile:CAP-JP:0.1</code>";
  d.level = "5";
  const auto refused = examined(xml(d));
  EXPECT_EQ(refused.code, "alert.invalid");
  ASSERT_EQ(refused.proposal.body.alert_refused().rules_size(), 1);
  EXPECT_EQ(refused.proposal.body.alert_refused().rules(0), "jp.level");
  d.before_info.clear();
  EXPECT_EQ(examined(xml(d)).code, "") << "a plain CAP alert is not held to it";
}

TEST(Examine, WhatIsToBeConfirmedIsHandedOn) {
  Document d;
  d.before_info = "<code>profile:CAP-JP:0.1</code>";
  auto bytes = xml(d);
  bytes.insert(bytes.find("川内町"), "職業訓練校");
  const auto result = examined(bytes);
  EXPECT_EQ(result.code, "");
  EXPECT_TRUE(std::any_of(result.findings.begin(), result.findings.end(), [](const auto& finding) {
    return finding.rule == "jp.livetext" && finding.severity == cap::Severity::confirm;
  }));
}

TEST(Examine, ARuleIsKeptOnceHoweverOftenItWarned) {
  auto bytes = xml({});
  for (int i = 0; i < 5; ++i)
    bytes.insert(bytes.find("</info>"), "<area><areaDesc>x</areaDesc></area>");
  for (int i = 0; i < 3; ++i) bytes.insert(bytes.find("<info>"), "<code></code>");
  const auto result = examined(bytes);
  const auto& warnings = result.proposal.body.alert_accepted().warnings();
  EXPECT_EQ(std::count(warnings.begin(), warnings.end(), "cap.R047"), 1);
}

TEST(Examine, APlainAlertHasNoLines) {
  const auto accepted = examined(xml({})).proposal.body.alert_accepted();
  EXPECT_EQ(accepted.lines_size(), 0);
  EXPECT_EQ(accepted.update_kind(), "");
}

TEST(Examine, AnAreaThatNamesTwoPlacesNamesNone) {
  Document two;
  two.geocode +=
      "<geocode><valueName>profile:CAP-JP:LGCode:0.1</valueName>"
      "<value>271004</value></geocode>";
  const auto accepted = examined(xml(two)).proposal.body.alert_accepted();
  EXPECT_EQ(accepted.areas_without_code(), 1u);
  EXPECT_EQ(accepted.summary().area_codes_size(), 0);
}

TEST(Examine, AnInfoWithoutAnAreaSpeaksForAPlaceThatCannotBeChecked) {
  auto bytes = xml({});
  const auto begin = bytes.find("<area>");
  bytes.erase(begin, bytes.find("</area>") + 7 - begin);
  const auto result = examined(bytes);
  ASSERT_EQ(result.code, "");
  EXPECT_EQ(result.proposal.body.alert_accepted().areas_without_code(), 1u);
}

std::string update_with(int references, const std::string& identifier) {
  Document d;
  d.type = "Update";
  d.before_info = "<references>";
  for (int i = 0; i < references; ++i) {
    auto named = identifier;
    if (named.empty()) named = "r" + std::to_string(i);
    d.before_info += "city.tokushima.lg.jp," + named + ",2026-11-22T02:00:00+09:00 ";
  }
  d.before_info += "</references>";
  return xml(d);
}

TEST(Examine, AReferenceCountsOnceHoweverOftenItIsWritten) {
  const auto repeated = examined(update_with(5000, "same"));
  ASSERT_EQ(repeated.code, "");
  EXPECT_EQ(repeated.proposal.body.alert_accepted().references_size(), 1);
}

TEST(Examine, AThousandReferencesAreTakenAndNotOneMore) {
  EXPECT_EQ(examined(update_with(1000, "")).code, "");
  const auto more = examined(update_with(1001, ""));
  EXPECT_EQ(more.code, "alert.invalid");
  EXPECT_EQ(more.findings.back().rule, "admission.references");
}

struct Taken {
  std::string status, type, scope, before_info, code;
};

class WhatIsTaken : public testing::TestWithParam<Taken> {};

TEST_P(WhatIsTaken, OnTheLivePath) {
  Document d;
  d.status = GetParam().status;
  d.type = GetParam().type;
  d.scope = GetParam().scope;
  d.before_info = GetParam().before_info;
  const auto result = examined(xml(d));
  EXPECT_EQ(result.code, GetParam().code);
  EXPECT_EQ(result.proposal.body.has_alert_refused(), !GetParam().code.empty());
  if (!GetParam().code.empty()) {
    ASSERT_FALSE(result.findings.empty());
    EXPECT_GT(result.findings.back().line, 0u) << "the place is named";
  }
}

constexpr auto references =
    "<references>city.tokushima.lg.jp,jp-362018-0,2026-11-22T02:00:00+09:00</references>";
constexpr auto note = "<note>n</note>";
INSTANTIATE_TEST_SUITE_P(
    Table, WhatIsTaken,
    testing::Values(Taken{"Actual", "Alert", "Public", "", ""},
                    Taken{"Actual", "Update", "Public", references, ""},
                    Taken{"Actual", "Cancel", "Public", references, ""},
                    Taken{"Exercise", "Alert", "Public", note, "auth.status"},
                    Taken{"Test", "Alert", "Public", "", "auth.status"},
                    Taken{"System", "Alert", "Public", "", "auth.status"},
                    Taken{"Draft", "Alert", "Public", "", "alert.invalid"},
                    Taken{"Actual", "Ack", "Public", references, "alert.invalid"},
                    Taken{"Actual", "Alert", "Restricted", "<restriction>r</restriction>",
                          "auth.scope"},
                    Taken{"Actual", "Alert", "Private", "<addresses>a</addresses>", "auth.scope"},
                    Taken{"Actual<!-- --> Exercise", "Alert", "Public", "", "alert.invalid"}));

TEST(Examine, ARefusalKeepsWhoAndWhyButNotTheBody) {
  const auto refused = examined("<alert>");
  EXPECT_EQ(refused.code, "xml.malformed");
  EXPECT_TRUE(refused.proposal.content == nullptr);
  EXPECT_EQ(refused.proposal.body.alert_refused().publisher(), "362018");
  EXPECT_EQ(refused.proposal.body.alert_refused().content_size(), 7u);
  EXPECT_GT(refused.proposal.body.alert_refused().rules_size(), 0);
}

}  // namespace
}  // namespace noroshi::admission
