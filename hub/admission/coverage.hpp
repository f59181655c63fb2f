// Which districts order lines speak of, so that two revisions of a document can be compared by what
// they cover and not by how they say it (ops/docs/profile.md, "Behaviour", 1).
//
// Districts are `<code>:<id>`, or `<code>:*` for all of a municipality; a group of the
// municipality's register stands for its members, and all districts of that register together for
// `*`.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "hub/admission/masters.hpp"

namespace noroshi::admission {

// The code of `<code>:<id>`.
std::string_view municipality_of(std::string_view district);
inline bool is_whole(std::string_view district) { return district.ends_with(":*"); }

// What a set of lines names. The cost of making one grows with its districts; asking is constant.
class Coverage {
 public:
  explicit Coverage(const Masters& masters) : masters_(masters) {}

  void add(const v1::OrderLine& line);
  // Whether the district, or all of its municipality, is named. A designated city's `*` covers its
  // wards and a prefecture's its municipalities.
  [[nodiscard]] bool covers(const std::string& district) const;

 private:
  [[nodiscard]] bool covers_whole(std::string_view code) const;

  const Masters& masters_;
  std::unordered_set<std::string> named_;
  std::unordered_set<std::string> whole_;  // codes
};

// Each district of the line, a group as its members.
void for_each_district(const v1::OrderLine& line, const Masters& masters,
                       const std::function<void(const std::string&)>& take);

// The same, kept apart by danger: what the lines are about (all evacuation levels are one thing, a
// closed zone another) and the hazard; a line that names no hazard speaks of any.
class Dangers {
 public:
  explicit Dangers(const Masters& masters) : masters_(masters) {}

  void add(const v1::OrderLine& line);
  // Whether the district is covered by a line about the danger that `line` is about.
  [[nodiscard]] bool covers(const v1::OrderLine& line, const std::string& district) const;
  // … about any.
  [[nodiscard]] bool covers(const std::string& district) const;

 private:
  [[nodiscard]] bool covers_under(const std::string& danger, const std::string& district) const;

  const Masters& masters_;
  std::unordered_map<std::string, Coverage> by_danger_;
};

}  // namespace noroshi::admission
