#include "proto/cap/uri.hpp"

#include <algorithm>

namespace noroshi::cap {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool continues_scheme(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

bool is_scheme(std::string_view text) {
  return !text.empty() && is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(), continues_scheme);
}

bool never_in_uri(char c) {
  const auto code = static_cast<unsigned char>(c);
  return code <= 0x20 || code == 0x7F ||
         std::string_view("<>\"\\^`{|}").find(c) != std::string_view::npos;
}

bool is_web(std::string_view scheme) {
  constexpr std::string_view web = "http";
  if (scheme.size() == 5 && (scheme[4] == 's' || scheme[4] == 'S')) scheme.remove_suffix(1);
  return std::equal(scheme.begin(), scheme.end(), web.begin(), web.end(),
                    [](char a, char b) { return (a | 0x20) == b; });
}

bool names_host(std::string_view rest) {
  return rest.starts_with("//") && rest.find_first_of("/?#", 2) != 2 && rest.size() > 2;
}

}  // namespace

bool is_uri_reference(std::string_view text) {
  if (text.empty() || std::any_of(text.begin(), text.end(), never_in_uri)) return false;
  // RFC 3986, section 4.2: a colon in the first segment ends a scheme.
  const auto end = text.find_first_of(":/?#");
  return end == std::string_view::npos || text[end] != ':' || is_scheme(text.substr(0, end));
}

bool is_absolute_uri(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon + 1 == text.size()) return false;
  const auto scheme = text.substr(0, colon);
  if (!is_scheme(scheme) || !is_uri_reference(text)) return false;
  return !is_web(scheme) || names_host(text.substr(colon + 1));
}

}  // namespace noroshi::cap
