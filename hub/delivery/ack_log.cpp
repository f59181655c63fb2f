#include "hub/delivery/ack_log.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

namespace noroshi::delivery {

AckLog::AckLog(boost::asio::io_context& context, journal::JournalThread& journal)
    : context_(context), journal_(journal) {}

AckLog::Account& AckLog::account(const std::string& subscriber, const drills::Channel& channel,
                                 Outlet outlet) {
  return accounts_[static_cast<std::size_t>(outlet)]
      .try_emplace(drills::qualified(channel.drill(), subscriber), subscriber, channel, outlet)
      .first->second;
}

Sequence AckLog::acknowledged(const std::string& subscriber, const drills::Channel& channel) const {
  Sequence through = 0;
  const auto whose = drills::qualified(channel.drill(), subscriber);
  for (const auto& accounts : accounts_)
    if (const auto found = accounts.find(whose); found != accounts.end())
      through = std::max(through, found->second.acknowledged);
  return through;
}

Sequence AckLog::fetched(const std::string& subscriber, const drills::Channel& channel) const {
  Sequence through = 0;
  const auto whose = drills::qualified(channel.drill(), subscriber);
  for (const auto& accounts : accounts_)
    if (const auto found = accounts.find(whose); found != accounts.end() && found->second.served)
      through = std::max(through, found->second.served->newest());
  return through;
}

void AckLog::settled(Account& account, const Settled& settled, std::int64_t at_ms) {
  gather(account, {settled.after, settled.through, at_ms, settled.passed});
}

void AckLog::gather(Account& account, const Account::Range& range) {
  auto& known = account.range_;
  // What lies between them was given up, and not taken.
  const bool touches = range.after <= known.through && known.after <= range.through;
  if (account.gathered_ && !touches) part(account);
  if (!std::exchange(account.gathered_, true)) {
    gathered_.push_back(&account);
    known = range;
    return;
  }
  known.after = std::min(known.after, range.after);
  known.through = std::max(known.through, range.through);
  known.at_ms = std::max(known.at_ms, range.at_ms);
  known.passed.insert(known.passed.end(), range.passed.begin(), range.passed.end());
}

void AckLog::part(Account& account) {
  if (!std::exchange(account.gathered_, false)) return;
  gathered_.erase(std::find(gathered_.begin(), gathered_.end(), &account));
  apart_.emplace_back(&account, std::move(account.range_));
}

void AckLog::flush() {
  if ((gathered_.empty() && apart_.empty()) || !under_way_.empty()) return;
  under_way_ = std::exchange(apart_, {});
  for (auto* account : gathered_) {
    under_way_.emplace_back(account, std::move(account->range_));
    account->gathered_ = false;
  }
  gathered_.clear();
  journal::Proposal proposal;
  auto& ranges = *proposal.body.mutable_acks_recorded()->mutable_ranges();
  ranges.Reserve(static_cast<int>(under_way_.size()));
  for (const auto& [account, gathered] : under_way_) {
    auto& range = *ranges.Add();
    range.set_subscriber(account->subscriber_);
    account->channel_.mark(range);
    range.set_outlet(std::string(name_of(account->outlet_)));
    range.set_after(gathered.after);
    range.set_through(gathered.through);
    range.set_at_ms(gathered.at_ms);
    range.mutable_passed()->Add(gathered.passed.begin(), gathered.passed.end());
  }
  const auto submitted =
      journal_.submit(std::move(proposal), [this](const journal::Outcome& outcome) {
        const bool committed = std::holds_alternative<journal::Committed>(outcome);
        boost::asio::post(context_, [this, committed] { over(committed); });
      });
  if (!submitted) over(false);
}

void AckLog::over(bool committed) {
  const auto sent = std::exchange(under_way_, {});
  if (committed) return;
  for (const auto& [account, range] : sent) gather(*account, range);
}

}  // namespace noroshi::delivery
