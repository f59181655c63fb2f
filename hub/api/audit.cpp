#include "hub/api/audit.hpp"

#include <boost/asio/post.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "hub/api/answers.hpp"
#include "proto/merkle/base64.hpp"
#include "proto/merkle/checkpoint.hpp"
#include "proto/merkle/proof.hpp"

namespace noroshi::api {
namespace {

namespace json = boost::json;
using journal::TreeHead;
using merkle::Hash;
using merkle::NodeOf;
using transport::Exchange;

std::string base64(const Hash& hash) {
  return merkle::base64({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

json::array array_of(const merkle::Proof& proof) {
  json::array array;
  for (const auto& hash : proof) array.emplace_back(base64(hash));
  return array;
}

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

Result<json::object> inclusion(const Span& asked, const TreeHead& tree, const NodeOf& node_of) {
  const auto size = asked.second.value_or(tree.size);
  if (size > tree.size) return failure(ErrorCode::invalid, "size=" + std::to_string(size));
  if (asked.first > size)
    return failure(ErrorCode::invalid, "sequence=" + std::to_string(asked.first));
  const auto index = asked.first - 1;
  const auto leaf = node_of(0, index);
  if (!leaf) return tl::unexpected(leaf.error());
  const auto root = merkle::root_at(size, node_of);
  if (!root) return tl::unexpected(root.error());
  const auto proof = merkle::inclusion_proof(index, size, node_of);
  if (!proof) return tl::unexpected(proof.error());
  return json::object{{"type", "inclusion"},        {"leaf_index", index},
                      {"tree_size", size},          {"root", base64(*root)},
                      {"leaf_hash", base64(*leaf)}, {"proof", array_of(*proof)}};
}

Result<json::object> consistency(const Span& asked, const TreeHead& tree, const NodeOf& node_of) {
  const auto to = asked.second.value_or(tree.size);
  if (to > tree.size) return failure(ErrorCode::invalid, "to=" + std::to_string(to));
  if (asked.first > to) return failure(ErrorCode::invalid, "from=" + std::to_string(asked.first));
  const auto root1 = merkle::root_at(asked.first, node_of);
  if (!root1) return tl::unexpected(root1.error());
  const auto root2 = merkle::root_at(to, node_of);
  if (!root2) return tl::unexpected(root2.error());
  const auto proof = merkle::consistency_proof(asked.first, to, node_of);
  if (!proof) return tl::unexpected(proof.error());
  return json::object{
      {"type", "consistency"},   {"size1", asked.first},    {"size2", to},
      {"root1", base64(*root1)}, {"root2", base64(*root2)}, {"proof", array_of(*proof)}};
}

using Prove = Result<json::object> (*)(const Span&, const TreeHead&, const NodeOf&);

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

void answer_checkpoint(Rooms& rooms, const Exchange& exchange) {
  const auto answer = [&rooms, exchange](const Result<TreeHead>& tree) {
    if (!tree) return unavailable(exchange, tree.error().detail);
    const auto& origin = rooms.log_signer.verifier().name;
    const auto note = merkle::sign_note(text_of(merkle::Checkpoint{origin, tree->size, tree->root}),
                                        rooms.log_signer);
    if (!note) return unavailable(exchange, note.error().detail);
    exchange.respond({200, {{"Content-Type", "text/plain; charset=utf-8"}}, *note});
  };
  const auto queued =
      rooms.journal.look_at_tree([&rooms, answer](const Result<TreeHead>& tree, const NodeOf&) {
        boost::asio::post(rooms.front, [answer, tree] { answer(tree); });
      });
  if (!queued) unavailable(exchange, queued.error().detail);
}

void answer_inclusion(Rooms& rooms, const Exchange& exchange) {
  answer_proof(rooms, exchange, span_of(exchange.request, "sequence", "size"), inclusion);
}

void answer_consistency(Rooms& rooms, const Exchange& exchange) {
  answer_proof(rooms, exchange, span_of(exchange.request, "from", "to"), consistency);
}

}  // namespace noroshi::api
