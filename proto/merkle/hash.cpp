#include "proto/merkle/hash.hpp"

#include <openssl/evp.h>

#include <cassert>
#include <initializer_list>
#include <memory>

namespace noroshi::merkle {
namespace {

// Fetched once: the lookup by name costs more than the hash of a short entry.
const EVP_MD* sha256() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

std::string_view bytes_of(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

Hash digest(std::initializer_list<std::string_view> parts) {
  // One for each thread: making it costs as much as hashing a node.
  static thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
      EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  Hash hash{};
  unsigned int size = 0;
  // Only memory running out can make these fail.
  bool done = context && EVP_DigestInit_ex2(context.get(), sha256(), nullptr) == 1;
  for (const auto part : parts)
    done = done && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
  done = done && EVP_DigestFinal_ex(context.get(), hash.data(), &size) == 1;
  assert(done && size == hash.size());
  return hash;
}

}  // namespace

Hash hash_of(std::string_view bytes) { return digest({bytes}); }

Hash leaf_hash(std::string_view entry) { return digest({std::string_view("\0", 1), entry}); }

Hash node_hash(const Hash& left, const Hash& right) {
  return digest({"\x01", bytes_of(left), bytes_of(right)});
}

Hash empty_root() { return hash_of({}); }

}  // namespace noroshi::merkle
