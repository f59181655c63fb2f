#include "proto/jp/area.hpp"

#include <algorithm>

#include "proto/jp/codes.hpp"
#include "proto/jp/lg_code.hpp"
#include "proto/jp/parameters.hpp"

namespace noroshi::jp {
namespace {

constexpr std::size_t jma_area_digits = 7;
constexpr std::size_t municipality_digits = 5;

bool is_id(std::string_view id) {
  if (id.empty() || id.size() > district_bytes_max) return false;
  return std::none_of(id.begin(), id.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7F;
  });
}

}  // namespace

std::string area_code(const cap::Area& area) {
  std::string found;
  for (const auto& geocode : area.geocode) {
    if (geocode.value_name != list::lg_code) continue;
    const auto code = lg_code(geocode.value).value_or("");
    if (code.empty() || (!found.empty() && found != code)) return "";
    found = code;
  }
  if (!found.empty()) return found;
  const auto* weather = listed(area.geocode, list::jma_area);
  if (weather == nullptr || weather->value.size() != jma_area_digits) return "";
  return lg_code(std::string_view(*weather).substr(0, municipality_digits)).value_or("");
}

std::optional<District> district(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  auto code = lg_code(text.substr(0, colon));
  const auto id = text.substr(colon + 1);
  if (!code || !is_id(id)) return std::nullopt;
  return District{std::move(*code), std::string(id)};
}

std::string covered_district(const cap::Area& area) {
  if (const auto* named = listed(area.geocode, list::district))
    if (const auto one = district(*named)) return one->text();
  const auto code = area_code(area);
  return code.empty() ? "" : District{code, "*"}.text();
}

}  // namespace noroshi::jp
