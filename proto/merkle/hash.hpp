// The hashes of a Merkle tree (RFC 6962, section 2.1): SHA-256, with a leading byte that keeps
// leaves and nodes apart.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace noroshi::merkle {

using Hash = std::array<std::uint8_t, 32>;

// SHA-256 of `bytes`.
Hash hash_of(std::string_view bytes);
// Of 0x00 and an entry's bytes.
Hash leaf_hash(std::string_view entry);
// Of 0x01 and the two below it.
Hash node_hash(const Hash& left, const Hash& right);
// The root of a tree without leaves.
Hash empty_root();

}  // namespace noroshi::merkle
