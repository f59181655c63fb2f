#include "proto/jp/parameters.hpp"

#include <algorithm>

namespace noroshi::jp {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

const cap::Text* parameter(const cap::Info& info, std::string_view name) {
  for (const auto& each : info.parameter)
    if (parameter_name(each) == name) return &each.value;
  return nullptr;
}

const cap::Text* parameter(const cap::Alert& alert, std::string_view name) {
  for (const auto& info : alert.info)
    if (const auto* found = parameter(info, name)) return found;
  return nullptr;
}

const cap::Text* listed(const std::vector<cap::NamedValue>& codes, std::string_view list) {
  const auto found = std::find_if(codes.begin(), codes.end(),
                                  [&](const auto& code) { return code.value_name == list; });
  return found == codes.end() ? nullptr : &found->value;
}

std::string_view event_of(const cap::Info& info) {
  const auto* code = listed(info.event_code, list::event);
  return code == nullptr ? std::string_view(info.event) : std::string_view(*code);
}

Direction direction_of(const cap::Info& info) {
  const auto* stated = parameter(info, "IssueOrLift");
  return stated != nullptr && *stated == "lift" ? Direction::lift : Direction::issue;
}

Language language_of(const cap::Info& info) {
  if (!info.language) return Language::other;
  const std::string_view tag = *info.language;
  return same_ignoring_case(tag, "ja-JP") || same_ignoring_case(tag, "ja") ? Language::japanese
                                                                           : Language::other;
}

bool follows_profile(const cap::Alert& alert) {
  return std::any_of(alert.code.begin(), alert.code.end(),
                     [](const auto& code) { return code == profile_mark; });
}

}  // namespace noroshi::jp
