#include "hub/api/audit.hpp"

#include <boost/asio/post.hpp>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "hub/api/answers.hpp"
#include "proto/merkle/proof_json.hpp"

namespace noroshi::api {
namespace {

using journal::TreeHead;
using merkle::NodeOf;
using transport::Exchange;

// Two numbers of a query: the first has to be there.
struct Span {
  std::uint64_t first = 0;
  std::optional<std::uint64_t> second;
};

Result<Span> span_of(const wire::Request& request, std::string_view first,
                     std::string_view second) {
  std::optional<std::uint64_t> found;
  Span span;
  for (const auto& [name, value] : request.query) {
    std::uint64_t number = 0;
    const auto* const end = value.data() + value.size();
    const auto [last, error] = std::from_chars(value.data(), end, number);
    auto& place = name == first ? found : span.second;
    if ((name != first && name != second) || place || error != std::errc() || last != end ||
        number == 0)
      return failure(ErrorCode::invalid, name + "=" + value);
    place = number;
  }
  if (!found) return failure(ErrorCode::invalid, std::string(first) + "=");
  span.first = *found;
  return span;
}

Result<std::string> inclusion(const Span& asked, const TreeHead& tree, const NodeOf& node_of) {
  const auto size = asked.second.value_or(tree.size);
  if (size > tree.size) return failure(ErrorCode::invalid, "size=" + std::to_string(size));
  if (asked.first > size)
    return failure(ErrorCode::invalid, "sequence=" + std::to_string(asked.first));
  return merkle::inclusion_json(asked.first - 1, size, node_of);
}

Result<std::string> consistency(const Span& asked, const TreeHead& tree, const NodeOf& node_of) {
  const auto to = asked.second.value_or(tree.size);
  if (to > tree.size) return failure(ErrorCode::invalid, "to=" + std::to_string(to));
  if (asked.first > to) return failure(ErrorCode::invalid, "from=" + std::to_string(asked.first));
  return merkle::consistency_json(asked.first, to, node_of);
}

using Prove = Result<std::string> (*)(const Span&, const TreeHead&, const NodeOf&);

void answer_proof(Rooms& rooms, const Exchange& exchange, const Result<Span>& asked, Prove prove) {
  if (!asked) return refuse(exchange, {400, "query.invalid", asked.error().detail, {}});
  const auto queued = rooms.journal.look_at_tree(
      [&rooms, exchange, span = *asked, prove](const Result<TreeHead>& tree, const NodeOf& nodes) {
        auto proof = tree ? prove(span, *tree, nodes) : tl::unexpected(tree.error());
        boost::asio::post(rooms.front, [exchange, proof = std::move(proof)] {
          if (proof) return exchange.respond(json_response(200, *proof));
          const auto& [code, detail] = proof.error();
          if (code != ErrorCode::invalid) return unavailable(exchange, detail);
          refuse(exchange, {400, "query.invalid", detail, {}});
        });
      });
  if (!queued) unavailable(exchange, queued.error().detail);
}

}  // namespace

void answer_audit_key(Rooms& rooms, const Exchange& exchange) {
  exchange.respond({200,
                    {{"Content-Type", "text/plain; charset=utf-8"}},
                    rooms.log_signer.verifier().text() + "\n"});
}

void answer_inclusion(Rooms& rooms, const Exchange& exchange) {
  answer_proof(rooms, exchange, span_of(exchange.request, "sequence", "size"), inclusion);
}

void answer_consistency(Rooms& rooms, const Exchange& exchange) {
  answer_proof(rooms, exchange, span_of(exchange.request, "from", "to"), consistency);
}

}  // namespace noroshi::api
