#include "hub/delivery/attempt_log.hpp"

#include <boost/asio/post.hpp>
#include <utility>

namespace noroshi::delivery {
namespace {

constexpr std::size_t entry_attempts_max = 4096;

}  // namespace

void AttemptLog::take(const v1::WebhookAttempts& attempts, std::function<void()> recorded) {
  gathered_[{attempts.subscriber(), attempts.channel(), attempts.sequence()}] = {
      attempts, std::move(recorded)};
}

void AttemptLog::flush() {
  if (gathered_.empty() || !under_way_.empty()) return;
  journal::Proposal proposal;
  auto& attempted = *proposal.body.mutable_webhooks_attempted();
  while (!gathered_.empty() && under_way_.size() < entry_attempts_max) {
    auto first = gathered_.extract(gathered_.begin());
    *attempted.add_webhooks() = first.mapped().attempts;
    under_way_.insert(std::move(first));
  }
  const auto submitted =
      journal_.submit(std::move(proposal), [this](const journal::Outcome& outcome) {
        const bool committed = std::holds_alternative<journal::Committed>(outcome);
        boost::asio::post(context_, [this, committed] { over(committed); });
      });
  if (!submitted) over(false);
}

void AttemptLog::over(bool committed) {
  auto sent = std::exchange(under_way_, {});
  if (!committed) {
    gathered_.merge(sent);  // a later one of the same webhook has its place
    return;
  }
  for (const auto& [which, attempted] : sent)
    if (attempted.recorded) attempted.recorded();
}

}  // namespace noroshi::delivery
