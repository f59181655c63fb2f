// One publisher, subscriber or officer as lines for people and as JSON for programs.
#pragma once

#include <string>

#include "hub/admin/words.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::admin {

struct Shown {
  std::string row;      // of a list: values between tabs, ended by \n
  std::string details;  // a line a value, ended by \n
  std::string json;     // one object, ended by \n
};

Shown show(const registry::Publisher& publisher, Language language);
Shown show(const registry::Subscriber& subscriber, Language language);
Shown show(const registry::Officer& officer, Language language);

}  // namespace noroshi::admin
