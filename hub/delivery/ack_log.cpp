#include "hub/delivery/ack_log.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

namespace noroshi::delivery {

AckLog::AckLog(boost::asio::io_context& context, journal::JournalThread& journal)
    : context_(context), journal_(journal) {}

void AckLog::settled(const std::string& subscriber, const Settled& settled, std::int64_t at_ms) {
  auto [position, fresh] = gathered_.try_emplace(subscriber);
  auto& range = position->second;
  if (fresh) {
    range.set_subscriber(subscriber);
    range.set_channel("live");
    range.set_outlet("stream");
    range.set_after(settled.after);
  }
  range.set_after(std::min<Sequence>(range.after(), settled.after));
  range.set_through(std::max<Sequence>(range.through(), settled.through));
  range.set_at_ms(at_ms);
  for (const auto sequence : settled.passed) range.add_passed(sequence);
}

void AckLog::flush() {
  if (gathered_.empty() || under_way_) return;
  journal::Proposal proposal;
  auto& acks = *proposal.body.mutable_acks_recorded();
  for (auto& [subscriber, range] : gathered_) *acks.add_ranges() = std::move(range);
  gathered_.clear();
  const auto sent = acks;
  under_way_ = true;
  const auto submitted =
      journal_.submit(std::move(proposal), [this, sent](const journal::Outcome& outcome) {
        const bool committed = std::holds_alternative<journal::Committed>(outcome);
        boost::asio::post(context_, [this, sent, committed] {
          under_way_ = false;
          if (!committed) put_back(sent);
        });
      });
  if (submitted) return;
  under_way_ = false;
  put_back(sent);
}

void AckLog::put_back(const v1::AcksRecorded& acks) {
  for (const auto& range : acks.ranges()) {
    Settled settled{range.after(), range.through(), 0, {}};
    settled.passed.assign(range.passed().begin(), range.passed().end());
    auto at_ms = range.at_ms();
    const auto newer = gathered_.find(range.subscriber());
    if (newer != gathered_.end()) at_ms = std::max<std::int64_t>(at_ms, newer->second.at_ms());
    this->settled(range.subscriber(), settled, at_ms);
  }
}

}  // namespace noroshi::delivery
