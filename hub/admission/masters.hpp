// The districts each municipality has registered, and their groups: a fold of the log, as far as
// comparing two revisions of an order needs it.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/admission/extent.hpp"

namespace noroshi::admission {

class Masters {
 public:
  void apply(const v1::Entry& entry);

  // `<code>:<id>` of every district registered for the six-digit `code`; null when none is.
  [[nodiscard]] const std::vector<std::string>* districts(const std::string& code) const;
  // The districts that `district` stands for, when it names a group; null when it names none.
  [[nodiscard]] const std::vector<std::string>* group(const std::string& district) const;

  // What is registered for the district, or for all districts of the group it names; nothing when
  // any of these is not drawn.
  [[nodiscard]] std::optional<Extent> extent(const std::string& district) const;

  friend bool operator==(const Masters&, const Masters&) = default;

 private:
  using Lists = std::unordered_map<std::string, std::vector<std::string>>;
  Lists districts_;                                  // by code
  Lists groups_;                                     // by <code>:<group>
  std::unordered_map<std::string, Extent> extents_;  // by <code>:<id>
};

}  // namespace noroshi::admission
