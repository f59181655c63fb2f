// What a person is asked before an alert is taken: findings of severity `confirm`, each a rule and
// a value after a blank, `life.overlap 362018:kawauchi`. Tokushima 2022: level 4 was sent in place
// of level 3, and nothing asked.
//
// Who is asked answers by repeating, with the same bytes, the digests of what they were asked. What
// was not among it is asked anew.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/admission/refusal.hpp"

namespace noroshi::admission {

class Questions {
 public:
  // So many of one rule are asked one by one; more become one question about all of them.
  static constexpr std::size_t of_a_rule_max = 20;
  static constexpr std::size_t rules_max = 20;

  void ask(std::string_view rule, const std::vector<std::string>& values);
  // Each `<rule> <value>`, grouped by rule in the order first asked.
  void ask(const std::vector<std::string>& asked);

  // Each once; at most of_a_rule_max * rules_max.
  [[nodiscard]] const std::vector<std::string>& asked() const { return asked_; }

 private:
  std::vector<std::string> asked_;
  std::size_t rules_ = 0;
};

// 8 bytes of its SHA-256.
inline constexpr std::size_t question_digest_bytes = 8;
std::string digest_of(std::string_view question);

// confirm.required with every question, answered or not, when one is unanswered.
std::optional<Refusal> unanswered(const std::vector<std::string>& questions,
                                  const std::vector<std::string>& answered_digests);

}  // namespace noroshi::admission
