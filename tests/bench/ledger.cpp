#include "tests/bench/ledger.hpp"

#include <algorithm>

namespace noroshi::bench {

void Ledger::begin_phase(Ends ends) {
  ends_ = ends;
  alerts_.clear();
  just_delivered_ = nullptr;
  first_ = next_;
  complete_ = 0;
}

std::uint64_t Ledger::publish() {
  alerts_.emplace_back().published = Clock::now();
  return next_++;
}

Ledger::Alert* Ledger::find(std::uint64_t number) {
  return number >= first_ && number < next_ ? &alerts_[number - first_] : nullptr;
}

// Called once for the last of the things that complete an alert.
void Ledger::settle(const Alert& alert) {
  const bool accepted = !accepts_ || alert.accepted;
  const bool delivered = alert.all || addressed_ == 0;
  const bool ended = ends_ == Ends::delivered || alert.confirmed;
  if (delivered && accepted && ended) ++complete_;
}

void Ledger::delivered(std::uint64_t number) {
  auto* alert = find(number);
  if (alert == nullptr) {
    ++strays_;
    return;
  }
  ++deliveries_;
  const auto count = ++alert->deliveries;
  if (count > addressed_) ++strays_;
  if (count == 1) alert->first = Clock::now();
  if (count == std::max(1U, addressed_ / 2)) alert->half = Clock::now();
  if (count == addressed_ - addressed_ / 100) alert->nearly_all = Clock::now();
  if (count != addressed_) return;
  alert->all = Clock::now();
  just_delivered_ = alert;
  settle(*alert);
}

void Ledger::accepted(std::uint64_t number) {
  auto* alert = find(number);
  if (alert == nullptr || alert->accepted) return;
  alert->accepted = Clock::now();
  settle(*alert);
}

void Ledger::confirmed(std::uint64_t number) {
  auto* alert = find(number);
  if (alert == nullptr || ends_ != Ends::confirmed) return;
  if (++alert->confirmations != addressed_) return;
  alert->confirmed = Clock::now();
  settle(*alert);
}

void Ledger::acknowledgements_sent() {
  if (just_delivered_ != nullptr) just_delivered_->acknowledged = Clock::now();
  just_delivered_ = nullptr;
}

}  // namespace noroshi::bench
