// Trees to compare with: hashed from RFC 6962's definition, without anything of ours but the two
// hashes.
#pragma once

#include <bit>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "proto/hexadecimal.hpp"
#include "proto/merkle/frontier.hpp"

namespace noroshi::merkle {

inline std::string digits(const Hash& hash) { return hexadecimal(hash); }

inline std::vector<Hash> leaves(std::size_t count) {
  std::vector<Hash> hashes;
  for (std::size_t i = 0; i < count; ++i) hashes.push_back(leaf_hash("entry " + std::to_string(i)));
  return hashes;
}

// MTH of section 2.1.
inline Hash defined_root(std::span<const Hash> leaves) {
  if (leaves.empty()) return empty_root();
  if (leaves.size() == 1) return leaves.front();
  const auto split = std::bit_floor(leaves.size() - 1);
  return node_hash(defined_root(leaves.first(split)), defined_root(leaves.subspan(split)));
}

// A frontier and every complete node that it told of.
struct Grown {
  Frontier frontier;
  std::map<std::pair<unsigned, std::uint64_t>, Hash> nodes;

  explicit Grown(std::span<const Hash> leaves) {
    for (const auto& leaf : leaves)
      frontier.add(leaf, [&](const Node& node) { nodes[{node.level, node.index}] = node.hash; });
  }
};

}  // namespace noroshi::merkle
