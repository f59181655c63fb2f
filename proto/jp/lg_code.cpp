#include "proto/jp/lg_code.hpp"

#include <algorithm>
#include <array>

namespace noroshi::jp {
namespace {

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// JIS X 0402: weights 6,5,4,3,2; 0 and 1 of the remainder are where the short rule goes wrong.
char check_digit(std::string_view five) {
  int sum = 0;
  for (int i = 0; i < 5; ++i) sum += (6 - i) * (five[static_cast<std::size_t>(i)] - '0');
  return static_cast<char>('0' + (11 - sum % 11) % 10);
}

bool is_prefecture(std::string_view two) { return two >= "01" && two <= "47"; }

// Designated cities (政令指定都市) by the first five digits, with the range of their wards'
// numbers. A ward's number lies above its city's; ranges end where the next city of the prefecture
// begins.
struct DesignatedCity {
  std::string_view city;
  std::string_view last_ward;
};
constexpr std::array<DesignatedCity, 20> designated_cities{{
    {"01100", "01110"}, {"04100", "04105"}, {"11100", "11110"}, {"12100", "12106"},
    {"14100", "14118"}, {"14130", "14137"}, {"14150", "14153"}, {"15100", "15108"},
    {"22100", "22103"}, {"22130", "22140"}, {"23100", "23116"}, {"26100", "26111"},
    {"27100", "27128"}, {"27140", "27147"}, {"28100", "28111"}, {"33100", "33104"},
    {"34100", "34108"}, {"40100", "40109"}, {"40130", "40137"}, {"43100", "43105"},
}};

std::uint32_t number_of(std::string_view digits) {
  std::uint32_t number = 0;
  for (const char digit : digits) number = number * 10 + static_cast<std::uint32_t>(digit - '0');
  return number;
}

bool is_ward_of(std::string_view code, std::string_view city) {
  const auto five = code.substr(0, 5);
  return std::any_of(designated_cities.begin(), designated_cities.end(), [&](const auto& entry) {
    return entry.city == city.substr(0, 5) && five > entry.city && five <= entry.last_ward;
  });
}

}  // namespace

std::optional<std::string> lg_code(std::string_view digits) {
  if ((digits.size() != 5 && digits.size() != 6) || !all_digits(digits)) return std::nullopt;
  if (!is_prefecture(digits.substr(0, 2))) return std::nullopt;
  std::string code(digits.substr(0, 5));
  code += check_digit(digits);
  if (digits.size() == 6 && digits != code) return std::nullopt;
  return code;
}

bool covers(std::string_view area, std::string_view code) {
  if (area == "*" || area == code) return true;
  if (code.size() != 6) return false;
  if (area.size() == 2) return code.substr(0, 2) == area;
  return area.size() == 6 && is_ward_of(code, area);
}

std::optional<Place> place(std::string_view code) {
  if (code.size() != 6 || !all_digits(code)) return std::nullopt;
  const auto five = code.substr(0, 5);
  const auto city =
      std::find_if(designated_cities.begin(), designated_cities.end(),
                   [&](const auto& entry) { return five > entry.city && five <= entry.last_ward; });
  return Place{number_of(five), city == designated_cities.end() ? 0 : number_of(city->city)};
}

bool is_area(std::string_view area) {
  if (area == "*") return true;
  if (area.size() == 2) return all_digits(area) && is_prefecture(area);
  return area.size() == 6 && lg_code(area).has_value();
}

}  // namespace noroshi::jp
