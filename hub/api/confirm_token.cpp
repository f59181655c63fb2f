#include "hub/api/confirm_token.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <cassert>
#include <cstdlib>

#include "hub/admission/questions.hpp"

namespace noroshi::api {
namespace {

constexpr std::size_t time_bytes = 8;
constexpr std::size_t signature_bytes = 32;
constexpr std::size_t token_bytes_max =
    time_bytes + ConfirmTokens::questions_max * admission::question_digest_bytes + signature_bytes;

// RFC 4648 section 5, without padding: fit for a header as it is.
std::string base64url(std::string_view bytes) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string text;
  unsigned bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = (bits << 8 | static_cast<unsigned char>(c)) & 0xFFFFFF;
    for (count += 8; count >= 6; count -= 6) text += alphabet[bits >> (count - 6) & 63];
  }
  if (count > 0) text += alphabet[bits << (6 - count) & 63];
  return text;
}

std::optional<unsigned> sextet(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '-') return 62;
  if (c == '_') return 63;
  return std::nullopt;
}

std::optional<std::string> from_base64url(std::string_view text) {
  if (text.size() > token_bytes_max * 4 / 3 + 4) return std::nullopt;
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const auto value = sextet(c);
    if (!value) return std::nullopt;
    bits = (bits << 6 | *value) & 0xFFFFFF;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 255);
  }
  return bytes;
}

std::string eight_bytes(std::uint64_t value) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 255);
  return bytes;
}

std::int64_t number(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return static_cast<std::int64_t>(value);
}

}  // namespace

ConfirmTokens::ConfirmTokens() {
  if (RAND_bytes(key_.data(), static_cast<int>(key_.size())) != 1) std::abort();
}

std::string ConfirmTokens::signature(std::string_view payload, std::string_view publisher,
                                     const journal::Hash& content) const {
  std::string signed_text = "noroshi.confirm.v1";
  signed_text.append(reinterpret_cast<const char*>(content.data()), content.size());
  signed_text += eight_bytes(publisher.size());
  signed_text += publisher;
  signed_text += payload;
  std::array<unsigned char, EVP_MAX_MD_SIZE> made{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
       reinterpret_cast<const unsigned char*>(signed_text.data()), signed_text.size(), made.data(),
       &size);
  assert(size == signature_bytes);
  return {reinterpret_cast<const char*>(made.data()), size};
}

std::string ConfirmTokens::issue(std::string_view publisher, const journal::Hash& content,
                                 const std::vector<std::string>& questions,
                                 std::int64_t until_ms) const {
  assert(questions.size() <= questions_max);
  std::string payload = eight_bytes(static_cast<std::uint64_t>(until_ms));
  for (const auto& question : questions) payload += admission::digest_of(question);
  return base64url(payload + signature(payload, publisher, content));
}

std::optional<std::vector<std::string>> ConfirmTokens::answered(std::string_view token,
                                                                std::string_view publisher,
                                                                const journal::Hash& content,
                                                                std::int64_t now_ms) const {
  constexpr auto digest_bytes = admission::question_digest_bytes;
  const auto bytes = from_base64url(token);
  if (!bytes || bytes->size() < time_bytes + signature_bytes) return std::nullopt;
  const auto digests_size = bytes->size() - time_bytes - signature_bytes;
  if (digests_size % digest_bytes != 0) return std::nullopt;
  const std::string_view payload(bytes->data(), time_bytes + digests_size);
  const auto wanted = signature(payload, publisher, content);
  if (CRYPTO_memcmp(wanted.data(), bytes->data() + payload.size(), wanted.size()) != 0)
    return std::nullopt;
  if (number(payload.substr(0, time_bytes)) <= now_ms) return std::nullopt;
  std::vector<std::string> digests;
  for (std::size_t at = time_bytes; at < payload.size(); at += digest_bytes)
    digests.emplace_back(payload.substr(at, digest_bytes));
  return digests;
}

}  // namespace noroshi::api
