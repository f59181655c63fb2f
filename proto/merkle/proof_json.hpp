// Proofs as one JSON object each, for whoever checks them elsewhere (contract, "Audit"): hashes in
// base64, and with every proof the roots it is about.
#pragma once

#include <cstdint>
#include <string>

#include "proto/merkle/proof.hpp"
#include "proto/result.hpp"

namespace noroshi::merkle {

// {"type":"inclusion","leaf_index","tree_size","root","leaf_hash","proof"}
// Failure  invalid when there is no such leaf; what `node_of` says.
Result<std::string> inclusion_json(std::uint64_t leaf_index, std::uint64_t tree_size,
                                   const NodeOf& node_of);
// {"type":"consistency","size1","size2","root1","root2","proof"}
// Failure  invalid when size1 > size2; what `node_of` says.
Result<std::string> consistency_json(std::uint64_t size1, std::uint64_t size2,
                                     const NodeOf& node_of);

}  // namespace noroshi::merkle
