#include "hub/admission/alert_judge.hpp"

#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "tests/unit/hub/admission/credential.hpp"

namespace noroshi::admission {
namespace {

using journal::Accept;
using journal::AlreadyKnown;
using journal::Proposal;
using journal::Refuse;
using journal::Sequence;

struct Reference {
  std::string sender, identifier;
};

Proposal alert(const std::string& publisher, const std::string& identifier,
               const std::vector<std::string>& codes, const std::string& type = "Alert",
               const std::vector<Reference>& references = {}) {
  Proposal proposal;
  auto& draft = *proposal.body.mutable_alert_accepted();
  draft.set_publisher(publisher);
  draft.set_credential(credential_of(publisher));
  draft.set_channel("live");
  draft.set_content_sha256("hash of " + identifier);
  auto& summary = *draft.mutable_summary();
  summary.set_sender("city.tokushima.lg.jp");
  summary.set_identifier(identifier);
  summary.set_message_type(type);
  auto& own = *draft.add_routing();
  for (const auto& code : codes) {
    summary.add_area_codes(code);
    own.add_area_codes(code);
  }
  own.add_events("evac.l4");
  own.set_level(4);
  for (const auto& reference : references) {
    auto& added = *draft.add_references();
    added.set_sender(reference.sender);
    added.set_identifier(reference.identifier);
  }
  return proposal;
}

class AlertJudgeTest : public testing::Test {
 protected:
  AlertJudgeTest() {
    add_publisher("362018", {"city.tokushima.lg.jp"}, {"362018"});
    add_publisher("relay", {"*"}, {"*"});
  }

  void add_publisher(const std::string& code, const std::vector<std::string>& senders,
                     const std::vector<std::string>& areas) {
    v1::EntryBody body;
    auto& publisher = *body.mutable_publisher_registered();
    publisher.set_code(code);
    for (const auto& sender : senders) publisher.add_senders(sender);
    for (const auto& area : areas) publisher.add_areas(area);
    append(body);
    append(token_of(code));
  }

  void add_subscriber(const std::string& id, const std::string& area) {
    v1::EntryBody body;
    body.mutable_subscriber_registered()->set_id(id);
    body.mutable_subscriber_registered()->add_areas(area);
    append(body);
  }

  Sequence append(const v1::EntryBody& body) {
    v1::Entry entry;
    entry.set_sequence(++head_);
    *entry.mutable_body() = body;
    judge_.apply(entry);
    return head_;
  }

  journal::Decision decide(const Proposal& proposal) {
    return judge_.decide(proposal, head_ + 1, 0);
  }

  // Decides and, when accepted, appends: as the journal does.
  v1::AlertAccepted accept(const Proposal& proposal) {
    const auto decision = decide(proposal);
    const auto* accepted = std::get_if<Accept>(&decision);
    EXPECT_NE(accepted, nullptr);
    if (accepted == nullptr) return {};
    append(accepted->body);
    return accepted->body.alert_accepted();
  }

  std::string refusal(const Proposal& proposal) {
    const auto decision = decide(proposal);
    const auto* refused = std::get_if<Refuse>(&decision);
    return refused == nullptr ? "accepted" : refused->code;
  }

  AlertJudge judge_;
  Sequence head_ = 0;
};

TEST_F(AlertJudgeTest, ACitySpeaksForItself) {
  EXPECT_EQ(refusal(alert("362018", "a", {"362018"})), "accepted");
}

TEST_F(AlertJudgeTest, NobodySpeaksForAForeignAreaNorForOneWithoutACode) {
  EXPECT_EQ(refusal(alert("362018", "a", {"362018", "362026"})), "auth.area");
  auto uncoded = alert("362018", "a", {"362018"});
  uncoded.body.mutable_alert_accepted()->set_areas_without_code(1);
  EXPECT_EQ(refusal(uncoded), "auth.area");
  auto relayed = alert("relay", "a", {"271004"});
  relayed.body.mutable_alert_accepted()->set_areas_without_code(1);
  EXPECT_EQ(refusal(relayed), "accepted") << "registered for *";
}

TEST_F(AlertJudgeTest, NobodySpeaksUnderAForeignSender) {
  auto foreign = alert("362018", "a", {"362018"});
  foreign.body.mutable_alert_accepted()->mutable_summary()->set_sender("pref.osaka.lg.jp");
  EXPECT_EQ(refusal(foreign), "auth.sender");
}

TEST_F(AlertJudgeTest, TheUnknownAndTheSuspendedDoNotSpeak) {
  EXPECT_EQ(refusal(alert("stranger", "a", {"362018"})), "auth.required");
  append(token_of("stranger"));
  EXPECT_EQ(refusal(alert("stranger", "a", {"362018"})), "auth.suspended");
  v1::EntryBody body;
  auto& publisher = *body.mutable_publisher_registered();
  publisher.set_code("362018");
  publisher.add_senders("*");
  publisher.add_areas("*");
  publisher.set_suspended(true);
  append(body);
  EXPECT_EQ(refusal(alert("362018", "a", {"362018"})), "auth.suspended");
}

TEST_F(AlertJudgeTest, SameKeySameBytesIsKnownOtherBytesConflict) {
  accept(alert("362018", "a", {"362018"}));
  const auto again = decide(alert("362018", "a", {"362018"}));
  ASSERT_TRUE(std::holds_alternative<AlreadyKnown>(again));
  EXPECT_EQ(std::get<AlreadyKnown>(again).sequence, head_);
  auto other = alert("362018", "a", {"362018"});
  other.body.mutable_alert_accepted()->set_content_sha256("other");
  EXPECT_EQ(refusal(other), "alert.conflict");
  EXPECT_EQ(refusal(alert("relay", "a", {"362018"})), "accepted") << "another publisher's key";
}

TEST_F(AlertJudgeTest, ARefusalIsAuditedWithoutItsBody) {
  const auto decision = decide(alert("362018", "a", {"271004"}));
  const auto& refused = std::get<Refuse>(decision);
  ASSERT_TRUE(refused.audit.has_value());
  EXPECT_EQ(refused.audit->alert_refused().code(), "auth.area");
  EXPECT_EQ(refused.audit->alert_refused().identifier(), "a");
  EXPECT_EQ(refused.rules, std::vector<std::string>{"auth.area 271004"});
}

TEST_F(AlertJudgeTest, ReferencesAreResolvedAmongOnesOwnAlerts) {
  const auto first = accept(alert("362018", "a", {"362018"}));
  const auto at = head_;
  const auto update =
      accept(alert("362018", "b", {"362018"}, "Update", {{"city.tokushima.lg.jp", "a"}}));
  ASSERT_EQ(update.summary().referenced_sequences_size(), 1);
  EXPECT_EQ(update.summary().referenced_sequences(0), at);
  const auto stranger =
      accept(alert("relay", "c", {"362018"}, "Update", {{"city.tokushima.lg.jp", "a"}}));
  EXPECT_EQ(stranger.summary().referenced_sequences_size(), 0);
  EXPECT_EQ(stranger.unknown_references(0), "a");
}

TEST_F(AlertJudgeTest, ACancelledAlertIsReferredToNoMore) {
  accept(alert("362018", "a", {"362018"}));
  accept(alert("362018", "b", {}, "Cancel", {{"city.tokushima.lg.jp", "a"}}));
  EXPECT_EQ(refusal(alert("362018", "c", {"362018"}, "Update", {{"city.tokushima.lg.jp", "a"}})),
            "alert.invalid");
}

TEST_F(AlertJudgeTest, ACancelOfUnknownAlertsOnlyIsRefused) {
  EXPECT_EQ(refusal(alert("362018", "b", {}, "Cancel", {{"city.tokushima.lg.jp", "never"}})),
            "alert.invalid");
}

TEST_F(AlertJudgeTest, AFollowUpReachesWhoeverGotWhatItReferences) {
  add_publisher("360007", {"*"}, {"36"});
  add_subscriber("tokushima-tv", "362018");
  add_subscriber("naruto-radio", "362026");
  const auto order = accept(alert("360007", "a", {"362018"}));
  EXPECT_EQ(order.subscribers(), 1u);
  const auto moved =
      accept(alert("360007", "b", {"362026"}, "Update", {{"city.tokushima.lg.jp", "a"}}));
  EXPECT_EQ(moved.subscribers(), 2u);
  const auto cancel = accept(alert("360007", "c", {}, "Cancel", {{"city.tokushima.lg.jp", "b"}}));
  EXPECT_EQ(cancel.subscribers(), 2u) << "also those who only got what b referenced";
}

TEST_F(AlertJudgeTest, RoutingDoesNotGrowWhileNothingChanges) {
  add_subscriber("tv", "36");
  accept(alert("362018", "r0", {"362018"}));
  std::vector<Reference> references{{"city.tokushima.lg.jp", "r0"}};
  v1::AlertAccepted last;
  for (int i = 1; i <= 50; ++i) {
    const auto identifier = "r" + std::to_string(i);
    last = accept(alert("362018", identifier, {"362018"}, "Update", references));
    references.push_back({"city.tokushima.lg.jp", identifier});
  }
  EXPECT_EQ(last.routing_size(), 1);
  add_subscriber("late-tv", "36");
  last = accept(alert("362018", "r51", {"362018"}, "Update", references));
  EXPECT_EQ(last.routing_size(), 2) << "one from before the new subscriber, one from after";
  EXPECT_EQ(last.subscribers(), 2u);
}

TEST_F(AlertJudgeTest, ARefusalKeepsAtMostAHundredRules) {
  std::vector<Reference> references;
  for (int i = 0; i < 500; ++i) references.push_back({"city.tokushima.lg.jp", std::to_string(i)});
  const auto decision = decide(alert("362018", "b", {}, "Cancel", references));
  EXPECT_EQ(std::get<Refuse>(decision).rules.size(), 100u);
}

TEST_F(AlertJudgeTest, RoutingTooLargeToCarryGoesToEverybody) {
  std::vector<Reference> references;
  v1::AlertAccepted last;
  for (int i = 0; i < 20; ++i) {
    auto next = alert("relay", "r" + std::to_string(i), {}, "Update", references);
    auto& own = *next.body.mutable_alert_accepted()->mutable_routing(0);
    own.set_events(0, std::string(8000, static_cast<char>('a' + i)));
    last = accept(next);
    references = {{"city.tokushima.lg.jp", "r" + std::to_string(i)}};
  }
  EXPECT_TRUE(last.to_everybody());
  EXPECT_LE(last.ByteSizeLong(), 100'000u);
}

TEST_F(AlertJudgeTest, WhatTheLogSaysRebuildsTheSameJudge) {
  AlertJudge rebuilt;
  v1::Entry publisher;
  publisher.set_sequence(1);
  auto& registered = *publisher.mutable_body()->mutable_publisher_registered();
  registered.set_code("362018");
  registered.add_senders("city.tokushima.lg.jp");
  registered.add_areas("362018");
  rebuilt.apply(publisher);
  v1::Entry token;
  token.set_sequence(2);
  *token.mutable_body() = token_of("362018");
  rebuilt.apply(token);
  v1::Entry accepted;
  accepted.set_sequence(3);
  *accepted.mutable_body() = alert("362018", "a", {"362018"}).body;
  rebuilt.apply(accepted);
  const auto again = rebuilt.decide(alert("362018", "a", {"362018"}), 4, 0);
  EXPECT_TRUE(std::holds_alternative<AlreadyKnown>(again));
}

void order_line(Proposal& proposal, const std::string& document, unsigned revision,
                const std::string& district) {
  auto& draft = *proposal.body.mutable_alert_accepted();
  draft.mutable_summary()->set_document(document);
  draft.mutable_summary()->set_revision(revision);
  auto& line = *draft.add_lines();
  line.set_event("evac.l4");
  line.add_districts(district);
}

TEST_F(AlertJudgeTest, OfTwoUpdatesOfOneAlertTheSecondIsStale) {
  accept(alert("362018", "a", {"362018"}));
  accept(alert("362018", "b", {"362018"}, "Update", {{"city.tokushima.lg.jp", "a"}}));
  const auto decision =
      decide(alert("362018", "c", {"362018"}, "Update", {{"city.tokushima.lg.jp", "a"}}));
  const auto* refused = std::get_if<Refuse>(&decision);
  ASSERT_NE(refused, nullptr);
  EXPECT_EQ(refused->code, "alert.stale");
  EXPECT_EQ(refused->rules, std::vector<std::string>{"life.stale b"});
  EXPECT_EQ(refused->audit->alert_refused().code(), "alert.stale");
}

TEST_F(AlertJudgeTest, WhoeverShowsADocumentHearsOfARevisionThatDoesNotNameWhatTheyShow) {
  add_subscriber("tv", "362026");
  auto first = alert("relay", "a", {"362026"});
  order_line(first, "D", 1, "362026:*");
  const auto shown = accept(first);
  EXPECT_EQ(shown.subscribers(), 1u);
  auto after_a_restore = alert("relay", "c", {"362018"}, "Update", {{"s", "never seen here"}});
  order_line(after_a_restore, "D", 3, "362018:*");
  const auto accepted = accept(after_a_restore);
  EXPECT_EQ(accepted.subscribers(), 1u);
  ASSERT_EQ(accepted.summary().referenced_sequences_size(), 1);
  EXPECT_EQ(accepted.summary().referenced_sequences(0), shown.routing(0).sequence());
  EXPECT_EQ(accepted.warnings_size(), 2) << "life.unknown, life.uncovered";
}

TEST_F(AlertJudgeTest, WhatWantsConfirmingIsAskedOrWhereNobodyAsksWrittenDown) {
  auto over = alert("362018", "asked", {"362018"});
  order_line(over, "A", 1, "362018:kawauchi");
  accept(over);
  auto beside = alert("362018", "beside", {"362018"});
  order_line(beside, "B", 1, "362018:*");
  EXPECT_EQ(refusal(beside), "confirm.required");

  judge_ = AlertJudge(AlertJudge::Questioning::note);
  head_ = 0;
  add_publisher("362018", {"city.tokushima.lg.jp"}, {"362018"});
  auto first = alert("362018", "a", {"362018"});
  order_line(first, "D", 1, "362018:kawauchi");
  accept(first);
  auto second = alert("362018", "b", {"362018"});
  order_line(second, "E", 1, "362018:*");
  const auto accepted = accept(second);
  ASSERT_EQ(accepted.warnings_size(), 1);
  EXPECT_EQ(accepted.warnings(0), "life.overlap");
}

}  // namespace
}  // namespace noroshi::admission
