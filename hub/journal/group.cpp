#include "hub/journal/group.hpp"

#include <fmt/core.h>

#include <memory>
#include <type_traits>
#include <utility>
#include <variant>

namespace noroshi::journal {
namespace {

Leaf make_leaf(v1::EntryBody body, Sequence sequence, std::int64_t at_ms,
               std::shared_ptr<const std::string> content = nullptr) {
  auto stored = std::make_shared<Stored>();
  stored->sequence = sequence;
  stored->entry.set_sequence(sequence);
  stored->entry.set_at_ms(at_ms);
  *stored->entry.mutable_body() = std::move(body);
  stored->bytes = stored->entry.SerializeAsString();
  stored->content = std::move(content);
  const Hash hash = leaf_hash(stored->bytes);
  Leaf leaf{std::move(stored), hash, std::nullopt, std::nullopt};
  if (leaf.stored->content) leaf.content = content_hash(*leaf.stored->content);
  return leaf;
}

class Deciding {
 public:
  Deciding(Sequence head, Judge& judge, const WallClock& clock, const Find& find)
      : head_(head), judge_(judge), clock_(clock), find_(find) {}

  Result<void> add(const Proposal& proposal) {
    const std::int64_t at_ms = clock_();
    Decision decision = judge_.decide(proposal, next(), at_ms);
    if (auto* accept = std::get_if<Accept>(&decision)) return accepted(*accept, at_ms, proposal);
    if (auto* known = std::get_if<AlreadyKnown>(&decision)) return already(known->sequence);
    refused(std::get<Refuse>(decision), at_ms);
    return {};
  }

  Group take() { return std::move(group_); }

 private:
  [[nodiscard]] Sequence next() const { return head_ + group_.leaves.size() + 1; }

  StoredPtr append(Leaf leaf) {
    StoredPtr stored = leaf.stored;
    group_.leaves.push_back(std::move(leaf));
    judge_.apply(stored->entry);
    return stored;
  }

  Result<void> accepted(Accept& accept, std::int64_t at_ms, const Proposal& proposal) {
    Leaf leaf = make_leaf(std::move(accept.body), next(), at_ms, proposal.content);
    leaf.key = proposal.key;
    if (!names_content(leaf.stored->entry, leaf.content))
      return failure(ErrorCode::io, fmt::format("entry {}: accepted under a hash that is not that "
                                                "of its content",
                                                next()));
    group_.outcomes.emplace_back(Committed{append(std::move(leaf))});
    return {};
  }

  Result<void> already(Sequence sequence) {
    if (sequence == 0 || sequence >= next())
      return failure(ErrorCode::io,
                     fmt::format("the judge knows entry {}, the log ends before", sequence));
    if (sequence > head_) {
      group_.outcomes.emplace_back(Known{group_.leaves[sequence - head_ - 1].stored});
      return {};
    }
    auto stored = find_(sequence);
    if (!stored) return tl::unexpected(stored.error());
    group_.outcomes.emplace_back(Known{*std::move(stored)});
    return {};
  }

  void refused(Refuse& refuse, std::int64_t at_ms) {
    StoredPtr stored;
    if (refuse.audit) stored = append(make_leaf(*std::move(refuse.audit), next(), at_ms));
    group_.outcomes.emplace_back(Refused{std::move(refuse.code), std::move(refuse.detail),
                                         std::move(refuse.rules), std::move(stored)});
  }

  const Sequence head_;
  Judge& judge_;
  const WallClock& clock_;
  const Find& find_;
  Group group_;
};

}  // namespace

Result<Group> decide(std::span<const Proposal> proposals, Sequence head, Judge& judge,
                     const WallClock& clock, const Find& find) {
  Deciding deciding(head, judge, clock, find);
  for (const Proposal& proposal : proposals) {
    if (auto added = deciding.add(proposal); !added) return tl::unexpected(added.error());
  }
  return deciding.take();
}

Leaf opening(std::uint64_t epoch, const std::string& environment, std::int64_t at_ms) {
  v1::EntryBody body;
  body.mutable_log_opened()->set_epoch(epoch);
  body.mutable_log_opened()->set_environment(environment);
  return make_leaf(std::move(body), 1, at_ms);
}

Result<v1::Entry> read_entry(Sequence sequence, std::string_view bytes, std::string_view leaf) {
  if (bytes_of(leaf_hash(bytes)) != leaf)
    return failure(ErrorCode::io, fmt::format("entry {} does not match its leaf hash", sequence));
  v1::Entry entry;
  if (!entry.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return failure(ErrorCode::io, fmt::format("entry {} cannot be read", sequence));
  if (entry.sequence() != sequence)
    return failure(ErrorCode::io, fmt::format("entry {} lies in the place of entry {}",
                                              entry.sequence(), sequence));
  return entry;
}

bool names_content(const v1::Entry& entry, const std::optional<Hash>& hash) {
  const auto& body = entry.body();
  if (!body.has_alert_accepted() && !body.has_draft_submitted() && !body.has_webhook_secrets_set())
    return true;
  const std::string_view named = body.has_alert_accepted() ? body.alert_accepted().content_sha256()
                                 : body.has_draft_submitted()
                                     ? body.draft_submitted().content_sha256()
                                     : body.webhook_secrets_set().content_sha256();
  return hash ? named == bytes_of(*hash) : named.empty();
}

std::string_view bytes_of(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace noroshi::journal
