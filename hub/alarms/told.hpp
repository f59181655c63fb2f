// Who has been told of which alarm and not yet that it is over: what a restart must not forget. The
// log says what stands and what is over; this, beside it, only whom the hub owes a word.
//
// File  notified.json in the data directory: lines of JSON, first {"epoch":E} of the log, then one
//       {"channel":…,"id":…,"entry":N} each, by channel and id. Without it, or with one of another
//       log, nobody is owed anything: what stands is told anew.
// Threading  none inside.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hub/journal/entry.hpp"
#include "proto/result.hpp"

namespace noroshi::alarms {

class Told {
 public:
  using Key = std::pair<std::string, std::string>;  // channel, id of the alarm

  // `entry` raised it.
  void add(const Key& key, journal::Sequence entry);
  void remove(const Key& key);
  [[nodiscard]] const std::map<Key, journal::Sequence>& all() const { return all_; }
  // Grows with every change.
  [[nodiscard]] std::uint64_t changes() const { return changes_; }

  [[nodiscard]] std::string text(std::uint64_t epoch) const;
  // Nothing when it is not such a text, or of another log.
  static std::optional<Told> read(std::string_view text, std::uint64_t epoch);

 private:
  std::map<Key, journal::Sequence> all_;
  std::uint64_t changes_ = 0;
};

// Empty when there is no such file, or none that can be read.
Told load_told(const std::filesystem::path& file, std::uint64_t epoch);
// Whole and on the disk, or the old one still stands and the answer is an io error.
Result<void> save_told(const std::filesystem::path& file, const std::string& text);

}  // namespace noroshi::alarms
