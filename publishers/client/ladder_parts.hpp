// A ladder put together from the events `ladder` and `row` (contract, "Ladders as they change").
//
// Bounds  100,000 rows.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "proto/result.hpp"
#include "publishers/client/answers.hpp"
#include "publishers/client/event_reader.hpp"

namespace noroshi::publishers {

class LadderParts {
 public:
  static constexpr std::size_t rows_max = 100'000;

  // Of the alert with this sequence.
  explicit LadderParts(std::uint64_t sequence) : sequence_(sequence) {}

  // True when the ladder is another for it; other events change nothing. Refused when it cannot be
  // from a hub.
  Result<bool> take(const ServerEvent& event);
  // Everybody who is addressed has a row.
  [[nodiscard]] bool whole() const { return totals_ && rows_.size() >= totals_->addressed; }
  // As GET would answer it; it must be whole.
  [[nodiscard]] Ladder ladder() const;

 private:
  Result<bool> take_totals(const boost::json::value& value, const std::string& json);
  Result<bool> take_row(const boost::json::value& value, const std::string& json);

  struct Row {
    LadderRow row;
    std::string json;
  };
  std::uint64_t sequence_;
  std::optional<Ladder> totals_;  // its body is the hub's JSON, an object
  std::map<std::string, Row> rows_;
};

}  // namespace noroshi::publishers
