#include "hub/api/language.hpp"

#include <cstdlib>
#include <string>
#include <string_view>

namespace noroshi::api {
namespace {

double weight(std::string_view parameters) {
  const auto q = parameters.find("q=");
  if (q == std::string_view::npos) return 1.0;
  return std::strtod(std::string(parameters.substr(q + 2)).c_str(), nullptr);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return text;
}

}  // namespace

cap::Language language_of(const wire::Request& request) {
  const auto header = wire::find(request.fields, "Accept-Language");
  if (!header) return cap::Language::japanese;
  double japanese = 0;
  double english = 0;
  std::string_view rest = *header;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    const auto item = trimmed(rest.substr(0, comma));
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    if (item.starts_with("ja") && weight(item) > japanese) japanese = weight(item);
    if (item.starts_with("en") && weight(item) > english) english = weight(item);
  }
  return english > japanese ? cap::Language::english : cap::Language::japanese;
}

}  // namespace noroshi::api
