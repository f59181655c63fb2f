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

// What an answer proves that is named again: of the log `epoch` everything in (after, through] that
// was for `reader`. As an entity tag, without its quotes:
// "<epoch>-<after>-<through>-<reader>-<digest>".
struct PageProof {
  std::uint64_t epoch = 0;
  journal::Sequence after = 0;
  journal::Sequence through = 0;
  std::string reader;  // see reader_mark()
  bool operator==(const PageProof&) const = default;
};
std::optional<PageProof> page_proof(std::string_view tag);
// Tells the pages of one reader in one channel from those of all others: what one subscriber holds
// says nothing of another that comes from the same program. `subscriber` "": whoever sees all.
std::string reader_mark(std::string_view channel, std::string_view subscriber);
std::string entity_tag(const PageProof& proof, std::string_view body);

}  // namespace noroshi::api
