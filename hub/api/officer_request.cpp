#include "hub/api/officer_request.hpp"

#include <boost/json/parse.hpp>

#include "proto/cap/utf8.hpp"
#include "proto/hexadecimal.hpp"
#include "proto/terminal/printable.hpp"

namespace noroshi::api {
namespace {

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const auto byte = from_hexadecimal(text.substr(i + 1, 2));
    if (!byte || byte->size() != 1) return std::nullopt;
    decoded += *byte;
    i += 2;
  }
  return decoded;
}

Result<std::string> reason(std::string text) {
  while (text.ends_with(' ')) text.pop_back();
  while (text.starts_with(' ')) text.erase(0, 1);
  const auto length = cap::utf8::characters(text);
  if (!terminal::is_printable(text) || length < reason_characters_min ||
      length > reason_characters_max)
    return failure(ErrorCode::invalid, "4-200");
  return text;
}

std::optional<std::string> member(std::string_view json, const char* name) {
  boost::system::error_code error;
  boost::json::parse_options options;
  options.max_depth = 4;
  const auto value = boost::json::parse({json.data(), json.size()}, error, {}, options);
  if (error || !value.is_object()) return std::nullopt;
  const auto* found = value.get_object().if_contains(name);
  if (found == nullptr || !found->is_string()) return std::nullopt;
  return std::string(found->get_string());
}

}  // namespace

Result<std::string> reason_in_header(std::string_view value) {
  auto decoded = percent_decoded(value);
  if (!decoded) return failure(ErrorCode::invalid, "%");
  return reason(std::move(*decoded));
}

Result<std::string> reason_in_body(std::string_view json) {
  auto text = member(json, "reason");
  if (!text) return failure(ErrorCode::invalid, "reason");
  return reason(std::move(*text));
}

Result<journal::Hash> signed_hash(std::string_view json) {
  const auto digits = member(json, "content_sha256");
  const auto hash = digits ? journal::hash_from_digits(*digits) : std::nullopt;
  if (!hash) return failure(ErrorCode::invalid, "content_sha256");
  return *hash;
}

}  // namespace noroshi::api
