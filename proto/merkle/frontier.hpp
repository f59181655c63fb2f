// The right edge of a growing Merkle tree: all that is needed to add leaves and to know the root.
// A node is complete when all leaves below it are there; it never changes again.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "proto/merkle/hash.hpp"

namespace noroshi::merkle {

// The complete node over leaves index × 2^level up to the next. Level 0 are the leaves.
struct Node {
  unsigned level;
  std::uint64_t index;
  Hash hash;
};

class Frontier {
 public:
  Frontier() = default;
  // As roots() of a tree of `size` leaves had it; nothing when there are not as many as it takes.
  static std::optional<Frontier> of(std::uint64_t size, std::vector<Hash> roots);

  // `complete` is given every node that the leaf completes, the leaf itself first.
  using Complete = std::function<void(const Node&)>;
  void add(const Hash& leaf, const Complete& complete = {});

  [[nodiscard]] std::uint64_t size() const { return size_; }
  // Merkle Tree Hash of RFC 6962, section 2.1.
  [[nodiscard]] Hash root() const;
  // The roots of its complete trees, the largest first: one for each bit set in size().
  [[nodiscard]] const std::vector<Hash>& roots() const { return roots_; }

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> roots_;
};

}  // namespace noroshi::merkle
