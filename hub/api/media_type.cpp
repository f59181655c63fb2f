#include "hub/api/media_type.hpp"

#include <algorithm>
#include <cctype>

namespace noroshi::api {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

// The next piece up to `separator`, taken off the front of `rest`.
std::string_view next(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  const auto piece = trimmed(rest.substr(0, end));
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return piece;
}

}  // namespace

bool is_cap(std::string_view content_type) {
  const auto type = lower(next(content_type, ';'));
  return type == "application/cap+xml" || type == "application/xml" || type == "text/xml";
}

bool is_json(std::string_view content_type) {
  return lower(next(content_type, ';')) == "application/json";
}

bool is_text(std::string_view content_type) {
  return lower(next(content_type, ';')) == "text/plain";
}

std::optional<std::string> charset_of(std::string_view content_type) {
  next(content_type, ';');
  while (!content_type.empty()) {
    auto parameter = next(content_type, ';');
    const auto name = lower(next(parameter, '='));
    if (name != "charset") continue;
    auto value = trimmed(parameter);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    return std::string(value);
  }
  return std::nullopt;
}

std::vector<std::string> media_types(std::string_view accept) {
  std::vector<std::string> types;
  while (!accept.empty()) {
    auto item = next(accept, ',');
    types.push_back(lower(next(item, ';')));
  }
  return types;
}

bool wants_events(const wire::Request& request) {
  const auto types = media_types(wire::find(request.fields, "Accept").value_or(""));
  return std::find(types.begin(), types.end(), "text/event-stream") != types.end();
}

Form wanted_form(const wire::Request& request) {
  const auto header = wire::find(request.fields, "Accept");
  if (!header || trimmed(*header).empty()) return Form::xml;
  for (const auto& type : media_types(*header)) {
    if (type == "*/*" || type == "application/*" || is_cap(type)) return Form::xml;
    if (type == "application/json") return Form::json;
  }
  return Form::none;
}

}  // namespace noroshi::api
