// `noroshi-hub subscriber test ID`: one probe through every outlet of a subscriber, and how each
// answered.
#pragma once

#include <chrono>

#include "hub/admin/data_directory.hpp"
#include "hub/admin/request.hpp"

namespace noroshi::admin {

// Asks the hub that runs over `directory`; without one the answer is failed. exit_code::unconfirmed
// when a step is missing, or `patience` is over first.
AdminAnswer carry_out_test(const DataDirectory& directory, AdminRequest request,
                           std::chrono::seconds patience);

}  // namespace noroshi::admin
