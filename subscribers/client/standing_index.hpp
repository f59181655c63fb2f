// What stands, kept in a file, so that a receiver that was killed knows it again.
//
//   JSON, one alert a line: {"as_of_ms", "positions": [{"epoch", "sequence"}], "alerts": [Held]}
//
// Invariant  everything handed on up to `positions` is in it. A receiver goes on from there and not
//            from where its store is, so that what a kill -9 came between is folded once more.
// Threading  one thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "proto/result.hpp"
#include "subscribers/client/standing.hpp"

namespace noroshi::subscribers {

class StandingIndex {
 public:
  // In memory only.
  StandingIndex() = default;
  // Reads `file`, which need not be there yet. `io` when it cannot be read, `conflict` when it is
  // not what settle() writes.
  static Result<StandingIndex> open(std::filesystem::path file);

  std::vector<Held> take(const Item& item, std::int64_t now_ms);
  std::vector<Held> pass_time(std::int64_t now_ms);
  // All that was taken is good up to `through`; durable when it returns. `io` on failure.
  Result<void> settle(const Position& through, std::int64_t now_ms);
  Result<void> write() const;

  [[nodiscard]] const Standing& standing() const { return standing_; }
  [[nodiscard]] std::optional<std::uint64_t> position(std::uint64_t epoch) const;
  // When it was last known to be true, by the hub's clock; 0: never.
  [[nodiscard]] std::int64_t as_of_ms() const { return as_of_ms_; }

 private:
  std::filesystem::path file_;  // empty: in memory
  Standing standing_;
  std::map<std::uint64_t, std::uint64_t> positions_;
  std::int64_t as_of_ms_ = 0;
};

// How programs are told: sequence and epoch (where it first came from; absent when nothing but its
// name is known), state, since, by (a sequence), until, publisher, sender, identifier, document,
// revision, status, event, level (absent when it orders none), headline, areas.
std::string state_line(const Held& held);

}  // namespace noroshi::subscribers
