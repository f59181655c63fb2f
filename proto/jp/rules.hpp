// The rules of CAP-JP 0.1 (ops/docs/profile.md), over an alert that was read. Pure functions; the
// table of ids and sources is at the top of rules.cpp. What needs the log (coverage, stale, in
// force) is admission's.
#pragma once

#include <vector>

#include "proto/cap/document.hpp"
#include "proto/cap/finding.hpp"

namespace noroshi::jp {

// For the public, or for the participants of a drill: never told from the words of a text, always
// from the way it takes.
enum class Channel { live, drill };

// The one a status belongs to: Exercise and Test are drills, everything else is held to be live.
Channel channel_of(const cap::Alert& alert);

// What the alert breaks, in document order; empty for one that does not follow the profile. Errors
// refuse, confirmations ask the sender, warnings are reported. Of each severity the first 256 are
// kept. The cost grows with the size of the document.
std::vector<cap::Finding> check(const cap::Alert& alert, Channel channel);

}  // namespace noroshi::jp
