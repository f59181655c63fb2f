#include "hub/webhook/signature.hpp"

#include <noroshi/v1/journal.pb.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <cstdlib>
#include <limits>

namespace noroshi::webhook {
namespace {

constexpr std::string_view prefix = "whsec_";
constexpr std::size_t fresh_bytes = 32;
constexpr std::size_t salt_bytes = 16;
using Digest = std::array<unsigned char, 32>;

// Without randomness secrets would be guessable.
std::string random_bytes(std::size_t size) {
  std::string bytes(size, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size)) != 1)
    std::abort();
  return bytes;
}

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), raw(bytes),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

// Canonical only: encoding what was read gives the same text.
std::string from_base64(std::string_view text) {
  std::string bytes(text.size(), '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), raw(text),
                                   static_cast<int>(text.size()));
  if (size < 0) return "";
  auto padding = text.size() - std::min(text.size(), text.find_last_not_of('=') + 1);
  bytes.resize(static_cast<std::size_t>(size) - std::min<std::size_t>(padding, 2));
  return base64(bytes) == text ? bytes : "";
}

Digest hmac(const Secret& secret, std::string_view signed_content) {
  Digest digest{};
  unsigned size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), raw(signed_content),
       signed_content.size(), digest.data(), &size);
  return digest;
}

}  // namespace

Secret make_secret() { return random_bytes(fresh_bytes); }

std::string secret_text(const Secret& secret) { return std::string(prefix) + base64(secret); }

Result<Secret> read_secret(std::string_view text) {
  if (text.starts_with(prefix)) {
    auto secret = from_base64(text.substr(prefix.size()));
    if (secret.size() >= secret_bytes_min && secret.size() <= secret_bytes_max) return secret;
  }
  return failure(ErrorCode::invalid, "a secret is whsec_ and 24 to 64 bytes in base64");
}

std::string sign(std::span<const Secret> secrets, std::string_view id, std::int64_t timestamp_s,
                 std::string_view body) {
  std::string content(id);
  content.append(".").append(std::to_string(timestamp_s)).append(".").append(body);
  std::string value;
  for (const auto& secret : secrets) {
    const auto digest = hmac(secret, content);
    if (!value.empty()) value += ' ';
    value += "v1," + base64({reinterpret_cast<const char*>(digest.data()), digest.size()});
  }
  return value;
}

std::string seal(std::span<const Secret> secrets) {
  v1::WebhookSecrets all;
  for (const auto& secret : secrets) all.add_secrets(secret);
  return random_bytes(salt_bytes) + all.SerializeAsString();
}

std::vector<Secret> unseal(std::string_view content) {
  v1::WebhookSecrets all;
  if (content.size() < salt_bytes) return {};
  content.remove_prefix(salt_bytes);
  if (!all.ParseFromArray(content.data(), static_cast<int>(content.size()))) return {};
  return {all.secrets().begin(), all.secrets().end()};
}

}  // namespace noroshi::webhook
