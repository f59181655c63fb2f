#include "subscribers/client/outbox.hpp"

#include <utility>

namespace noroshi::subscribers {

void Outbox::add(v1::Receipt receipt) {
  if (!by_id_.try_emplace(receipt.id(), added_).second) return;
  waiting_.emplace(added_++, Waiting{std::move(receipt)});
}

bool Outbox::answered(const std::string& id) {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return false;
  const auto waiting = waiting_.find(found->second);
  if (waiting->second.said) --unanswered_;
  waiting_.erase(waiting);
  by_id_.erase(found);
  return true;
}

void Outbox::begin_again() {
  unanswered_ = 0;
  for (auto& [added, waiting] : waiting_) waiting.said = false;
}

std::vector<v1::ClientMessage> Outbox::due(std::uint64_t reached) {
  std::vector<v1::ClientMessage> messages;
  for (auto& [added, waiting] : waiting_) {
    if (unanswered_ == unanswered_max) break;
    if (waiting.said || waiting.receipt.sequence() > reached) continue;
    waiting.said = true;
    ++unanswered_;
    *messages.emplace_back().mutable_receipt() = waiting.receipt;
  }
  return messages;
}

void Outbox::clear() {
  waiting_.clear();
  by_id_.clear();
  unanswered_ = 0;
}

}  // namespace noroshi::subscribers
