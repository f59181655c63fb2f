// What the hub calls whom it tells, from one start to the next: by what is told, not by where in
// the configuration it stands.
#pragma once

#include <string>
#include <vector>

#include "hub/config/notify.hpp"

namespace noroshi::alarms {

// One name for each rule, all different: the kind and a hash of the program, the addresses or the
// URL (which may hold a secret), and of several with the same the how-manyth.
std::vector<std::string> channels_of(const std::vector<config::Notify>& rules);

// Whom to name in the hub's log: the program, or the host of the URL.
std::string shown_name(const config::Notify& rule);

}  // namespace noroshi::alarms
