// How an order lives: may this alert follow what was accepted before? One pure function over
// values; the rules are ops/docs/profile.md, "Behaviour", 1 to 3, and cap.R091.
//
// Rules it names, each with its value after a blank:
//   cap.R091 <identifier>       refers to an alert that was cancelled; a Cancel of the unknown only
//   life.stale <identifier>     a newer revision was accepted, and is not referred to: that one
//   life.cancelled <document or identifier>  the order was cancelled: a new document begins
//   life.document <document>    refers to a revision of another document
//   life.revision <number>      not higher than the document's newest revision: that number
//   life.uncovered <district>   issued by the last revision, and neither issued nor lifted by this
//   life.none <identifier>      a null report where an order stands: that one
// to be confirmed:
//   life.hazard <district>      the last revision spoke there of a danger that this one leaves out
//   life.overlap <district>     another document of the same danger stands there
// and only said:
//   life.unknown                refers to nothing the hub knows: taken on the sender's word
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/admission/documents.hpp"

namespace noroshi::admission {

struct LifeVerdict {
  std::string code;  // "" when it may follow; else alert.stale or alert.invalid
  std::string detail;
  std::vector<std::string> rules;     // why not; at most life_rules_max of each list
  std::vector<std::string> confirm;   // what a person should confirm first
  std::vector<std::string> warnings;  // rule ids
  // The document's newest revision, which this one follows without referring to it.
  std::optional<Sequence> follows;
};

inline constexpr std::size_t life_rules_max = 100;

// `alert` is a draft of any channel whose references have their sequence where the hub knows them.
// Of the order lines only the alert's own channel counts. The cost grows with the districts of the
// alert and of what it refers to.
LifeVerdict judge_life(const Documents& documents, const v1::AlertAccepted& alert,
                       std::int64_t now_ms);

}  // namespace noroshi::admission
