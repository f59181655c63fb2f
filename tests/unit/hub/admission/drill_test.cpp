#include "hub/admission/drill.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "hub/admission/alert_judge.hpp"
#include "hub/admission/examine.hpp"
#include "tests/unit/hub/drills/channels.hpp"

namespace noroshi::admission {
namespace {

using drills::testing::drill;
using drills::testing::live;
using journal::Accept;
using journal::AlreadyKnown;
using journal::Refuse;

constexpr std::int64_t from_ms = 1'000'000;
constexpr std::int64_t until_ms = 2'000'000;

std::string document(const std::string& status, const std::vector<std::string>& sessions,
                     const std::string& code = "") {
  std::string text = R"(<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>i</identifier><sender>s</sender><sent>2026-11-22T03:00:00+09:00</sent><status>)" +
                     status + "</status><msgType>Alert</msgType><scope>Public</scope>" + code;
  for (const auto& session : sessions) {
    text +=
        "<info><category>Safety</category><event>e</event><urgency>Immediate</urgency>"
        "<severity>Severe</severity><certainty>Likely</certainty><headline>【訓練】h</headline>";
    if (!session.empty())
      text += "<parameter><valueName>layer:CAP-JP:0.1:DrillId</valueName><value>" + session +
              "</value></parameter>";
    text += "<area><areaDesc>a</areaDesc></area></info>";
  }
  return text + "</alert>";
}

struct Sent {
  std::string name;
  drills::Channel channel;
  std::string status;
  std::vector<std::string> sessions;  // one info block each, "" without a DrillId
  std::string code;
};

class WhatAChannelTakes : public testing::TestWithParam<Sent> {};

TEST_P(WhatAChannelTakes, ByStatusAndDrillId) {
  const auto& sent = GetParam();
  const auto bytes = std::make_shared<const std::string>(document(sent.status, sent.sessions));
  const auto examined = examine({"362018", "cafe", sent.channel, bytes, std::nullopt}, from_ms);
  EXPECT_EQ(examined.code, sent.code) << examined.detail;
  if (sent.code.empty()) {
    EXPECT_EQ(examined.proposal.body.alert_accepted().channel(), sent.channel.name());
    EXPECT_EQ(examined.proposal.body.alert_accepted().drill(), sent.channel.drill());
    EXPECT_EQ(examined.proposal.key->publisher, drills::qualified(sent.channel.drill(), "362018"));
  } else {
    EXPECT_EQ(examined.proposal.body.alert_refused().drill(), sent.channel.drill());
    ASSERT_FALSE(examined.findings.empty());
    EXPECT_GT(examined.findings.back().line, 0u) << "the place is named";
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, WhatAChannelTakes,
    testing::Values(Sent{"LiveActual", live(), "Actual", {""}, ""},
                    Sent{"LiveExercise", live(), "Exercise", {"a"}, "auth.status"},
                    Sent{"LiveTest", live(), "Test", {""}, "auth.status"},
                    Sent{"LiveOfADrill", live(), "Actual", {"", "a"}, "auth.status"},
                    Sent{"DrillExercise", drill("a"), "Exercise", {"a"}, ""},
                    Sent{"DrillTest", drill("a"), "Test", {"a", "a"}, ""},
                    Sent{"DrillPlainCapNamesNone", drill("a"), "Test", {""}, ""},
                    Sent{"DrillActual", drill("a"), "Actual", {""}, "auth.status"},
                    Sent{"DrillSystem", drill("a"), "System", {"a"}, "auth.status"},
                    Sent{"AnotherDrill", drill("a"), "Exercise", {"b"}, "auth.status"},
                    Sent{"OneBlockOfAnother", drill("a"), "Exercise", {"a", "b"}, "auth.status"}),
    [](const auto& test) { return test.param.name; });

TEST(ObjectionToClass, ACapJpDocumentOfADrillNamesIt) {
  cap::Alert alert;
  alert.status = "Exercise";
  alert.code = {"profile:CAP-JP:0.1"};
  alert.info.emplace_back();
  EXPECT_TRUE(objection_to_class(alert, drill("a")));
  cap::NamedValue session;
  session.value_name = "layer:CAP-JP:0.1:DrillId";
  session.value = "a";
  alert.info[0].parameter.push_back(session);
  EXPECT_FALSE(objection_to_class(alert, drill("a")));
  EXPECT_TRUE(objection_to_class(alert, drill("b")));
}

class DrillJudgement : public testing::Test {
 protected:
  DrillJudgement() {
    for (const auto* code : {"362018", "362026"}) {
      v1::EntryBody body;
      body.mutable_publisher_registered()->set_code(code);
      body.mutable_publisher_registered()->add_senders("*");
      body.mutable_publisher_registered()->add_areas("*");
      append(body);
    }
    for (const auto* id : {"tv", "radio"}) {
      v1::EntryBody body;
      body.mutable_subscriber_registered()->set_id(id);
      body.mutable_subscriber_registered()->add_areas("*");
      append(body);
    }
    v1::EntryBody body;
    auto& session = *body.mutable_drill_opened();
    session.set_id("a");
    session.add_publishers("362018");
    session.add_subscribers("tv");
    session.set_from_ms(from_ms);
    session.set_until_ms(until_ms);
    append(body);
    for (const std::string drill : {"", "a", "unknown"})
      for (const auto* code : {"362018", "362026"}) {
        v1::EntryBody issued;
        auto& token = *issued.mutable_token_issued();
        token.set_kind(v1::TokenIssued::PUBLISHER);
        token.set_id(code);
        token.set_drill(drill);
        const auto hash = journal::content_hash(drill + code);
        token.set_token_sha256(hash.data(), hash.size());
        append(issued);
      }
  }

  journal::Sequence append(const v1::EntryBody& body) {
    v1::Entry entry;
    entry.set_sequence(++head_);
    *entry.mutable_body() = body;
    judge_.apply(entry);
    return head_;
  }

  journal::Proposal alert(const drills::Channel& channel, const std::string& identifier,
                          const std::string& type = "Alert", const std::string& refers_to = "",
                          const std::string& publisher = "362018") {
    journal::Proposal proposal;
    auto& draft = *proposal.body.mutable_alert_accepted();
    channel.mark(draft);
    draft.set_publisher(publisher);
    draft.set_credential(
        judge_.registry().principal_of(channel.drill() + publisher).value().credential);
    draft.set_content_sha256(identifier);
    draft.mutable_summary()->set_sender("s");
    draft.mutable_summary()->set_identifier(identifier);
    draft.mutable_summary()->set_message_type(type);
    draft.add_routing();
    if (!refers_to.empty()) {
      draft.add_references()->set_sender("s");
      draft.mutable_references(0)->set_identifier(refers_to);
    }
    return proposal;
  }

  journal::Decision decide(const journal::Proposal& proposal, std::int64_t at_ms = from_ms) {
    return judge_.decide(proposal, head_ + 1, at_ms);
  }
  v1::AlertAccepted accept(const journal::Proposal& proposal) {
    const auto decision = decide(proposal);
    const auto* accepted = std::get_if<Accept>(&decision);
    EXPECT_NE(accepted, nullptr);
    if (accepted == nullptr) return {};
    append(accepted->body);
    return accepted->body.alert_accepted();
  }
  std::string refusal(const journal::Proposal& proposal, std::int64_t at_ms = from_ms) {
    const auto decision = decide(proposal, at_ms);
    const auto* refused = std::get_if<Refuse>(&decision);
    return refused == nullptr ? "accepted" : refused->code;
  }

  AlertJudge judge_;
  journal::Sequence head_ = 0;
};

TEST_F(DrillJudgement, OnlyWhoTakesPartAndOnlyInItsWindow) {
  EXPECT_EQ(refusal(alert(drill("a"), "1")), "accepted");
  EXPECT_EQ(refusal(alert(drill("a"), "1", "Alert", "", "362026")), "auth.status");
  EXPECT_EQ(refusal(alert(drill("unknown"), "1")), "auth.status");
  EXPECT_EQ(refusal(alert(drill("a"), "1"), from_ms - 1), "drill.closed");
  EXPECT_EQ(refusal(alert(drill("a"), "1"), until_ms - 1), "accepted");
  EXPECT_EQ(refusal(alert(drill("a"), "1"), until_ms), "drill.closed");
  EXPECT_EQ(refusal(alert(live(), "1"), until_ms), "accepted") << "live has no window";
}

TEST_F(DrillJudgement, ACredentialOfAnotherClassIsRefusedAtTheHeadToo) {
  auto torn = alert(drill("a"), "1");
  torn.body.mutable_alert_accepted()->set_credential(
      alert(live(), "1").body.alert_accepted().credential());
  EXPECT_EQ(refusal(torn), "auth.status");
  torn = alert(live(), "1");
  torn.body.mutable_alert_accepted()->set_credential(
      alert(drill("a"), "1").body.alert_accepted().credential());
  EXPECT_EQ(refusal(torn), "auth.status");
}

TEST_F(DrillJudgement, WhatWasTakenStaysKnownAfterTheEnd) {
  accept(alert(drill("a"), "1"));
  EXPECT_TRUE(std::holds_alternative<AlreadyKnown>(decide(alert(drill("a"), "1"), until_ms)));
}

TEST_F(DrillJudgement, IsAddressedToWhoTakesPart) {
  EXPECT_EQ(accept(alert(drill("a"), "1")).subscribers(), 1u);
  EXPECT_EQ(accept(alert(live(), "1")).subscribers(), 2u);
}

TEST_F(DrillJudgement, TheSameKeyIsAnotherAlertInAnotherChannel) {
  accept(alert(live(), "1"));
  EXPECT_EQ(refusal(alert(drill("a"), "1")), "accepted");
}

TEST_F(DrillJudgement, AReferenceIsLookedForInItsOwnChannelOnly) {
  accept(alert(live(), "order"));
  accept(alert(drill("a"), "exercise"));
  const auto crossing = accept(alert(drill("a"), "2", "Update", "order"));
  EXPECT_EQ(crossing.summary().referenced_sequences_size(), 0);
  EXPECT_EQ(crossing.unknown_references_size(), 1);
  EXPECT_EQ(accept(alert(live(), "2", "Update", "exercise")).unknown_references_size(), 1);
  EXPECT_EQ(accept(alert(drill("a"), "3", "Update", "exercise")).unknown_references_size(), 0);
  EXPECT_EQ(refusal(alert(drill("a"), "4", "Cancel", "order")), "alert.invalid")
      << "nothing it knows";
}

}  // namespace
}  // namespace noroshi::admission
