#include "proto/wire/http_target.hpp"

#include <algorithm>

#include "proto/wire/utf8.hpp"

namespace noroshi::wire {
namespace {

enum class Part { path, query };

bool is_visible(char c) { return c > 0x20 && c < 0x7F; }

// Visible characters that RFC 3986 has no place for in a path.
bool in_path(char c) {
  return is_visible(c) && std::string_view("\"#<>?[\\]^`{|}").find(c) == std::string_view::npos;
}

bool in_query(char c) {
  return is_visible(c) && std::string_view("\"#<>").find(c) == std::string_view::npos;
}

std::optional<int> hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

std::optional<std::string> decode(std::string_view text, Part part) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '+' && part == Part::query) c = ' ';
    if (c == '%') {
      if (text.size() - at < 3) return std::nullopt;
      const auto high = hex_value(text[at + 1]);
      const auto low = hex_value(text[at + 2]);
      if (!high || !low) return std::nullopt;
      c = static_cast<char>(*high * 16 + *low);
      if (c == '\0') return std::nullopt;
      // To whoever decodes before it splits, this would be another path.
      if (part == Part::path && (c == '/' || c == '\\')) return std::nullopt;
      at += 2;
    }
    decoded.push_back(c);
  }
  if (!valid_utf8(decoded)) return std::nullopt;
  return decoded;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; });
}

bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    if (segment == "." || segment == "..") return true;
    if (slash == std::string_view::npos) return false;
    path.remove_prefix(slash + 1);
  }
  return false;
}

bool read_query(std::string_view text, Target& target) {
  if (!std::all_of(text.begin(), text.end(), in_query)) return false;
  while (!text.empty()) {
    const std::size_t ampersand = text.find('&');
    const std::string_view pair = text.substr(0, ampersand);
    text.remove_prefix(ampersand == std::string_view::npos ? text.size() : ampersand + 1);
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    auto name = decode(pair.substr(0, equals), Part::query);
    auto value =
        decode(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1),
               Part::query);
    if (!name || !value) return false;
    target.query.emplace_back(std::move(*name), std::move(*value));
  }
  return true;
}

}  // namespace

std::optional<Target> read_target(std::string_view text) {
  // Two slashes in front would be an authority to whoever resolves it as a reference.
  if (text.empty() || text.front() != '/' || text.substr(0, 2) == "//") return std::nullopt;
  const std::size_t mark = text.find('?');
  const std::string_view raw_path = text.substr(0, mark);
  if (!std::all_of(raw_path.begin(), raw_path.end(), in_path)) return std::nullopt;
  auto path = decode(raw_path, Part::path);
  if (!path || has_control(*path) || has_dot_segment(*path)) return std::nullopt;

  Target target{std::move(*path), {}};
  if (mark != std::string_view::npos && !read_query(text.substr(mark + 1), target))
    return std::nullopt;
  return target;
}

}  // namespace noroshi::wire
