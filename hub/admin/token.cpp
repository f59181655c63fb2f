#include "hub/admin/token.hpp"

#include <sodium.h>

#include <array>
#include <cassert>

namespace noroshi::admin {
namespace {

constexpr std::size_t secret_bytes = 32;

std::string_view prefix_of(v1::TokenIssued::Kind kind, bool live) {
  switch (kind) {
    case v1::TokenIssued::PUBLISHER:
      return live ? "nrs_p_" : "nrd_p_";
    case v1::TokenIssued::SUBSCRIBER:
      return live ? "nrs_s_" : "nrd_s_";
    case v1::TokenIssued::OFFICER:
      return live ? "nrs_f_" : "nrd_f_";
    default:
      assert(kind == v1::TokenIssued::OPERATOR);
      return "nrs_o_";
  }
}

}  // namespace

std::string make_token(v1::TokenIssued::Kind kind, std::string_view drill) {
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  const int ready = sodium_init();
  assert(ready >= 0);
  (void)ready;

  std::array<unsigned char, secret_bytes> secret{};
  randombytes_buf(secret.data(), secret.size());
  std::array<char, sodium_base64_ENCODED_LEN(secret_bytes, variant)> text{};
  sodium_bin2base64(text.data(), text.size(), secret.data(), secret.size(), variant);
  sodium_memzero(secret.data(), secret.size());
  return std::string(prefix_of(kind, drill.empty())) + text.data();
}

v1::EntryBody token_issued(v1::TokenIssued::Kind kind, std::string_view id,
                           const journal::Hash& token_sha256, std::string_view drill) {
  v1::EntryBody body;
  auto& token = *body.mutable_token_issued();
  token.set_kind(kind);
  token.set_id(std::string(id));
  token.set_token_sha256(token_sha256.data(), token_sha256.size());
  token.set_drill(std::string(drill));
  return body;
}

}  // namespace noroshi::admin
