#include "hub/journal/group.hpp"

#include <fmt/core.h>

#include <algorithm>
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

// What an entry says of its content; nothing for kinds that have none.
std::string_view named_content(const v1::EntryBody& body) {
  if (body.has_alert_accepted()) return body.alert_accepted().content_sha256();
  if (body.has_draft_submitted()) return body.draft_submitted().content_sha256();
  return body.webhook_secrets_set().content_sha256();
}

// As the examination of a submission makes it; a draft reserves none.
std::optional<AlertKey> key_of(const v1::EntryBody& body) {
  // Found again without reading the whole log.
  if (body.has_log_restored()) return AlertKey{"", "", std::to_string(body.log_restored().epoch())};
  if (!body.has_alert_accepted()) return std::nullopt;
  const auto& accepted = body.alert_accepted();
  const auto& drill = accepted.drill();
  return AlertKey{drill.empty() ? accepted.publisher() : drill + ":" + accepted.publisher(),
                  accepted.summary().sender(), accepted.summary().identifier()};
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

Leaf restoring(std::uint64_t epoch, const std::string& checkpoint, Sequence sequence,
               std::int64_t at_ms) {
  v1::EntryBody body;
  body.mutable_log_restored()->set_epoch(epoch);
  body.mutable_log_restored()->set_checkpoint(checkpoint);
  Leaf leaf = make_leaf(std::move(body), sequence, at_ms);
  leaf.key = key_of(leaf.stored->entry.body());
  return leaf;
}

Result<Leaf> copied(Sequence sequence, std::string bytes,
                    std::shared_ptr<const std::string> content) {
  const Hash hash = leaf_hash(bytes);
  auto entry = read_entry(sequence, bytes, bytes_of(hash));
  if (!entry) return tl::unexpected(entry.error());
  std::optional<Hash> named;
  if (content) named = content_hash(*content);
  const auto said = named_content(entry->body());
  if (!content && !said.empty()) {
    named.emplace();
    if (said.size() != named->size())
      return failure(ErrorCode::io, fmt::format("entry {} has a malformed hash", sequence));
    std::copy(said.begin(), said.end(), named->begin());
  }
  if (!names_content(*entry, named))
    return failure(ErrorCode::io, fmt::format("entry {} names another content", sequence));
  auto key = key_of(entry->body());
  auto stored = std::make_shared<const Stored>(
      Stored{sequence, std::move(bytes), *std::move(entry), std::move(content)});
  return Leaf{std::move(stored), hash, std::move(key), named};
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
  const std::string_view named = named_content(body);
  return hash ? named == bytes_of(*hash) : named.empty();
}

std::string_view bytes_of(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace noroshi::journal
