#include "publishers/client/ladder_feed.hpp"

#include <csignal>
#include <utility>

namespace noroshi::publishers {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds silent_max{45'000};
constexpr milliseconds between_tellings{100};
constexpr milliseconds good_bye_limit{500};

// The report follows the log at a small distance: at first it may not know the alert.
bool not_yet(const Failure& failure) {
  return failure.kind == Failure::Kind::problem && failure.problem.status == 404;
}

}  // namespace

LadderFeed::LadderFeed(std::uint64_t sequence, Line line, OnRetry on_retry, Changed changed)
    : sequence_(sequence),
      line_(std::move(line)),
      on_retry_(std::move(on_retry)),
      changed_(std::move(changed)),
      signals_(context_),
      silence_(context_),
      telling_(context_) {}

Answer<LadderFeed::End> LadderFeed::run(steady_clock::time_point deadline) {
  deadline_ = deadline;
  for (const int number : {SIGINT, SIGTERM, SIGWINCH}) signals_.add(number);
  on_signal();
  open();
  while (!result_ && context_.run_one_until(deadline) > 0) continue;
  if (!result_) {
    if (parts_ && parts_->whole()) tell();  // what was to be told in a moment
    if (!result_ && told_) result_ = End::deadline;
    if (!result_) end(tl::unexpected(failure_.value_or(failed(Failure::Kind::timed_out))));
  }
  if (call_) call_->close(good_bye_limit);
  const auto limit = steady_clock::now() + 2 * good_bye_limit;
  while (call_ && !call_->closed() && context_.run_one_until(limit) > 0) continue;
  return std::move(*result_);
}

void LadderFeed::on_signal() {
  signals_.async_wait([this](const boost::system::error_code& error, int number) {
    if (error) return;
    if (number != SIGWINCH) return end(End::interrupted);
    if (told_ && !result_ && changed_(*told_)) return end(End::enough);
    on_signal();
  });
}

void LadderFeed::open() {
  answer_ = std::make_unique<EventAnswer>();
  parts_.emplace(sequence_);
  line_is_new_ = true;
  Call::Ends ends;
  ends.bytes = [this](std::span<const std::byte> bytes) { take(bytes); };
  ends.ended = [this](Failure failure) { lost(std::move(failure)); };
  call_ = std::make_shared<Call>(context_, line_.hub, line_.tls, line_.request, std::move(ends));
  listen_for(line_.opening_limit);
  call_->start();
}

void LadderFeed::listen_for(milliseconds silence) {
  silence_.expires_after(silence);
  silence_.async_wait([this](const boost::system::error_code& error) {
    if (!error) lost(failed(Failure::Kind::timed_out));
  });
}

void LadderFeed::take(std::span<const std::byte> bytes) {
  const auto read = answer_->feed(bytes, [this](const ServerEvent& event) { take(event); });
  if (result_) return;
  if (!read) return give_up(failed(Failure::Kind::not_a_hub, read.error().detail));
  if (answer_->open()) listen_for(silent_max);
  if (const auto refusal = answer_->take_refusal()) lost(failure_of_answer(*refusal));
}

void LadderFeed::take(const ServerEvent& event) {
  if (result_) return;
  const auto other = parts_->take(event);
  if (!other) return give_up(failed(Failure::Kind::not_a_hub, other.error().detail));
  if (!parts_->whole()) return;
  line_.pace.begin_again();
  failure_.reset();
  if (*other) tell_soon();
}

void LadderFeed::tell_soon() {
  if (std::exchange(telling_soon_, true)) return;
  telling_.expires_after(between_tellings);
  telling_.async_wait([this](const boost::system::error_code& error) {
    if (error || result_) return;
    telling_soon_ = false;
    if (parts_->whole()) tell();
  });
}

void LadderFeed::tell() {
  auto ladder = parts_->ladder();
  if (told_ && told_->body == ladder.body && !line_is_new_) return;
  line_is_new_ = false;
  told_ = std::move(ladder);
  if (changed_(*told_)) end(End::enough);
}

void LadderFeed::lost(Failure failure) {
  if (result_) return;
  if (!worth_retrying(failure) && !not_yet(failure)) return give_up(std::move(failure));
  if (call_) call_->close(milliseconds{0});
  const auto wait = failure.wait ? milliseconds(*failure.wait) : line_.pace.next();
  if (steady_clock::now() + wait < deadline_ && !not_yet(failure)) on_retry_(failure, wait);
  failure_ = std::move(failure);
  silence_.expires_after(wait);
  silence_.async_wait([this](const boost::system::error_code& error) {
    if (!error) open();
  });
}

void LadderFeed::give_up(Failure failure) { end(tl::unexpected(std::move(failure))); }

void LadderFeed::end(Answer<End> result) {
  if (!result_) result_ = std::move(result);
}

}  // namespace noroshi::publishers
