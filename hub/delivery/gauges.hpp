// What a shard counts, for the operator.
//
// Threading  written by the shard, read by any thread.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string_view>

namespace noroshi::delivery {

// Why a stream ends, in the contract's words ("Stream", Goodbye).
inline constexpr std::array<std::string_view, 8> goodbye_codes{
    "replaced",  "dead",         "blocked",         "protocol",
    "suspended", "drill.closed", "log.rolled_back", "stopping"};

struct ShardGauges {
  std::atomic<std::uint64_t> connected{0};
  std::atomic<std::uint64_t> deliveries{0};
  std::atomic<std::uint64_t> passed{0};
  std::atomic<std::uint64_t> served{0};  // entries of feeds fetched by subscribers
  std::atomic<std::uint64_t> rolled_back{0};
  std::atomic<std::uint64_t> replaced{0};
  std::atomic<std::uint64_t> receipts_declined{0};
  // Alerts that stood before a stream of another channel and were held back. Only a bug of the hub
  // makes one.
  std::atomic<std::uint64_t> crossings_refused{0};
  std::array<std::atomic<std::uint64_t>, goodbye_codes.size()> goodbyes{};
  std::atomic<std::uint64_t> catch_up_reads{0};
  // As of the last second:
  std::atomic<std::uint64_t> lagging{0};
  std::atomic<std::uint64_t> stalled{0};
  std::atomic<std::uint64_t> queued_bytes{0};      // not yet taken by the kernel, of all
  std::atomic<std::uint64_t> queued_bytes_max{0};  // of the one with the most
  std::atomic<std::uint64_t> ring_bytes{0};
};

}  // namespace noroshi::delivery
