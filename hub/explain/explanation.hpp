// What a problem code or a rule id means, in both languages: put together from the tables of words
// and from ops/docs, which are the only places where it is written.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/explain/documented.hpp"

namespace noroshi::explain {

struct Explanation {
  std::string id;
  // What is said to people, a way to break the rule each; `…` stands for the value found.
  std::vector<std::string> japanese;
  std::vector<std::string> english;
  Documented documented;
};

// Nothing for an id that nobody has words for.
std::optional<Explanation> explanation_of(std::string_view id);

// Every id there is, in the order of the alphabet.
std::vector<std::string> all_ids();

// Of those the ones that `typed` may have meant, nearest first; at most five.
std::vector<std::string> near(std::string_view typed);

}  // namespace noroshi::explain
