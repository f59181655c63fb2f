#include "hub/admission/approval.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "hub/admission/alert_judge.hpp"
#include "hub/admission/circumstances.hpp"
#include "hub/admission/questions.hpp"
#include "hub/journal/journal.hpp"
#include "tests/unit/hub/admission/credential.hpp"

namespace noroshi::admission {
namespace {

constexpr const char* city = "362018";

v1::EntryBody officer(const std::string& login, const std::vector<std::string>& roles,
                      const std::string& publisher = city, bool suspended = false) {
  v1::EntryBody body;
  *body.mutable_officer_registered() =
      registry::write_officer({login, publisher, roles, suspended}, "");
  return body;
}

// As examine() proposes it: an order of a level for the city, or an update of one.
struct Order {
  std::string identifier = "a1";
  unsigned level = 4;
  std::string type = "Alert";
  std::vector<std::string> references = {};
  std::string bytes = {};  // its own by default
  bool lift = false;
};

// Two officers of a city whose policy asks for two, over a log in memory.
class TwoPeople : public testing::Test {
 protected:
  TwoPeople() {
    register_publisher(city, true);
    register_publisher("362026", false);
    write(officer("kato", {"drafter"}));
    write(officer("mori", {"approver"}));
    write(officer("both", {"drafter", "approver"}));
    write(officer("naruto", {"drafter", "approver"}, "362026"));
    for (const auto* login : {"kato", "mori", "both", "naruto"}) write(token_of_officer(login));
    write(token_of(city));
  }

  void register_publisher(const std::string& code, bool two_people) {
    v1::EntryBody body;
    auto& publisher = *body.mutable_publisher_registered();
    publisher.set_code(code);
    publisher.add_senders("*");
    publisher.add_areas("*");
    publisher.mutable_policy()->set_two_people(two_people);
    write(body);
  }

  static v1::EntryBody token_of_officer(const std::string& login) {
    auto body = token_of(login);
    body.mutable_token_issued()->set_kind(v1::TokenIssued::OFFICER);
    return body;
  }

  journal::Outcome write(v1::EntryBody body) {
    return append({std::move(body), std::nullopt, nullptr});
  }
  journal::Outcome append(const journal::Proposal& proposal) {
    const std::vector<journal::Proposal> group{proposal};
    return log_->append(group)->front();
  }

  static journal::Proposal proposal(const Order& order, const std::string& credential_holder) {
    journal::Proposal proposal;
    auto& alert = *proposal.body.mutable_alert_accepted();
    alert.set_publisher(city);
    alert.set_credential(credential_of(credential_holder));
    alert.set_channel("live");
    proposal.content = std::make_shared<const std::string>(
        order.bytes.empty() ? "bytes of " + order.identifier : order.bytes);
    const auto hash = journal::content_hash(*proposal.content);
    alert.set_content_sha256(hash.data(), hash.size());
    auto& summary = *alert.mutable_summary();
    summary.set_sender("city.tokushima.lg.jp");
    summary.set_identifier(order.identifier);
    summary.set_message_type(order.type);
    summary.set_level(order.level);
    summary.add_area_codes(city);
    summary.set_status("Actual");
    auto& own = *alert.add_routing();
    own.add_area_codes(city);
    own.set_level(order.level);
    if (order.lift) {
      auto& line = *alert.add_lines();
      line.set_event("evac.l3");
      line.set_lift(true);
      line.add_districts("362018:*");
    }
    for (const auto& identifier : order.references) {
      auto& reference = *alert.add_references();
      reference.set_sender("city.tokushima.lg.jp");
      reference.set_identifier(identifier);
    }
    proposal.circumstances = std::make_shared<Circumstances>();
    return proposal;
  }

  static std::string told(const journal::Outcome& outcome) {
    if (const auto* refused = std::get_if<journal::Refused>(&outcome))
      return refused->rules.empty() ? refused->code : refused->code + " " + refused->rules.front();
    if (std::holds_alternative<journal::Known>(outcome)) return "known";
    const auto& body = std::get<journal::Committed>(outcome).stored->entry.body();
    return body.has_draft_submitted() ? "draft" : body.has_draft_closed() ? "closed" : "accepted";
  }

  std::string system(const Order& order) { return told(append(proposal(order, city))); }
  std::string alone(const Order& order, const std::string& login, const std::string& reason = "") {
    auto made = proposal(order, login);
    auto& approval = *made.body.mutable_alert_accepted()->mutable_approval();
    approval.set_author(login);
    approval.set_break_glass_reason(reason);
    return told(append(made));
  }
  std::string draft(const Order& order, const std::string& id, const std::string& login = "kato") {
    auto made = proposal(order, login);
    auto& approval = *made.body.mutable_alert_accepted()->mutable_approval();
    approval.set_author(login);
    approval.set_draft(id);
    return told(append(made));
  }
  std::string approve(const Order& order, const std::string& id, const std::string& login = "mori",
                      const std::string& author = "kato") {
    auto made = proposal(order, login);
    auto& approval = *made.body.mutable_alert_accepted()->mutable_approval();
    approval.set_author(author);
    approval.set_approver(login);
    approval.set_draft(id);
    return told(append(made));
  }
  std::string withdraw(const std::string& id, const std::string& login) {
    v1::EntryBody body;
    body.mutable_draft_closed()->set_id(id);
    body.mutable_draft_closed()->set_by(login);
    return told(write(body));
  }

  std::int64_t now_ms_ = 1'795'316'400'000;
  AlertJudge judge_;
  std::unique_ptr<journal::Journal> log_ =
      journal::open_memory(1, "training", judge_, [this] { return now_ms_; });
};

TEST_F(TwoPeople, ASystemTokenNeverSendsAloneWhatTakesTwo) {
  EXPECT_EQ(system({}), "approval.required approval.required level 4");
  EXPECT_EQ(system({.identifier = "a5", .level = 5}),
            "approval.required approval.required level 5");
  EXPECT_EQ(system({.identifier = "a9", .level = 255}),
            "approval.required approval.required level 5")
      << "what is not known counts as 5";
  EXPECT_EQ(system({.identifier = "l3", .level = 3}), "accepted");
  EXPECT_EQ(system({.identifier = "l3-lift",
                    .level = 3,
                    .type = "Update",
                    .references = {"l3"},
                    .lift = true}),
            "approval.required approval.required lift");
  EXPECT_EQ(system({.identifier = "c", .level = 0, .type = "Cancel", .references = {"l3"}}),
            "approval.required approval.required cancel");
}

TEST_F(TwoPeople, TheSecondSignsAndTheOrderGoesOut) {
  const Order order;
  EXPECT_EQ(draft(order, "d1"), "draft");
  EXPECT_EQ(judge_.drafts().waiting(city, now_ms_), 1U);
  EXPECT_EQ(approve(order, "d1"), "accepted");
  EXPECT_EQ(judge_.drafts().find("d1")->end, Draft::End::approved);
  EXPECT_EQ(approve(order, "d1"), "known") << "twice is once";
  now_ms_ += draft_life_ms;
  EXPECT_EQ(approve(order, "d1"), "known");
}

TEST_F(TwoPeople, Kiyose2024OneAloneDoesNotLiftAnOrderInForce) {
  draft({}, "d1");
  ASSERT_EQ(approve({}, "d1"), "accepted");
  const Order lift{
      .identifier = "a2", .level = 4, .type = "Update", .references = {"a1"}, .lift = true};
  EXPECT_EQ(alone(lift, "both"), "approval.required approval.required level 4");
  const Order without_a_word{
      .identifier = "a3", .level = 0, .type = "Update", .references = {"a1"}};
  EXPECT_EQ(alone(without_a_word, "both"), "approval.required approval.required ends level 4")
      << "an update that states nothing takes the order's place, too";
  EXPECT_EQ(draft(lift, "d2", "both"), "draft");
  EXPECT_EQ(approve(lift, "d2", "both", "both"), "approval.required approval.self both");
  EXPECT_EQ(approve(lift, "d2", "mori", "both"), "accepted");
}

TEST_F(TwoPeople, BreakGlassGoesOutAloneWithItsReasonInTheLog) {
  EXPECT_EQ(alone({}, "kato", "夜間で一人、川があふれた"), "accepted");
  EXPECT_EQ(alone({.identifier = "b"}, "naruto", "夜間で一人"), "auth.role");
}

TEST_F(TwoPeople, WhoMayIsJudgedWhenItIsSigned) {
  const Order order;
  EXPECT_EQ(draft(order, "d0", "mori"), "auth.role") << "an approver drafts nothing";
  EXPECT_EQ(draft(order, "d1"), "draft");
  EXPECT_EQ(approve(order, "d1", "kato"), "auth.role") << "a drafter approves nothing";
  EXPECT_EQ(approve(order, "d1", "naruto"), "auth.role") << "of another city";
  EXPECT_EQ(approve(order, "d1", "nobody"), "auth.required");
  write(officer("mori", {"approver"}, city, true));
  EXPECT_EQ(approve(order, "d1"), "auth.suspended");
  write(officer("mori", {"approver"}));
  write(officer("kato", {"drafter"}, city, true));
  EXPECT_EQ(approve(order, "d1"), "auth.suspended") << "so does the author's standing";
  write(officer("kato", {"drafter"}));
  EXPECT_EQ(approve(order, "d1"), "accepted");
}

TEST_F(TwoPeople, WhatIsSignedIsExactlyWhatWasDrafted) {
  draft({}, "d1");
  EXPECT_EQ(approve({.bytes = "other bytes"}, "d1"), "draft.changed");
  EXPECT_EQ(approve({}, "d1", "mori", "both"), "draft.changed") << "and by whom";
  EXPECT_EQ(approve({}, "d7"), "draft.unknown");
}

TEST_F(TwoPeople, ADraftEndsAfterTenMinutesOrWithdrawnOrEdited) {
  draft({}, "d1");
  now_ms_ += draft_life_ms;
  EXPECT_EQ(approve({}, "d1"), "draft.expired");
  EXPECT_EQ(draft({}, "d2"), "draft") << "again is a new one";
  EXPECT_EQ(draft({.bytes = "edited"}, "d3"), "draft");
  EXPECT_EQ(approve({}, "d2"), "draft.closed") << "the edit voids it";
  EXPECT_EQ(withdraw("d3", "naruto"), "draft.unknown");
  EXPECT_EQ(withdraw("d3", "mori"), "closed");
  EXPECT_EQ(withdraw("d3", "kato"), "known");
  EXPECT_EQ(approve({.bytes = "edited"}, "d3"), "draft.closed");
}

TEST_F(TwoPeople, TheSameDraftAgainIsTheSameDraft) {
  EXPECT_EQ(draft({}, "d1"), "draft");
  EXPECT_EQ(draft({}, "d2"), "known");
  EXPECT_EQ(judge_.drafts().find("d2"), nullptr);
  EXPECT_EQ(draft({}, "d2", "both"), "draft") << "another officer's is another";
}

TEST_F(TwoPeople, WaitingDraftsAreBounded) {
  for (std::size_t i = 0; i < drafts_waiting_max; ++i) {
    const auto id = std::to_string(i);
    ASSERT_EQ(draft({.identifier = "a" + id}, "d" + id), "draft");
  }
  EXPECT_EQ(draft({.identifier = "more"}, "more"), "draft.too-many");
  now_ms_ += draft_life_ms;
  EXPECT_EQ(draft({.identifier = "more"}, "more"), "draft");
}

TEST_F(TwoPeople, WithoutThePolicyAnOfficerWhoDraftsSends) {
  register_publisher(city, false);
  EXPECT_EQ(alone({}, "kato"), "accepted");
  EXPECT_EQ(alone({.identifier = "b"}, "mori"), "auth.role");
  EXPECT_EQ(system({.identifier = "c"}), "accepted");
}

TEST_F(TwoPeople, TheFoldIsTheSameFromTheLog) {
  draft({}, "d1");
  draft({.identifier = "a2"}, "d2");
  approve({}, "d1");
  Drafts again;
  const auto entries = log_->read(0, {10'000, 1 << 30});
  ASSERT_TRUE(entries);
  for (const auto& stored : *entries) again.apply(stored->entry);
  EXPECT_EQ(again.find("d1")->end, Draft::End::approved);
  EXPECT_TRUE(again.find("d2")->waits_at(now_ms_));
  EXPECT_EQ(again.waiting(city, now_ms_), judge_.drafts().waiting(city, now_ms_));
}

TEST_F(TwoPeople, WhatADraftAsksIsAskedOfBoth) {
  auto made = proposal({}, "kato");
  auto& approval = *made.body.mutable_alert_accepted()->mutable_approval();
  approval.set_author("kato");
  approval.set_draft("d1");
  Circumstances asked;
  asked.questions = {"area.large 徳島市"};
  made.circumstances = std::make_shared<Circumstances>(std::move(asked));
  EXPECT_EQ(told(append(made)), "confirm.required area.large 徳島市");
  Circumstances answered;
  answered.questions = {"area.large 徳島市"};
  answered.answered = {digest_of("area.large 徳島市")};
  made.circumstances = std::make_shared<Circumstances>(std::move(answered));
  EXPECT_EQ(told(append(made)), "draft");
}

}  // namespace
}  // namespace noroshi::admission
