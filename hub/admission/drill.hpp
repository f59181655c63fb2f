// Live is live and a drill is a drill: what may be sent in which channel (contract, "What is taken,
// and on which path"). Pure functions over values; the channel comes with the credential and
// nothing here changes it.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <optional>
#include <string>

#include "hub/admission/refusal.hpp"
#include "hub/drills/drills.hpp"
#include "proto/cap/document.hpp"

namespace noroshi::admission {

// Why a document does not belong into the channel it was sent in; always auth.status.
struct ClassObjection {
  std::string path;
  cap::Text value;
  std::string detail;  // what it says, and where that is taken
};

// Its status, and the drill session a CAP-JP document names (layer:CAP-JP:0.1:DrillId): needed in a
// drill, that drill's, and in every info block that names one; never on the live path.
std::optional<ClassObjection> objection_to_class(const cap::Alert& alert,
                                                 const drills::Channel& channel);

// Of a draft at the head of the log: whether its publisher takes part in the session it is marked
// with, and whether that is open at `at_ms`. On the live path there is nothing to object to.
std::optional<Refusal> has_no_part(const v1::AlertAccepted& draft, const drills::Drills& drills);
std::optional<Refusal> is_closed(const drills::Channel& channel, const drills::Drills& drills,
                                 std::int64_t at_ms);

}  // namespace noroshi::admission
