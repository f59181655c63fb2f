#include "hub/delivery/receipt_log.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <map>
#include <tuple>
#include <utility>

namespace noroshi::delivery {
namespace {

constexpr std::size_t entry_receipts_max = 4096;
constexpr std::size_t ids_kept = 256;
constexpr std::size_t answers_max = 4;

std::string whose(const Receipt& receipt) {
  return drills::qualified(receipt.channel.drill(), receipt.subscriber);
}

// Neither part holds a line break.
std::string key_of(const Receipt& receipt) { return whose(receipt) + "\n" + receipt.id; }

void add(v1::ReceiptsOfAlert& part, const Receipt& receipt) {
  auto& added = *part.add_receipts();
  added.set_subscriber(receipt.subscriber);
  added.set_id(receipt.id);
  added.set_at_ms(receipt.at_ms);
  added.set_detail(receipt.detail);
  added.set_outlet(receipt.outlet);
}

}  // namespace

bool ReceiptLog::recorded(const Receipt& receipt) const {
  const auto recent = recent_.find(whose(receipt));
  if (recent == recent_.end()) return false;
  const auto& ids = recent->second.ids;
  return std::find(ids.begin(), ids.end(), std::hash<std::string>{}(receipt.id)) != ids.end();
}

// Sent again while the first waits: both are answered when that is durable.
void ReceiptLog::take(Receipt receipt, ReceiptAnswer answer) {
  const auto key = key_of(receipt);
  const bool waits = answers_.contains(key);
  if (!waits && (answers_.size() >= waiting_max || too_many(receipt))) return answer(NotTaken{});
  auto& answers = answers_[key];
  if (answers.size() == answers_max) {
    answers.front()(NotTaken{});
    answers.erase(answers.begin());
  }
  answers.push_back(std::move(answer));
  if (!waits) gathered_.push_back(std::move(receipt));
}

bool ReceiptLog::too_many(const Receipt& receipt) {
  auto& recent = recent_[whose(receipt)];
  const auto now = std::chrono::steady_clock::now();
  if (now - recent.minute >= std::chrono::minutes(1)) {
    recent.minute = now;
    recent.taken = 0;
  }
  return ++recent.taken > a_minute_max;
}

void ReceiptLog::flush() {
  if (gathered_.empty() || !under_way_.empty()) return;
  journal::Proposal proposal;
  auto& recorded = *proposal.body.mutable_receipts_recorded();
  std::map<std::tuple<journal::Sequence, std::string, int, std::string>, v1::ReceiptsOfAlert*>
      parts;
  while (!gathered_.empty() && under_way_.size() < entry_receipts_max) {
    const auto& receipt = gathered_.front();
    auto& part = parts[{receipt.sequence, receipt.channel.name(), receipt.state, receipt.medium}];
    if (part == nullptr) {
      part = recorded.add_alerts();
      part->set_sequence(receipt.sequence);
      receipt.channel.mark(*part);
      part->set_state(receipt.state);
      part->set_medium(receipt.medium);
    }
    add(*part, receipt);
    under_way_.push_back(std::move(gathered_.front()));
    gathered_.pop_front();
  }
  const auto submitted =
      journal_.submit(std::move(proposal), [this](const journal::Outcome& outcome) {
        const bool committed = std::holds_alternative<journal::Committed>(outcome);
        boost::asio::post(context_, [this, committed] { over(committed); });
      });
  if (!submitted) over(false);
}

void ReceiptLog::over(bool committed) {
  auto sent = std::exchange(under_way_, {});
  if (!committed) {
    for (auto receipt = sent.rbegin(); receipt != sent.rend(); ++receipt)
      gathered_.push_front(std::move(*receipt));
    return;
  }
  std::vector<ReceiptAnswer> owed;
  for (const auto& receipt : sent) {
    auto answers = answers_.extract(key_of(receipt));
    owed.insert(owed.end(), answers.mapped().begin(), answers.mapped().end());
    remember(receipt);
  }
  for (const auto& answer : owed) answer(Recorded{});
}

void ReceiptLog::remember(const Receipt& receipt) {
  auto& recent = recent_[whose(receipt)];
  const auto id = std::hash<std::string>{}(receipt.id);
  if (recent.ids.size() < ids_kept) return recent.ids.push_back(id);
  recent.ids[recent.next] = id;
  recent.next = (recent.next + 1) % ids_kept;
}

}  // namespace noroshi::delivery
