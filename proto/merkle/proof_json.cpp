#include "proto/merkle/proof_json.hpp"

#include "proto/merkle/base64.hpp"

namespace noroshi::merkle {
namespace {

std::string quoted(const Hash& hash) {
  return '"' + base64({reinterpret_cast<const char*>(hash.data()), hash.size()}) + '"';
}

std::string array_of(const Proof& proof) {
  std::string array = "[";
  for (const auto& hash : proof) array += (array.size() > 1 ? "," : "") + quoted(hash);
  return array + "]";
}

}  // namespace

Result<std::string> inclusion_json(std::uint64_t leaf_index, std::uint64_t tree_size,
                                   const NodeOf& node_of) {
  const auto proof = inclusion_proof(leaf_index, tree_size, node_of);
  if (!proof) return tl::unexpected(proof.error());
  const auto leaf = node_of(0, leaf_index);
  if (!leaf) return tl::unexpected(leaf.error());
  const auto root = root_at(tree_size, node_of);
  if (!root) return tl::unexpected(root.error());
  return R"({"type":"inclusion","leaf_index":)" + std::to_string(leaf_index) + R"(,"tree_size":)" +
         std::to_string(tree_size) + R"(,"root":)" + quoted(*root) + R"(,"leaf_hash":)" +
         quoted(*leaf) + R"(,"proof":)" + array_of(*proof) + "}";
}

Result<std::string> consistency_json(std::uint64_t size1, std::uint64_t size2,
                                     const NodeOf& node_of) {
  const auto proof = consistency_proof(size1, size2, node_of);
  if (!proof) return tl::unexpected(proof.error());
  const auto root1 = root_at(size1, node_of);
  if (!root1) return tl::unexpected(root1.error());
  const auto root2 = root_at(size2, node_of);
  if (!root2) return tl::unexpected(root2.error());
  return R"({"type":"consistency","size1":)" + std::to_string(size1) + R"(,"size2":)" +
         std::to_string(size2) + R"(,"root1":)" + quoted(*root1) + R"(,"root2":)" + quoted(*root2) +
         R"(,"proof":)" + array_of(*proof) + "}";
}

}  // namespace noroshi::merkle
