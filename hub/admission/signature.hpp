// Whose signature an alert has to carry, and whose it carries (rules R005, R080, R081). The
// expensive half is done in a worker with the keys as they then are; the head of the log decides
// with the keys as they are there, so that one removed or expired in between does not count.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <optional>

#include "hub/admission/circumstances.hpp"
#include "hub/admission/examine.hpp"
#include "hub/admission/refusal.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::admission {

// What is known of the signatures of an alert before anybody looks at them: none, or of no known
// key.
signature::Verdict unchecked_signatures(const cap::Alert& alert);
// Where the head's objection to a signature stands: one for each of the two rules.
std::vector<Mark> signature_marks(const signature::Verdict& verdict);

// Whether `examined` goes to the head of the log, and with a signature.
bool is_signed(const Examined& examined);
// Puts into `examined` what its signatures come to with the keys of `policy`, which is of the
// publisher in whose name it is proposed. As expensive as signature::verify().
void check_signatures(Examined& examined, const Submission& submission,
                      const v1::PublisherPolicy& policy, std::int64_t now_ms);

// At the head, of a publisher that is registered; `circumstances` null: it counts as not signed.
//   verified         every key must still be registered, and good at `at_ms`
//   wrong            refused, unless no key is registered any more
//   not verifiable   refused where a signature is required, else taken with a warning: the presence
//   none             of a signature alone never refuses
std::optional<Refusal> lacks_signature(const v1::AlertAccepted& draft,
                                       const Circumstances* circumstances,
                                       const registry::Registry& registry, std::int64_t at_ms);
// signed_by of an alert that lacks none: "issuer" or "issuer,aggregator", in the order of the
// document; or the warning that its signature was not verified.
void name_signers(v1::AlertAccepted& alert, const Circumstances* circumstances);

}  // namespace noroshi::admission
