// What stands between a slip and the air: drafts that wait, and what people are asked.
//
// Threading  the front's thread.
#pragma once

#include <utility>

#include "hub/admission/drafts.hpp"
#include "hub/api/confirm_token.hpp"

namespace noroshi::api {

struct Guards {
  explicit Guards(admission::Drafts known) : drafts(std::move(known)) {}

  admission::Drafts drafts;  // the front's own fold
  ConfirmTokens confirm;
};

}  // namespace noroshi::api
