// Proofs over a Merkle tree: that a leaf is in it (RFC 9162, section 2.1.3), and that one tree is
// the beginning of another (section 2.1.4). Made from complete nodes, verified from nothing but
// what is given.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "proto/merkle/hash.hpp"
#include "proto/result.hpp"

namespace noroshi::merkle {

using Proof = std::vector<Hash>;

// The hash of the complete node over leaves index × 2^level up to the next; whoever keeps them says
// why it has none.
using NodeOf = std::function<Result<Hash>(unsigned level, std::uint64_t index)>;

// The root over the first `size` leaves of a tree that has at least as many.
Result<Hash> root_at(std::uint64_t size, const NodeOf& node_of);

// Both ask for O(log size) nodes. invalid when there is no such leaf, or size1 > size2.
Result<Proof> inclusion_proof(std::uint64_t leaf_index, std::uint64_t tree_size,
                              const NodeOf& node_of);
Result<Proof> consistency_proof(std::uint64_t size1, std::uint64_t size2, const NodeOf& node_of);

// refused when the proof does not show it; `detail` says what is wrong.
Result<void> verify_inclusion(std::uint64_t leaf_index, std::uint64_t tree_size,
                              const Hash& leaf_hash, const Proof& proof, const Hash& root);
// The empty tree is the beginning of every tree; its proof is empty.
Result<void> verify_consistency(std::uint64_t size1, std::uint64_t size2, const Hash& root1,
                                const Hash& root2, const Proof& proof);

}  // namespace noroshi::merkle
