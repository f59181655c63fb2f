#include "hub/api/cosigning.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <tuple>
#include <utility>

#include "hub/api/answers.hpp"
#include "hub/config/log.hpp"
#include "proto/merkle/proof.hpp"

namespace noroshi::api {
namespace {

using journal::TreeHead;
using merkle::Checkpoint;
using merkle::NodeOf;
using transport::Exchange;

void refuse_cosignature(const Exchange& exchange, std::string why) {
  refuse(exchange, {400, "cosignature.invalid", std::move(why), {}});
}

Result<Checkpoint> checkpoint_of(const merkle::NoteParts& note, const std::string& origin) {
  auto checkpoint = merkle::read_checkpoint(note.text);
  if (!checkpoint) return checkpoint;
  if (checkpoint->origin != origin) return failure(ErrorCode::invalid, "not of " + origin);
  if (text_of(*checkpoint) != note.text || checkpoint->size == 0)
    return failure(ErrorCode::invalid, "not a checkpoint as it is given here");
  return checkpoint;
}

}  // namespace

void Cosigning::answer_note(const Exchange& exchange, const Checkpoint& checkpoint) {
  auto note = merkle::sign_note(text_of(checkpoint), rooms_.log_signer);
  if (!note) return unavailable(exchange, note.error().detail);
  for (const auto& [key, held] : held_)
    if (held.checkpoint == checkpoint) *note += held.cosignature.line;
  exchange.respond({200, {{"Content-Type", "text/plain; charset=utf-8"}}, *std::move(note)});
}

void Cosigning::answer_cosigned(const Exchange& exchange) {
  const auto smaller = [](const auto& a, const auto& b) {
    return a.second.checkpoint.size < b.second.checkpoint.size;
  };
  const auto newest = std::max_element(held_.begin(), held_.end(), smaller);
  if (newest == held_.end())
    return refuse(exchange, {404, "not-found", exchange.request.target, {}});
  answer_note(exchange, newest->second.checkpoint);
}

void Cosigning::answer_checkpoint(const Exchange& exchange) {
  for (const auto& [name, value] : exchange.request.query)
    if (name != "cosigned" || value != "true")
      return refuse(exchange, {400, "query.invalid", name + "=" + value, {}});
  if (!exchange.request.query.empty()) return answer_cosigned(exchange);
  const auto answer = [this, exchange](const Result<TreeHead>& tree) {
    if (!tree) return unavailable(exchange, tree.error().detail);
    answer_note(exchange, {rooms_.log_signer.verifier().name, tree->size, tree->root});
  };
  const auto queued =
      rooms_.journal.look_at_tree([this, answer](const Result<TreeHead>& tree, const NodeOf&) {
        boost::asio::post(rooms_.front, [answer, tree] { answer(tree); });
      });
  if (!queued) unavailable(exchange, queued.error().detail);
}

void Cosigning::take(const Exchange& exchange) {
  if (exchange.request.body.size() > body_bytes_max)
    return refuse(exchange, {413, "too-large", std::to_string(body_bytes_max), {}});
  const auto note = merkle::parts_of(exchange.request.body);
  if (!note) return refuse_cosignature(exchange, note.error().detail);
  auto checkpoint = checkpoint_of(*note, rooms_.log_signer.verifier().name);
  if (!checkpoint) return refuse_cosignature(exchange, checkpoint.error().detail);
  auto cosignature = merkle::cosignature_in(*note, rooms_.witnesses);
  if (!cosignature) return refuse_cosignature(exchange, cosignature.error().detail);
  const auto now = static_cast<std::uint64_t>(rooms_.clock() / 1000);
  if (cosignature->time > now + ahead_max_seconds)
    return refuse_cosignature(exchange, "its time is ahead");
  compare(exchange, {*std::move(checkpoint), *std::move(cosignature)});
}

void Cosigning::compare(const Exchange& exchange, Held said) {
  const auto queued = rooms_.journal.look_at_tree(
      [this, exchange, said = std::move(said)](const Result<TreeHead>& tree, const NodeOf& nodes) {
        auto ours = [&]() -> Result<merkle::Hash> {
          if (!tree) return tl::unexpected(tree.error());
          if (said.checkpoint.size > tree->size)
            return failure(ErrorCode::invalid, "more entries than there are");
          return merkle::root_at(said.checkpoint.size, nodes);
        }();
        boost::asio::post(rooms_.front, [this, exchange, said, ours = std::move(ours)] {
          hold(exchange, said, ours);
        });
      });
  if (!queued) unavailable(exchange, queued.error().detail);
}

void Cosigning::hold(const Exchange& exchange, const Held& said, const Result<merkle::Hash>& ours) {
  const auto& name = said.cosignature.by.name;
  if (!ours && ours.error().code != ErrorCode::invalid)
    return unavailable(exchange, ours.error().detail);
  if (!ours || *ours != said.checkpoint.root) {
    log::error("witness.other_log",
               {{"witness", name}, {"size", std::to_string(said.checkpoint.size)}});
    return refuse_cosignature(exchange, ours ? "another root than ours" : ours.error().detail);
  }
  const auto age = [](const Held& held) {
    return std::tuple(held.checkpoint.size, held.cosignature.time);
  };
  auto& held = held_[said.cosignature.by.text()];
  if (age(said) >= age(held)) held = said;
  exchange.respond({204, {}, ""});
}

}  // namespace noroshi::api
