#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "proto/cap/base64.hpp"
#include "proto/cap/rules.hpp"
#include "proto/cap/uri.hpp"
#include "proto/cap/white_space.hpp"
#include "proto/cap/words.hpp"
#include "proto/hexadecimal.hpp"

namespace noroshi::cap {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) { return lower(c); });
  return result;
}

// RFC 2045's token.
bool is_token(std::string_view text) {
  constexpr std::string_view separators = "()<>@,;:\\\"/[]?=";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return c > ' ' && c < 0x7F && separators.find(c) == std::string_view::npos;
  });
}

bool is_media_type(std::string_view text) {
  const auto words = words_of(text.substr(0, text.find(';')));  // parameters may follow
  if (words.size() != 1) return false;
  const auto slash = words[0].find('/');
  return slash != std::string_view::npos &&
         words::contains(words::media, lower(words[0].substr(0, slash))) &&
         is_token(words[0].substr(slash + 1));
}

bool is_whole_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// CAP 1.2 names SHA-1 for this; it guards against damage, not against forgery.
std::string sha1_in_hexadecimal(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1)
    return {};
  return hexadecimal(std::span(digest.data(), size));
}

bool is_sha1(std::string_view text) {
  return text.size() == 40 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool filled(const std::optional<Text>& text) { return text && !is_blank(*text); }

// Issuers disagree on what `digest` is of: the file, as CAP has it, or its base64 as written.
bool is_digest_of(std::string_view digest, const Text& base64, const std::string& content) {
  return digest == sha1_in_hexadecimal(content) || digest == sha1_in_hexadecimal(base64);
}

void check_digest(const Resource& resource, const std::optional<std::string>& content,
                  const Path& path, Findings& findings) {
  const Text& digest = *resource.digest;
  const auto said = lower(collapsed(digest));
  if (!is_sha1(said)) {
    findings.warn("R055", path, digest.place, digest);
  } else if (content && !is_digest_of(said, *resource.deref_uri, *content)) {
    findings.warn("R055", path, digest.place, digest, "differs");
  }
}

}  // namespace

void check_resource(const Resource& resource, const Path& path, Findings& findings) {
  if (is_blank(resource.resource_desc))
    findings.error("R050", Path(path, "resourceDesc"),
                   place_of(resource.resource_desc, resource.place));
  if (!is_media_type(resource.mime_type))
    findings.error("R051", Path(path, "mimeType"), place_of(resource.mime_type, resource.place),
                   resource.mime_type);
  if (resource.size && !is_whole_number(*resource.size))
    findings.error("R052", Path(path, "size"), resource.size->place, *resource.size);
  const bool embedded = filled(resource.deref_uri);
  if (filled(resource.uri) && !is_absolute_uri(*resource.uri) &&
      !(embedded && is_uri_reference(*resource.uri)))
    findings.error("R053", Path(path, "uri"), resource.uri->place, *resource.uri);
  std::optional<std::string> content;
  if (embedded) {
    content = base64_decoded(*resource.deref_uri);
    if (!content)
      findings.error("R054", Path(path, "derefUri"), resource.deref_uri->place,
                     *resource.deref_uri);
  }
  if (filled(resource.digest)) check_digest(resource, content, Path(path, "digest"), findings);
}

}  // namespace noroshi::cap
