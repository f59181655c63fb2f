#include "proto/merkle/proof.hpp"

#include <algorithm>
#include <bit>
#include <optional>

namespace noroshi::merkle {
namespace {

tl::unexpected<Error> not_shown(const char* why) { return failure(ErrorCode::refused, why); }

// The largest power of two below `size`, which is at least 2: where RFC 9162 splits a tree.
std::uint64_t split(std::uint64_t size) { return std::bit_floor(size - 1); }

// Of leaves [begin, begin + size), where `begin` is a multiple of the power of two that holds them.
Result<Hash> root_of(std::uint64_t begin, std::uint64_t size, const NodeOf& node_of) {
  if (std::has_single_bit(size)) {
    const auto level = static_cast<unsigned>(std::countr_zero(size));
    return node_of(level, begin >> level);
  }
  const auto left_size = split(size);
  const auto left = root_of(begin, left_size, node_of);
  if (!left) return left;
  const auto right = root_of(begin + left_size, size - left_size, node_of);
  if (!right) return right;
  return node_hash(*left, *right);
}

// The sibling ranges met on the way down are proved from below.
struct Siblings {
  const NodeOf& node_of;
  Proof proof = {};
  std::optional<Error> error = {};

  void add(std::uint64_t begin, std::uint64_t size) {
    if (error) return;
    const auto root = root_of(begin, size, node_of);
    if (root)
      proof.push_back(*root);
    else
      error = root.error();
  }
  Result<Proof> from_below() {
    if (error) return tl::unexpected(*error);
    std::reverse(proof.begin(), proof.end());
    return proof;
  }
};

// Both walks of the verifiers go up from `fn` in a tree whose last node there is `sn`.
struct Climb {
  std::uint64_t fn;
  std::uint64_t sn;

  [[nodiscard]] bool from_the_left() const { return (fn & 1) != 0 || fn == sn; }
  void up() {
    fn >>= 1;
    sn >>= 1;
  }
  void up_the_edge() {
    while ((fn & 1) == 0 && fn != 0) up();
  }
};

}  // namespace

Result<Hash> root_at(std::uint64_t size, const NodeOf& node_of) {
  if (size == 0) return empty_root();
  return root_of(0, size, node_of);
}

Result<Proof> inclusion_proof(std::uint64_t leaf_index, std::uint64_t tree_size,
                              const NodeOf& node_of) {
  if (leaf_index >= tree_size) return failure(ErrorCode::invalid, "the tree has no such leaf");
  Siblings siblings{node_of};
  std::uint64_t begin = 0;
  for (auto size = tree_size; size > 1;) {
    const auto left_size = split(size);
    if (leaf_index < begin + left_size) {
      siblings.add(begin + left_size, size - left_size);
      size = left_size;
    } else {
      siblings.add(begin, left_size);
      begin += left_size;
      size -= left_size;
    }
  }
  return siblings.from_below();
}

Result<Proof> consistency_proof(std::uint64_t size1, std::uint64_t size2, const NodeOf& node_of) {
  if (size1 > size2) return failure(ErrorCode::invalid, "the first tree is the larger one");
  if (size1 == 0 || size1 == size2) return Proof{};
  Siblings siblings{node_of};
  std::uint64_t begin = 0;
  auto size = size2;
  auto old = size1;  // of them, within [begin, begin + size)
  while (old != size) {
    const auto left_size = split(size);
    if (old <= left_size) {
      siblings.add(begin + left_size, size - left_size);
      size = left_size;
    } else {
      siblings.add(begin, left_size);
      begin += left_size;
      size -= left_size;
      old -= left_size;
    }
  }
  // A whole left part of the tree is the first root itself, which the verifier has.
  if (begin != 0) siblings.add(begin, size);
  return siblings.from_below();
}

Result<void> verify_inclusion(std::uint64_t leaf_index, std::uint64_t tree_size,
                              const Hash& leaf_hash, const Proof& proof, const Hash& root) {
  if (leaf_index >= tree_size) return not_shown("leaf_index is not below tree_size");
  Climb climb{leaf_index, tree_size - 1};
  Hash hash = leaf_hash;
  for (const auto& sibling : proof) {
    if (climb.sn == 0) return not_shown("the proof is too long");
    if (climb.from_the_left()) {
      hash = node_hash(sibling, hash);
      climb.up_the_edge();
    } else {
      hash = node_hash(hash, sibling);
    }
    climb.up();
  }
  if (climb.sn != 0) return not_shown("the proof is too short");
  if (hash != root) return not_shown("the proof leads to another root");
  return {};
}

Result<void> verify_consistency(std::uint64_t size1, std::uint64_t size2, const Hash& root1,
                                const Hash& root2, const Proof& proof) {
  if (size1 > size2) return not_shown("size1 is beyond size2");
  if (size1 == 0 && root1 != empty_root())
    return not_shown("root1 is not the root of an empty tree");
  if (size1 == 0 || size1 == size2) {
    if (!proof.empty()) return not_shown("the proof is too long");
    if (size1 == size2 && root1 != root2) return not_shown("two roots of one size");
    return {};
  }
  if (proof.empty()) return not_shown("the proof is too short");
  Climb climb{size1 - 1, size2 - 1};
  while ((climb.fn & 1) != 0) climb.up();
  const bool whole = std::has_single_bit(size1);
  Hash first = whole ? root1 : proof.front();
  Hash second = first;
  for (auto node = proof.begin() + (whole ? 0 : 1); node != proof.end(); ++node) {
    if (climb.sn == 0) return not_shown("the proof is too long");
    if (climb.from_the_left()) {
      first = node_hash(*node, first);
      second = node_hash(*node, second);
      climb.up_the_edge();
    } else {
      second = node_hash(second, *node);
    }
    climb.up();
  }
  if (climb.sn != 0) return not_shown("the proof is too short");
  if (first != root1) return not_shown("the proof does not begin at root1");
  if (second != root2) return not_shown("the proof leads to another root2");
  return {};
}

}  // namespace noroshi::merkle
