// What a step of the judge answers when it says no: pure functions over values say it in one form.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <string>
#include <string_view>
#include <vector>

#include "hub/journal/judge.hpp"

namespace noroshi::admission {

struct Refusal {
  std::string code;    // of the contract
  std::string detail;  // the first value it is about
  std::vector<std::string>
      rules;  // finding ids, each with its value after a blank; see with_values

  bool operator==(const Refusal&) const = default;
};

// "auth.area 271004" for each value, at most a hundred: what was sent is not worth more of the log.
std::vector<std::string> with_values(std::string_view rule, const std::vector<std::string>& values);
// The refusal for `values`, the first of which is its detail.
Refusal refusal(std::string code, std::string_view rule, const std::vector<std::string>& values);

// As the journal takes it, with its audit entry: who asked for what, without the document.
journal::Refuse refuse(const v1::AlertAccepted& draft, Refusal refusal);

}  // namespace noroshi::admission
