#include "hub/admission/alert_judge.hpp"

#include <algorithm>
#include <utility>

#include "proto/cap/finding.hpp"

namespace noroshi::admission {
namespace {

using journal::Accept;
using journal::AlreadyKnown;
using journal::Decision;
using journal::Sequence;

constexpr int routing_parts_max = 256;
constexpr std::size_t routing_bytes_max = 64 * 1024;
constexpr std::size_t rules_max = 100;

// The three values cannot contain a unit separator: cap.R010 and R011 forbid white space and the
// gate control characters.
std::string joined(const std::string& publisher, const std::string& sender,
                   const std::string& identifier) {
  return publisher + '\x1f' + sender + '\x1f' + identifier;
}

bool same_content(const v1::RoutingPart& a, const v1::RoutingPart& b) {
  return a.level() == b.level() &&
         std::equal(a.area_codes().begin(), a.area_codes().end(), b.area_codes().begin(),
                    b.area_codes().end()) &&
         std::equal(a.events().begin(), a.events().end(), b.events().begin(), b.events().end());
}

std::string serialised_routing(const v1::AlertAccepted& alert) {
  v1::AlertAccepted routing_only;
  *routing_only.mutable_routing() = alert.routing();
  routing_only.set_to_everybody(alert.to_everybody());
  return routing_only.SerializeAsString();
}

std::vector<std::string> with_values(std::string_view rule,
                                     const std::vector<std::string>& values) {
  std::vector<std::string> rules;
  for (const auto& value : values) {
    if (rules.size() == rules_max) break;
    rules.push_back(std::string(rule) + " " + value);
  }
  return rules;
}

}  // namespace

void AlertJudge::apply(const v1::Entry& entry) {
  registry_.apply(entry);
  if (entry.body().has_subscriber_registered()) subscription_changes_.push_back(entry.sequence());
  if (!entry.body().has_alert_accepted()) return;

  const auto& alert = entry.body().alert_accepted();
  const auto& summary = alert.summary();
  accepted_[joined(alert.publisher(), summary.sender(), summary.identifier())] =
      Accepted{entry.sequence(), alert.content_sha256(), serialised_routing(alert), false};
  if (summary.message_type() != "Cancel") return;
  for (const auto& reference : alert.references()) {
    const auto found =
        accepted_.find(joined(alert.publisher(), reference.sender(), reference.identifier()));
    if (found != accepted_.end()) found->second.cancelled = true;
  }
}

Decision AlertJudge::decide(const journal::Proposal& proposal, Sequence sequence, std::int64_t) {
  if (!proposal.body.has_alert_accepted()) return Accept{proposal.body};
  const auto& draft = proposal.body.alert_accepted();
  const auto& summary = draft.summary();

  const auto* publisher = registry_.publisher(draft.publisher());
  if (publisher == nullptr || publisher->suspended)
    return refuse(draft, "auth.suspended", draft.publisher(), {});
  if (!publisher->may_send_as(summary.sender()))
    return refuse(draft, "auth.sender", summary.sender(), {"auth.sender " + summary.sender()});

  std::vector<std::string> foreign;
  for (const auto& code : summary.area_codes())
    if (!publisher->may_speak_for(code)) foreign.push_back(code);
  if (draft.areas_without_code() > 0 && !publisher->may_speak_for("")) foreign.emplace_back("-");
  if (!foreign.empty())
    return refuse(draft, "auth.area", foreign.front(), with_values("auth.area", foreign));

  const auto* same_key = find(draft.publisher(), summary.sender(), summary.identifier());
  if (same_key != nullptr) {
    if (same_key->content_sha256 == draft.content_sha256()) return AlreadyKnown{same_key->sequence};
    return refuse(draft, "alert.conflict", summary.identifier(),
                  {"cap.R090 " + summary.identifier()});
  }

  std::vector<std::string> unknown;
  std::vector<std::string> cancelled;
  for (const auto& reference : draft.references()) {
    const auto* known = find(draft.publisher(), reference.sender(), reference.identifier());
    if (known == nullptr)
      unknown.push_back(reference.identifier());
    else if (known->cancelled)
      cancelled.push_back(reference.identifier());
  }
  if (!cancelled.empty())
    return refuse(draft, "alert.invalid", cancelled.front(), with_values("cap.R091", cancelled));
  if (summary.message_type() == "Cancel" &&
      static_cast<int>(unknown.size()) == draft.references_size())
    return refuse(draft, "alert.invalid", unknown.empty() ? "" : unknown.front(),
                  with_values("cap.R091", unknown));

  Accept accept{proposal.body};
  auto& alert = *accept.body.mutable_alert_accepted();
  for (const auto& identifier : unknown) alert.add_unknown_references(identifier);
  complete(alert, sequence);
  return accept;
}

Decision AlertJudge::refuse(const v1::AlertAccepted& draft, std::string code, std::string detail,
                            std::vector<std::string> rules) const {
  v1::EntryBody audit;
  auto& refused = *audit.mutable_alert_refused();
  refused.set_publisher(draft.publisher());
  refused.set_sender(cap::shown(draft.summary().sender()));
  refused.set_identifier(cap::shown(draft.summary().identifier()));
  refused.set_code(code);
  for (const auto& rule : rules) refused.add_rules(cap::shown(rule));
  refused.set_content_sha256(draft.content_sha256());
  refused.set_content_size(draft.content_size());
  refused.set_credential(draft.credential());
  return journal::Refuse{std::move(code), std::move(detail), std::move(rules), std::move(audit)};
}

void AlertJudge::complete(v1::AlertAccepted& alert, Sequence sequence) const {
  for (auto& reference : *alert.mutable_references()) {
    const auto* known = find(alert.publisher(), reference.sender(), reference.identifier());
    if (known == nullptr) continue;
    reference.set_sequence(known->sequence);
    alert.mutable_summary()->add_referenced_sequences(known->sequence);
  }
  route(alert, sequence);
  alert.set_subscribers(registry_.count_addressed(alert, sequence));
}

// Own part first, then what every referenced alert was routed by: whoever shows an order hears
// that it was changed, lifted or cancelled, even if the new text no longer names their place.
void AlertJudge::route(v1::AlertAccepted& alert, Sequence sequence) const {
  alert.mutable_routing(0)->set_sequence(sequence);
  for (const auto& reference : alert.references()) {
    const auto* known = find(alert.publisher(), reference.sender(), reference.identifier());
    if (known == nullptr) continue;
    v1::AlertAccepted earlier;
    if (!earlier.ParseFromString(known->routing)) continue;
    if (earlier.to_everybody()) alert.set_to_everybody(true);
    for (const auto& part : earlier.routing()) {
      const bool present =
          std::any_of(alert.routing().begin(), alert.routing().end(), [&](const auto& mine) {
            return same_content(mine, part) && same_subscriptions(mine.sequence(), part.sequence());
          });
      if (!present) *alert.add_routing() = part;
    }
  }
  std::size_t bytes = 0;
  for (const auto& part : alert.routing()) bytes += part.ByteSizeLong();
  if (alert.routing_size() <= routing_parts_max && bytes <= routing_bytes_max) return;
  alert.set_to_everybody(true);
  alert.mutable_routing()->DeleteSubrange(1, alert.routing_size() - 1);
}

const AlertJudge::Accepted* AlertJudge::find(const std::string& publisher,
                                             const std::string& sender,
                                             const std::string& identifier) const {
  const auto found = accepted_.find(joined(publisher, sender, identifier));
  return found == accepted_.end() ? nullptr : &found->second;
}

// Whether no subscription changed after the earlier of the two and up to the later.
bool AlertJudge::same_subscriptions(Sequence a, Sequence b) const {
  const auto [earlier, later] = std::minmax(a, b);
  const auto change =
      std::upper_bound(subscription_changes_.begin(), subscription_changes_.end(), earlier);
  return change == subscription_changes_.end() || *change > later;
}

}  // namespace noroshi::admission
