#include "proto/merkle/frontier.hpp"

#include <bit>
#include <utility>

namespace noroshi::merkle {

std::optional<Frontier> Frontier::of(std::uint64_t size, std::vector<Hash> roots) {
  if (roots.size() != static_cast<std::size_t>(std::popcount(size))) return std::nullopt;
  Frontier frontier;
  frontier.size_ = size;
  frontier.roots_ = std::move(roots);
  return frontier;
}

void Frontier::add(const Hash& leaf, const Complete& complete) {
  Node node{0, size_, leaf};
  if (complete) complete(node);
  // As in adding one to a binary number: two trees of a size become one of the next.
  for (; (node.index & 1) != 0; ++node.level, node.index >>= 1) {
    node.hash = node_hash(roots_.back(), node.hash);
    roots_.pop_back();
    if (complete) complete({node.level + 1, node.index >> 1, node.hash});
  }
  roots_.push_back(node.hash);
  ++size_;
}

Hash Frontier::root() const {
  if (roots_.empty()) return empty_root();
  Hash root = roots_.back();
  for (auto left = roots_.rbegin() + 1; left != roots_.rend(); ++left)
    root = node_hash(*left, root);
  return root;
}

}  // namespace noroshi::merkle
