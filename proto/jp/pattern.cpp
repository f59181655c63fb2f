#include "proto/jp/pattern.hpp"

#include <algorithm>

namespace noroshi::jp {
namespace {

std::string_view value_of(std::string_view name, const Values& values) {
  const auto* found = std::find_if(values.begin(), values.end(),
                                   [&](const auto& each) { return each.first == name; });
  return found == values.end() ? std::string_view() : found->second;
}

// The name in the first gap, and `pattern` from behind it on; both empty behind the last.
std::string_view take_name(std::string_view& pattern) {
  const auto brace = pattern.find('{');
  const auto end = pattern.find('}', brace);
  if (brace == std::string_view::npos || end == std::string_view::npos) return pattern = {};
  const auto name = pattern.substr(brace + 1, end - brace - 1);
  pattern.remove_prefix(end + 1);
  return name;
}

}  // namespace

std::string filled(std::string_view pattern, const Values& values) {
  std::string text;
  while (!pattern.empty()) {
    text += pattern.substr(0, pattern.find('{'));
    const auto value = value_of(take_name(pattern), values);
    text += value;
    if (value.ends_with('.') && pattern.starts_with('.')) pattern.remove_prefix(1);
    if (!value.empty()) continue;
    if (pattern.starts_with(',')) pattern.remove_prefix(1);
    if (pattern.starts_with(' ')) pattern.remove_prefix(1);
  }
  return text;
}

bool fillable(std::string_view pattern, const Values& values, std::string_view but) {
  for (auto name = take_name(pattern); !name.empty(); name = take_name(pattern))
    if (name != but && value_of(name, values).empty()) return false;
  return true;
}

}  // namespace noroshi::jp
