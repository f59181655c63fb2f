// What the verbs on the log's proofs say to people: as words.hpp, in a table of its own.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "hub/config/language.hpp"

namespace noroshi::admin {

using config::Language;

enum class AuditSay {
  help_audit,
  help_verify_proof,
  help_checkpoint,
  help_prove,
  help_verify,
  flag_proof_files,
  flag_entry,
  flag_size,
  proof_unreadable,
  proof_too_large,
  proof_malformed,
  proof_wrong,
  entry_malformed,
  entry_other_log,
  entry_missing,
  size_missing,
  log_good,
  log_bad_tree,
  head_behind,
  head_other_root,
  head_other_log,
  head_other_key,
  head_malformed,
  head_way_out,
  head_absent,
  help_export,
  flag_export,
  flag_exported,
  flag_key,
  export_done,
  export_good,
  export_own_key,
  export_bad_key,
  export_bad_checkpoint,
  export_short,
  export_long,
  export_other_root,
  export_bad_content,
  end  // not a sentence: how many there are
};

// The sentence with {0}, {1} … where values go.
std::string_view audit_english(AuditSay what);
std::string_view audit_japanese(AuditSay what);

// What stands in README.txt of an exported log: in both languages.
std::string_view export_readme();

// Values from outside go through printable() first.
template <class... Values>
std::string say(Language language, AuditSay what, const Values&... values) {
  const auto words = language == Language::japanese ? audit_japanese(what) : audit_english(what);
  return fmt::format(fmt::runtime(words), values...);
}

}  // namespace noroshi::admin
