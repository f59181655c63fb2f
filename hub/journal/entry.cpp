#include "hub/journal/entry.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <cassert>
#include <memory>

#include "proto/hexadecimal.hpp"

namespace noroshi::journal {
namespace {

// Fetched once: the lookup by name costs more than the hash of a short entry.
const EVP_MD* sha256() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

Hash digest(std::string_view prefix, std::string_view bytes) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  Hash hash{};
  unsigned int size = 0;
  // Only memory running out can make these fail.
  const bool done = context && EVP_DigestInit_ex(context.get(), sha256(), nullptr) == 1 &&
                    EVP_DigestUpdate(context.get(), prefix.data(), prefix.size()) == 1 &&
                    EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1 &&
                    EVP_DigestFinal_ex(context.get(), hash.data(), &size) == 1;
  assert(done && size == hash.size());
  return hash;
}

}  // namespace

Hash content_hash(std::string_view bytes) { return digest({}, bytes); }

Hash leaf_hash(std::string_view entry_bytes) {
  return digest(std::string_view("\0", 1), entry_bytes);
}

std::optional<Hash> hash_from_digits(std::string_view digits) {
  const auto bytes = from_hexadecimal(digits);
  Hash hash{};
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

}  // namespace noroshi::journal
