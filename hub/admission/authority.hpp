// Who may say what about which place (reliability.md I7). Default deny: a publisher speaks for what
// it is registered with and for nothing else; what is not known counts as not allowed.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/admission/circumstances.hpp"
#include "hub/admission/refusal.hpp"
#include "hub/admission/territories.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::admission {

// What is to be done. All of it needs the same rights: a lift is an update, and whose alerts an
// update or a cancel may refer to is settled by the references themselves, which are looked up
// among the publisher's own.
enum class Action { alert, update, cancel, other };
Action action_of(std::string_view message_type);

// One submission, as the head of the log sees it. Views and pointers live as long as the call.
struct Claim {
  // Who sends, and in whose name: the same but where one types for another. Null: not registered.
  std::string_view speaker_code;
  const registry::Publisher* speaker = nullptr;
  std::string_view holder_code;
  const registry::Publisher* holder = nullptr;
  std::string_view credential;          // what it was sent with, as in AlertAccepted
  std::optional<std::string> good_for;  // that credential's class; nothing when it is void
  std::string_view drill;               // the submission's class; "": live
  Action action = Action::other;
  bool profiled = false;  // a CAP-JP document
  std::string_view sender;
  std::vector<std::string> areas;    // codes; "" for areas without a valid one
  std::vector<std::string> events;   // "" when it is about more than was counted
  std::vector<std::string> outside;  // areas with geometry outside the holder's territory
  std::int64_t at_ms = 0;
};

// The first thing it lacks, with every value of that kind, in this order:
//   action      other                                          alert.invalid  admission.type
//   credential  void: auth.required, or auth.certificate of a certificate; of another class than
//               the submission: auth.status
//   standing    speaker or holder not registered or suspended  auth.suspended; a holder who is
//               another than the speaker and not registered    auth.sender    auth.proxy
//   proxy       the holder gave the speaker no right, or it has ended (auth.proxy.ended, and when)
//                                                              auth.sender    auth.proxy
//   sender      not one of the holder's                        auth.sender
//   profile     needed and not followed                        alert.invalid  admission.profile
//   area        a code that no area of the holder covers       auth.area, "-" for none
//   event       one that no event of the holder covers         auth.event, "-" for too many
//   territory   geometry outside                               auth.area      auth.territory
std::optional<Refusal> lacks_authority(const Claim& claim);

// `draft` as a claim. A warning level is what evac.l1 to evac.l5 say: it counts as that event.
Claim claim_of(const v1::AlertAccepted& draft, const Circumstances* circumstances,
               const registry::Registry& registry, Territories& territories, std::int64_t at_ms);

}  // namespace noroshi::admission
