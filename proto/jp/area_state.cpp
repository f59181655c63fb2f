#include "proto/jp/area_state.hpp"

#include <algorithm>
#include <array>

#include "proto/cap/instant.hpp"
#include "proto/cap/utf8.hpp"
#include "proto/jp/area.hpp"

namespace noroshi::jp {
namespace {

constexpr std::size_t count_digits_max = 9;
constexpr std::array<std::string_view, 5> names{"id", "kana", "at", "hh", "ppl"};

// With the marks of long and repeated sounds, and blanks between words.
bool is_kana(std::string_view text) {
  while (!text.empty()) {
    const char32_t c = cap::utf8::take(text);
    const bool kana = (c >= 0x3041 && c <= 0x309F) || (c >= 0x30A0 && c <= 0x30FF);
    if (!kana && c != U' ' && c != U'　') return false;
  }
  return true;
}

bool take(AreaState& state, std::string_view name, std::string_view value) {
  if (name == "id") {
    const auto named = district(value);
    if (named) state.district = named->text();
    return named.has_value();
  }
  if (name == "kana") {
    state.kana = value;
    return !value.empty() && is_kana(value);
  }
  if (name == "at") return (state.at_ms = cap::unix_milliseconds(value)).has_value();
  return ((name == "hh" ? state.households : state.people) = count(value)).has_value();
}

}  // namespace

std::optional<std::uint32_t> count(std::string_view text) {
  if (text.empty() || text.size() > count_digits_max) return std::nullopt;
  std::uint32_t number = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    number = number * 10 + static_cast<std::uint32_t>(digit - '0');
  }
  return number;
}

std::optional<AreaState> area_state(std::string_view text) {
  AreaState state;
  std::array<bool, names.size()> seen{};
  while (!text.empty()) {
    const auto part = text.substr(0, text.find(';'));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const auto name = std::find(names.begin(), names.end(), part.substr(0, equals));
    if (name == names.end()) return std::nullopt;
    auto& known = seen.at(static_cast<std::size_t>(name - names.begin()));
    if (known || !take(state, *name, part.substr(equals + 1))) return std::nullopt;
    known = true;
  }
  if (state.district.empty()) return std::nullopt;
  return state;
}

}  // namespace noroshi::jp
