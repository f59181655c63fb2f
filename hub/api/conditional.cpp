#include "hub/api/conditional.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "proto/wire/http_head.hpp"

namespace noroshi::api {
namespace {

constexpr std::size_t tags_max = 64;

std::string_view without_blanks_before(std::string_view text) {
  const auto at = text.find_first_not_of(" \t");
  return at == std::string_view::npos ? std::string_view() : text.substr(at);
}

// Whatever the locale: names are compared by the C locale that the program never leaves.
std::optional<std::int64_t> parsed(const std::string& text, const char* format) {
  std::tm time{};
  const auto* end = strptime(text.c_str(), format, &time);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return static_cast<std::int64_t>(timegm(&time));
}

}  // namespace

std::optional<EntityTags> if_none_match(const wire::Request& request) {
  if (!wire::find(request.fields, "If-None-Match")) return std::nullopt;
  EntityTags named;
  for (const auto& [name, value] : request.fields) {
    if (!wire::same_word(name, "If-None-Match")) continue;
    auto rest = without_blanks_before(value);
    if (rest == "*") named.any = true;
    while (!rest.empty() && named.tags.size() < tags_max) {
      if (rest.starts_with("W/")) rest.remove_prefix(2);
      if (rest.front() != '"') break;
      const auto end = rest.find('"', 1);
      if (end == std::string_view::npos) break;
      named.tags.emplace_back(rest.substr(1, end - 1));
      rest = without_blanks_before(rest.substr(end + 1));
      if (rest.starts_with(',')) rest = without_blanks_before(rest.substr(1));
    }
  }
  return named;
}

std::optional<std::int64_t> http_date(std::string_view text) {
  const std::string date(text);
  for (const auto* format :
       {"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %d %H:%M:%S %Y"})
    if (const auto at = parsed(date, format)) return at;
  return std::nullopt;
}

std::string http_date(std::int64_t unix_seconds) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(unix_seconds));
}

bool is_unchanged(const wire::Request& request, std::string_view tag,
                  std::optional<std::int64_t> modified_s, std::int64_t now_s) {
  if (const auto named = if_none_match(request))
    return named->any ||
           std::find(named->tags.begin(), named->tags.end(), tag) != named->tags.end();
  const auto since = wire::find(request.fields, "If-Modified-Since");
  if (!since || !modified_s) return false;
  const auto held = http_date(*since);
  return held && *modified_s <= *held && *held <= now_s;
}

}  // namespace noroshi::api
