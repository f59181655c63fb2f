// Who stands behind an alert as a person: an officer within their roles, and where the policy asks
// for it a second one. Kiyose 2024: one untrained person alone lifted an order still in force.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/admission/accepted_alerts.hpp"
#include "hub/admission/documents.hpp"
#include "hub/admission/drafts.hpp"
#include "hub/admission/refusal.hpp"
#include "hub/journal/judge.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::admission {

// What an alert's approval says while it is only proposed:
//   nothing                    sent by a system
//   author                     an officer sends alone
//   author, break-glass reason an officer sends alone what needs two
//   draft, author              an officer asks for a second person: it becomes a DraftSubmitted
//   draft, author, approver    the second person has signed
enum class Stand { system, alone, break_glass, draft, approved };
Stand stand_of(const v1::Approval& approval);
inline Stand stand_of(const v1::AlertAccepted& alert) { return stand_of(alert.approval()); }

// The officer whose token it was sent with; "" when it was no officer's.
const std::string& acting_officer(const v1::AlertAccepted& alert);

// Not registered, suspended, of another organisation, or without the role. All who stand behind the
// alert count, at this moment: auth.suspended, auth.role.
std::optional<Refusal> lacks_person(const v1::AlertAccepted& alert,
                                    const registry::Registry& registry);

// Why it takes two, each reason once: `level 4`, `lift`, `cancel`, `ends level 4` of a reference.
// Of what it follows without a reference, too. A level that is not known counts as 5.
std::vector<std::string> reasons_for_two(const v1::AlertAccepted& alert,
                                         const AcceptedAlerts& accepted,
                                         const Documents& documents);

// In a drill the policy is asked of officers, who practise what they will do, and not of systems,
// which play a whole prefecture's part.
//
// approval.required  takes two by the policy of the publisher or of who types for it, and there is
//                    one; or author and approver are the same person (approval.self)
// draft.unknown, draft.changed, draft.expired, draft.closed, draft.too-many
std::optional<Refusal> lacks_approval(const v1::AlertAccepted& alert,
                                      const registry::Registry& registry, const Drafts& drafts,
                                      const AcceptedAlerts& accepted, const Documents& documents,
                                      std::int64_t at_ms);

// `alert`, found good, as the draft it is submitted as.
v1::EntryBody as_draft(const v1::AlertAccepted& alert, std::int64_t at_ms);

// With every DraftClosed that is proposed: of which channel the officer's credential is. Without
// one no draft is found.
struct Closing final : journal::Circumstances {
  explicit Closing(const drills::Channel& of) : channel(of) {}
  drills::Channel channel;
};

// Of a DraftClosed: any officer of the author's or the publisher's organisation who drafts,
// approves or administers it may, in the channel of the draft. Again by whomever changes nothing.
journal::Decision decide_closing(const journal::Proposal& proposal,
                                 const registry::Registry& registry, const Drafts& drafts,
                                 std::int64_t at_ms);

}  // namespace noroshi::admission
