// The secrets by which publishers, subscribers, operators and officers are known on the token door.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <string>
#include <string_view>

#include "hub/journal/entry.hpp"

namespace noroshi::admin {

// 256 random bits in URL-safe base64 behind a prefix that says whose it is, so that a leaked one
// is recognised: nrs_p_ publisher, nrs_s_ subscriber, nrs_o_ operator, nrs_f_
// officer; of a drill nrd_p_, nrd_s_, nrd_f_.
// `drill` is the session it is for, "" the live path.
std::string make_token(v1::TokenIssued::Kind kind, std::string_view drill = "");

// The entry that makes it valid; it holds the token's SHA-256 only. Whoever has the hash cannot
// find the token, and whoever has the token needs nothing else.
v1::EntryBody token_issued(v1::TokenIssued::Kind kind, std::string_view id,
                           const journal::Hash& token_sha256, std::string_view drill = "");

}  // namespace noroshi::admin
