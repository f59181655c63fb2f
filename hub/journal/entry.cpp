#include "hub/journal/entry.hpp"

#include <algorithm>

#include "proto/hexadecimal.hpp"

namespace noroshi::journal {

std::optional<Hash> hash_from_digits(std::string_view digits) {
  const auto bytes = from_hexadecimal(digits);
  Hash hash{};
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

}  // namespace noroshi::journal
