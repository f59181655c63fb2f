// What a receiver does on the store's thread: hands items over, folds what stands, keeps receipts,
// all of it good before the acknowledgement.
#include <algorithm>
#include <boost/asio/post.hpp>
#include <map>
#include <utility>

#include "subscribers/client/on_air.hpp"
#include "subscribers/client/receiver.hpp"

namespace noroshi::subscribers {

namespace asio = boost::asio;
namespace pb = noroshi::v1;

Result<std::vector<Said>> Store::stands(const std::vector<Held>&, const Standing&) {
  return std::vector<Said>{};
}

void Receiver::store_batch(const std::vector<Item>& batch, std::int64_t now_ms) {
  const auto group = std::max<std::size_t>(store_.group_max(), 1);
  const std::span<const Item> items(batch);
  for (std::size_t first = 0; first < items.size() && !dropping_; first += group) {
    const auto last = std::min(first + group, items.size());
    if (auto kept = store_group(items.subspan(first, last - first), now_ms); !kept)
      store_failed(kept.error());
  }
}

void Receiver::store_failed(const Error& error) {
  dropping_ = true;
  asio::post(context_,
             [this, error] { end({.kind = Ending::Kind::store_failed, .error = error}); });
}

// Settles those that were taken, also when a later one fails.
Result<void> Receiver::store_group(std::span<const Item> group, std::int64_t now_ms) {
  const auto* standing = settings_.standing;
  Result<void> taken;
  std::size_t count = 0;
  while (taken && count < group.size() && !(dropping_ && count > 0)) {
    const auto& item = group[count];
    const bool again = standing != nullptr && standing->standing().knows_from_elsewhere(item);
    if (!again) taken = store_.take(item);
    if (taken) ++count;
  }
  if (count == 0) return taken;
  const auto through = group[count - 1].position;
  if (auto settled = store_.settle(through); !settled) return settled;
  // Before the acknowledgement, and before the index that says where to go on: what was not
  // reported comes again.
  if (auto told = tell(group.first(count), now_ms); !told) return told;
  if (settings_.standing != nullptr)
    if (auto kept = settings_.standing->settle(through, now_ms); !kept) return kept;
  asio::post(context_, [this, through, count] { stored(through, count); });
  return taken;
}

// What has become of these and, by them, of others.
Result<void> Receiver::tell(std::span<const Item> stored, std::int64_t now_ms) {
  std::vector<Said> receipts;
  std::vector<Held> changes;
  for (const auto& item : stored) {
    if (!settings_.on_air.empty())
      for (auto& said : on_air(item, settings_.on_air)) receipts.push_back(std::move(said));
    if (settings_.standing == nullptr) continue;
    for (auto& change : settings_.standing->take(item, now_ms))
      changes.push_back(std::move(change));
  }
  if (auto kept = keep_receipts(std::move(receipts)); !kept) return kept;
  return changes.empty() ? Result<void>() : announce(changes);
}

Result<void> Receiver::announce(const std::vector<Held>& changes) {
  if (settings_.standing == nullptr) return {};
  std::vector<Said> receipts;
  for (const auto& change : changes)
    for (auto& said : off_air(change, settings_.on_air)) receipts.push_back(std::move(said));
  auto more = store_.stands(changes, settings_.standing->standing());
  if (!more) return tl::unexpected(more.error());
  for (auto& said : *more) receipts.push_back(std::move(said));
  return keep_receipts(std::move(receipts));
}

Result<void> Receiver::settle(Position through, std::int64_t now_ms) {
  if (auto settled = store_.settle(through); !settled || settings_.standing == nullptr)
    return settled;
  return settings_.standing->settle(through, now_ms);
}

Result<void> Receiver::pass_time(std::int64_t now_ms) {
  const auto changes = settings_.standing->pass_time(now_ms);
  if (changes.empty()) return {};
  if (auto told = announce(changes); !told) return told;
  return settings_.standing->write();
}

Result<void> Receiver::open_receipts(const pb::Welcome& welcome) {
  if (settings_.receipts == nullptr) return {};
  auto waiting = settings_.receipts->open(welcome.channel(), welcome.epoch());
  if (!waiting) return tl::unexpected(waiting.error());
  asio::post(context_, [this, epoch = welcome.epoch(), waiting = std::move(*waiting)] {
    if (!session_.position() || session_.position()->epoch != epoch) return;
    outbox_.clear();
    for (const auto& receipt : waiting) outbox_.add(receipt);
    say_receipts();
  });
  return {};
}

Result<void> Receiver::keep_receipts(std::vector<Said> receipts) {
  if (settings_.receipts == nullptr || receipts.empty()) return {};
  std::map<std::uint64_t, std::vector<pb::Receipt>> by_log;
  for (auto& said : receipts) by_log[said.epoch].push_back(std::move(said.receipt));
  for (const auto& [epoch, of_log] : by_log)
    if (auto kept = settings_.receipts->add(of_log, epoch); !kept) return kept;
  asio::post(context_, [this, by_log = std::move(by_log)] {
    const auto here = session_.position();
    const auto of_log = here ? by_log.find(here->epoch) : by_log.end();
    if (of_log == by_log.end()) return;  // said when that log is connected to again
    for (const auto& receipt : of_log->second) outbox_.add(receipt);
    say_receipts();
  });
  return {};
}

}  // namespace noroshi::subscribers
