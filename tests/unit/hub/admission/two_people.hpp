// A city with two officers and a policy that asks for both, for tests of drafts and approvals.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hub/admission/alert_judge.hpp"
#include "hub/admission/approval.hpp"
#include "hub/admission/circumstances.hpp"
#include "hub/journal/journal.hpp"
#include "tests/unit/hub/admission/credential.hpp"
#include "tests/unit/hub/drills/channels.hpp"

namespace noroshi::admission {

inline constexpr const char* city = "362018";

inline v1::EntryBody officer(const std::string& login, const std::vector<std::string>& roles,
                             const std::string& publisher = city, bool suspended = false) {
  v1::EntryBody body;
  *body.mutable_officer_registered() =
      registry::write_officer({login, publisher, roles, suspended}, "");
  return body;
}

// Two officers of a city whose policy asks for two, over a log in memory; and two drills in which
// the city takes part, with a token for everybody in each.
class TwoPeople : public testing::Test {
 protected:
  // As examine() proposes it: an order of a level for the city, or an update of one.
  struct Order {
    std::string identifier = "a1";
    unsigned level = 4;
    std::string type = "Alert";
    std::vector<std::string> references = {};
    std::string bytes = {};  // its own by default
    bool lift = false;
  };

  TwoPeople() {
    register_publisher(city, true);
    register_publisher("362026", false);
    write(officer("kato", {"drafter"}));
    write(officer("mori", {"approver"}));
    write(officer("both", {"drafter", "approver"}));
    write(officer("naruto", {"drafter", "approver"}, "362026"));
    for (const auto* drill : {"east", "west"}) write(drill_opened(drill));
    for (const auto* drill : {"", "east", "west"}) {
      for (const auto* login : {"kato", "mori", "both", "naruto"})
        write(token(v1::TokenIssued::OFFICER, login, drill));
      write(token(v1::TokenIssued::PUBLISHER, city, drill));
    }
  }

  v1::EntryBody drill_opened(const std::string& id) const {
    v1::EntryBody body;
    auto& session = *body.mutable_drill_opened();
    session.set_id(id);
    session.add_publishers(city);
    session.set_from_ms(now_ms_);
    session.set_until_ms(now_ms_ + std::int64_t{86'400'000});
    return body;
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

  // Whose credential_of() is that of secret_of().
  static v1::EntryBody token(v1::TokenIssued::Kind kind, const std::string& id,
                             const std::string& drill) {
    auto body = token_of(secret_of(id, drill));
    auto& token = *body.mutable_token_issued();
    token.set_kind(kind);
    token.set_id(id);
    token.set_drill(drill);
    return body;
  }
  static std::string secret_of(const std::string& id, const std::string& drill) {
    return drill.empty() ? id : id + " in " + drill;
  }

  journal::Outcome write(v1::EntryBody body) {
    return append({std::move(body), std::nullopt, nullptr});
  }
  journal::Outcome append(const journal::Proposal& proposal) {
    const std::vector<journal::Proposal> group{proposal};
    return log_->append(group)->front();
  }

  journal::Proposal proposal(const Order& order, const std::string& credential_holder) const {
    journal::Proposal proposal;
    auto& alert = *proposal.body.mutable_alert_accepted();
    alert.set_publisher(city);
    alert.set_credential(
        credential_of(secret_of(credential_holder, token_drill_.value_or(drill_))));
    drills::testing::drill(drill_).mark(alert);
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
    summary.set_status(drill_.empty() ? "Actual" : "Exercise");
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
    return told(append({std::move(body), std::nullopt, nullptr,
                        std::make_shared<Closing>(drills::testing::drill(drill_))}));
  }

  std::string drill_;                       // in which everything is sent; "" the live path
  std::optional<std::string> token_drill_;  // of the credential; else as drill_
  std::int64_t now_ms_ = 1'795'316'400'000;
  AlertJudge judge_;
  std::unique_ptr<journal::Journal> log_ =
      journal::open_memory(1, "training", judge_, [this] { return now_ms_; });
};

}  // namespace noroshi::admission
