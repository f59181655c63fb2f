// What the hub counts of its own work.
//
// Threading  the front's thread.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "hub/api/receipt_meters.hpp"

namespace noroshi::api {

// Cumulative counts below each bound, as Prometheus wants them.
class Durations {
 public:
  static constexpr std::array<double, 11> bounds{0.001, 0.002, 0.005, 0.01, 0.02, 0.05,
                                                 0.1,   0.2,   0.5,   1.0,  5.0};
  void add(std::chrono::steady_clock::duration duration) {
    const double seconds = std::chrono::duration<double>(duration).count();
    for (std::size_t i = 0; i < bounds.size(); ++i)
      if (seconds <= bounds[i]) ++below_[i];
    sum_ += seconds;
    ++count_;
  }
  [[nodiscard]] const std::array<std::uint64_t, bounds.size()>& below() const { return below_; }
  [[nodiscard]] double sum() const { return sum_; }
  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  std::array<std::uint64_t, bounds.size()> below_{};
  double sum_ = 0;
  std::uint64_t count_ = 0;
};

struct Meters {
  std::uint64_t accepted = 0;
  std::uint64_t known = 0;
  std::map<std::string, std::uint64_t> refused;  // by problem code
  std::uint64_t unavailable = 0;
  std::size_t examining = 0;  // documents with a worker, or waiting for one
  std::uint64_t break_glass = 0;
  std::uint64_t identity_failures = 0;
  std::uint64_t framing_refused = 0;
  std::uint64_t certificates_refused = 0;
  std::uint64_t feeds_sent = 0;       // pages of feeds
  std::uint64_t feeds_unchanged = 0;  // answered 304
  std::uint64_t tcp_feeds_opened = 0;
  std::map<std::string, std::uint64_t> tcp_feeds_refused;  // by problem code
  ReceiptMeters receipts;
  Durations accept;  // from the whole request to its durable answer
};

}  // namespace noroshi::api
