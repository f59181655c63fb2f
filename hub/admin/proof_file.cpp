#include "hub/admin/proof_file.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdint>
#include <string>

#include "proto/merkle/base64.hpp"
#include "proto/merkle/proof.hpp"

namespace noroshi::admin {
namespace {

namespace json = boost::json;

constexpr std::size_t depth_max = 4;

tl::unexpected<Error> wrong(std::string detail) {
  return failure(ErrorCode::invalid, std::move(detail));
}

Result<std::uint64_t> size_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  boost::system::error_code error;
  if (value == nullptr || !value->is_number()) return wrong(std::string(name) + ": no number");
  const auto size = value->to_number<std::uint64_t>(error);
  if (error) return wrong(std::string(name) + ": not a whole number from 0");
  return size;
}

Result<merkle::Hash> hash_in(const json::value* value, const std::string& name) {
  if (value == nullptr || !value->is_string()) return wrong(name + ": no text");
  const auto bytes = merkle::from_base64(value->get_string());
  merkle::Hash hash{};
  if (!bytes || bytes->size() != hash.size()) return wrong(name + ": not 32 bytes in base64");
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

Result<merkle::Hash> hash_of(const json::object& object, const char* name) {
  return hash_in(object.if_contains(name), name);
}

Result<merkle::Proof> proof_of(const json::object& object) {
  const auto* value = object.if_contains("proof");
  merkle::Proof proof;
  if (value != nullptr && value->is_null()) return proof;  // how some write an empty one
  if (value == nullptr || !value->is_array()) return wrong("proof: no array");
  for (const auto& node : value->get_array()) {
    const auto hash = hash_in(&node, "proof[" + std::to_string(proof.size()) + "]");
    if (!hash) return tl::unexpected(hash.error());
    proof.push_back(*hash);
  }
  return proof;
}

Result<void> verify_inclusion(const json::object& object) {
  const auto leaf_index = size_of(object, "leaf_index");
  if (!leaf_index) return tl::unexpected(leaf_index.error());
  const auto tree_size = size_of(object, "tree_size");
  if (!tree_size) return tl::unexpected(tree_size.error());
  const auto root = hash_of(object, "root");
  if (!root) return tl::unexpected(root.error());
  const auto leaf_hash = hash_of(object, "leaf_hash");
  if (!leaf_hash) return tl::unexpected(leaf_hash.error());
  const auto proof = proof_of(object);
  if (!proof) return tl::unexpected(proof.error());
  return merkle::verify_inclusion(*leaf_index, *tree_size, *leaf_hash, *proof, *root);
}

Result<void> verify_consistency(const json::object& object) {
  const auto size1 = size_of(object, "size1");
  if (!size1) return tl::unexpected(size1.error());
  const auto size2 = size_of(object, "size2");
  if (!size2) return tl::unexpected(size2.error());
  const auto root1 = hash_of(object, "root1");
  if (!root1) return tl::unexpected(root1.error());
  const auto root2 = hash_of(object, "root2");
  if (!root2) return tl::unexpected(root2.error());
  const auto proof = proof_of(object);
  if (!proof) return tl::unexpected(proof.error());
  return merkle::verify_consistency(*size1, *size2, *root1, *root2, *proof);
}

}  // namespace

Result<void> verify_proof(std::string_view text) {
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = depth_max;
  const auto value = json::parse(text, error, {}, options);
  if (error || !value.is_object()) return wrong("not one JSON object");
  const auto& object = value.get_object();
  const auto* type = object.if_contains("type");
  if (type != nullptr && type->is_string() && type->get_string() == "inclusion")
    return verify_inclusion(object);
  if (type != nullptr && type->is_string() && type->get_string() == "consistency")
    return verify_consistency(object);
  return wrong("type: neither inclusion nor consistency");
}

}  // namespace noroshi::admin
