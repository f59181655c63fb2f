// What is said about witnessing a hub's log, one table a language. {} are filled in order.
#pragma once

#include <string_view>

#include "proto/terminal/language.hpp"

namespace noroshi::subscribers {

struct WitnessWords {
  // Options of the receiver.
  std::string_view witness, witness_state, audit_key, cosign;
  // Of the verb.
  std::string_view about, examples, hub, ca, token_file, state, once, every, quiet;
  // Usage errors.
  std::string_view bad_key, bad_cosigner, one_hub, init_usage;
  // Findings: hub, then numbers, names and files.
  std::string_view first, first_pinned, consistent, rolled_back, split, wrong_signature, other_log,
      same_key, another_key, unseen, evidence, no_evidence, call, not_cosigned;
};

extern const WitnessWords witness_words_ja;
extern const WitnessWords witness_words_en;

// In the language of the environment.
inline const WitnessWords& witness_words() {
  return terminal::language_of_process() == terminal::Language::japanese ? witness_words_ja
                                                                         : witness_words_en;
}

}  // namespace noroshi::subscribers
