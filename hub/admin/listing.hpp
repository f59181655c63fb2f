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

// A publisher with all that is registered of it. A list's last column holds what an operator looks
// for among many, in the words of the command line: two-people, signature-required,
// profile-required, keys:2, proxies:1, territory, districts:40, or - for none of these.
Shown show(const registry::Publisher& publisher, const v1::DistrictsRegistered* districts,
           Language language);
Shown show(const v1::SigningKey& key);
Shown show(const registry::Subscriber& subscriber, Language language);
Shown show(const registry::Officer& officer, Language language);

}  // namespace noroshi::admin
