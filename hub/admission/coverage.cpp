#include "hub/admission/coverage.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "proto/jp/event_life.hpp"
#include "proto/jp/lg_code.hpp"

namespace noroshi::admission {
namespace {

// Of the five digits of a code, read as a number.
std::string code_of(std::uint32_t number) {
  auto digits = std::to_string(number);
  digits.insert(0, digits.size() < 5 ? 5 - digits.size() : 0, '0');
  return jp::lg_code(digits).value_or("");
}

constexpr const char* any_danger = "";
constexpr char separator = '\x1f';  // in no value: the gate takes no control characters

std::string subject_of(const v1::OrderLine& line) {
  if (line.event() == "evac.zone") return line.event();
  return std::string(jp::document_category(line.event()));
}

std::string danger_of(const v1::OrderLine& line) {
  return subject_of(line) + separator + line.hazard();
}

}  // namespace

std::string_view municipality_of(std::string_view district) {
  return district.substr(0, district.find(':'));
}

void for_each_district(const v1::OrderLine& line, const Masters& masters,
                       const std::function<void(const std::string&)>& take) {
  for (const auto& district : line.districts()) {
    const auto* members = masters.group(district);
    if (members == nullptr) {
      take(district);
    } else {
      for (const auto& member : *members) take(member);
    }
  }
}

void Coverage::add(const v1::OrderLine& line) {
  for_each_district(line, masters_, [this](const std::string& district) {
    if (is_whole(district)) whole_.emplace(municipality_of(district));
    named_.insert(district);
  });
}

bool Coverage::covers_whole(std::string_view code) const {
  if (whole_.contains(std::string(code))) return true;
  const auto place = jp::place(code);
  if (!place) return false;
  return whole_.contains(code_of(place->prefecture() * 1000)) ||
         (place->designated_city != 0 && whole_.contains(code_of(place->designated_city)));
}

bool Coverage::covers(const std::string& district) const {
  if (named_.contains(district)) return true;
  const auto code = municipality_of(district);
  if (!whole_.empty() && covers_whole(code)) return true;
  if (!is_whole(district)) return false;
  const auto* all = masters_.districts(std::string(code));
  return all != nullptr && std::all_of(all->begin(), all->end(),
                                       [&](const auto& one) { return named_.contains(one); });
}

void Dangers::add(const v1::OrderLine& line) {
  for (const auto& danger : {std::string(any_danger), subject_of(line), danger_of(line)})
    by_danger_.try_emplace(danger, masters_).first->second.add(line);
}

bool Dangers::covers_under(const std::string& danger, const std::string& district) const {
  const auto found = by_danger_.find(danger);
  return found != by_danger_.end() && found->second.covers(district);
}

bool Dangers::covers(const v1::OrderLine& line, const std::string& district) const {
  if (line.hazard().empty()) return covers_under(subject_of(line), district);
  return covers_under(danger_of(line), district) ||
         covers_under(subject_of(line) + separator, district);
}

bool Dangers::covers(const std::string& district) const {
  return covers_under(any_danger, district);
}

}  // namespace noroshi::admission
