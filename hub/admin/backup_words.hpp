// What `backup` and `restore` say to people: as words.hpp, in a table of their own.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "hub/config/language.hpp"

namespace noroshi::admin {

using config::Language;

enum class BackupSay {
  help_backup,
  help_restore,
  flag_backup_file,
  flag_restored_file,
  flag_audit_key,
  flag_tree_head,
  flag_older,
  taken,
  restored,
  own_key,
  unreadable,
  damaged,
  cut_short,
  bad_key,
  bad_seal,
  bad_head,
  another_history,
  older,
  end  // not a sentence: how many there are
};

// The sentence with {0}, {1} … where values go.
std::string_view backup_english(BackupSay what);
std::string_view backup_japanese(BackupSay what);

// Values from outside go through printable() first.
template <class... Values>
std::string say(Language language, BackupSay what, const Values&... values) {
  const auto words = language == Language::japanese ? backup_japanese(what) : backup_english(what);
  return fmt::format(fmt::runtime(words), values...);
}

}  // namespace noroshi::admin
