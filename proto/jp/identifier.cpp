#include "proto/jp/identifier.hpp"

#include <algorithm>

namespace noroshi::jp {
namespace {

constexpr std::string_view begin = "jp-";
constexpr std::string_view uuid_form = "00000000-0000-0000-0000-000000000000";
constexpr std::size_t revision_digits_max = 9;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hexadecimal(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

}  // namespace

bool is_uuid(std::string_view text) {
  return text.size() == uuid_form.size() &&
         std::equal(text.begin(), text.end(), uuid_form.begin(),
                    [](char c, char form) { return form == '-' ? c == '-' : is_hexadecimal(c); });
}

std::optional<std::uint32_t> revision(std::string_view text) {
  if (text.empty() || text.size() > revision_digits_max || text[0] == '0') return std::nullopt;
  if (!std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  std::uint32_t number = 0;
  for (const char digit : text) number = number * 10 + static_cast<std::uint32_t>(digit - '0');
  return number;
}

std::optional<Identifier> identifier(std::string_view text) {
  if (!text.starts_with(begin)) return std::nullopt;
  text.remove_prefix(begin.size());
  const auto dash = text.rfind('-');
  if (dash == std::string_view::npos || dash < uuid_form.size() + 2) return std::nullopt;
  const auto number = revision(text.substr(dash + 1));
  const auto document = text.substr(dash - uuid_form.size(), uuid_form.size());
  const auto publisher = text.substr(0, dash - uuid_form.size() - 1);
  if (!number || !is_uuid(document) || text[publisher.size()] != '-') return std::nullopt;
  return Identifier{std::string(publisher), std::string(document), *number};
}

std::string Identifier::text() const {
  return std::string(begin) + publisher + "-" + document + "-" + std::to_string(revision);
}

}  // namespace noroshi::jp
