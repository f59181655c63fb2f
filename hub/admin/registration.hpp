// The publisher, subscriber and officer verbs as their user sees them: the token is made here, and
// shown once or written to a file.
#pragma once

#include <optional>
#include <string>

#include "hub/admin/data_directory.hpp"
#include "hub/admin/request.hpp"
#include "hub/journal/journal.hpp"

namespace noroshi::admin {

// Carries `request` out, with a fresh token where the verb issues one. In the answer the token is
// data (and in the JSON as "token"), unless `token_file` names where it goes: that file is written
// before the request is made and appears, 0600, when it was granted.
AdminAnswer carry_out_registration(const DataDirectory& directory, AdminRequest request,
                                   const std::optional<std::string>& token_file,
                                   const journal::WallClock& clock);

}  // namespace noroshi::admin
