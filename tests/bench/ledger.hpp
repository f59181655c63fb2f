// What became of each alert: when it was published, accepted, delivered to how many, acknowledged.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "tests/bench/measure.hpp"

namespace noroshi::bench {

// Bounds  keeps the alerts of one phase; begin_phase() forgets those before.
class Ledger {
 public:
  struct Alert {
    Time published;
    std::optional<Time> accepted, first, half, nearly_all, all, acknowledged, confirmed;
    std::uint32_t deliveries = 0;
    std::uint32_t confirmations = 0;
  };
  enum class Ends { delivered, confirmed };  // when an alert counts as complete

  // Each alert is for `addressed` subscribers. Without `accepts` no acceptance is waited for.
  Ledger(std::uint32_t addressed, bool accepts) : addressed_(addressed), accepts_(accepts) {}

  void begin_phase(Ends ends);
  std::uint64_t publish();  // the number of a new alert
  void delivered(std::uint64_t number);
  void accepted(std::uint64_t number);
  void confirmed(std::uint64_t number);
  // The acknowledgements of what was delivered since the last call were handed to the socket.
  void acknowledgements_sent();

  [[nodiscard]] std::uint64_t published() const { return next_ - first_; }
  [[nodiscard]] std::uint64_t complete() const { return complete_; }
  [[nodiscard]] std::uint64_t last() const { return next_ - 1; }
  [[nodiscard]] std::uint64_t deliveries() const { return deliveries_; }  // of all phases
  // Deliveries of alerts nobody published, or more than there are subscribers.
  [[nodiscard]] std::uint64_t strays() const { return strays_; }
  [[nodiscard]] const std::deque<Alert>& alerts() const { return alerts_; }

 private:
  Alert* find(std::uint64_t number);
  void settle(const Alert& alert);

  std::uint32_t addressed_;
  bool accepts_;
  Ends ends_ = Ends::delivered;
  std::deque<Alert> alerts_;
  Alert* just_delivered_ = nullptr;
  std::uint64_t first_ = 1;
  std::uint64_t next_ = 1;
  std::uint64_t complete_ = 0;
  std::uint64_t deliveries_ = 0;
  std::uint64_t strays_ = 0;
};

}  // namespace noroshi::bench
