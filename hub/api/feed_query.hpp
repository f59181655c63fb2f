// The query of GET /v1/feed.atom, and what its entity tags stand for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hub/view/view.hpp"
#include "proto/result.hpp"
#include "proto/wire/http.hpp"

namespace noroshi::api {

// ?before= or ?after=, and ?limit= (1 to 200). invalid, naming the parameter, for anything else.
Result<view::FeedQuery> feed_query(const wire::Request& request);

// What an answer proves that is named again: of the log `epoch` everything for its reader in
// (after, through]. As an entity tag "<epoch>-<after>-<through>-<digest>", without its quotes.
struct PageProof {
  std::uint64_t epoch = 0;
  journal::Sequence after = 0;
  journal::Sequence through = 0;
};
std::optional<PageProof> page_proof(std::string_view tag);
std::string entity_tag(const PageProof& proof, std::string_view body);

}  // namespace noroshi::api
