// What every outlet with a live connection says and does the same way: the messages of its
// beginning and end, and how often it is heard (contract, "Stream").
#pragma once

#include <noroshi/v1/stream.pb.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "hub/delivery/shard.hpp"
#include "hub/registry/principal.hpp"
#include "proto/result.hpp"
#include "proto/wire/connection.hpp"

namespace noroshi::outlets {

inline constexpr std::chrono::seconds heartbeat_every{15};
// A peer that has not been heard of, or takes nothing, for so long has gone.
inline constexpr std::chrono::seconds silent_max{45};
inline constexpr std::chrono::seconds leaving_max{3};
inline constexpr std::chrono::milliseconds come_back_after{1000};

// The code of the Goodbye that answers a refused Shard::attach().
std::string_view goodbye_code(const Error& refusal);

v1::ServerMessage welcome_message(const delivery::Shard& shard,
                                  const registry::Principal& subscriber,
                                  const delivery::Shard::Attached& attached);
v1::ServerMessage passed_message(delivery::Sequence sequence, const delivery::Fate& fate);
v1::ServerMessage probe_message(delivery::Sequence sequence);
v1::ServerMessage goodbye_message(const std::string& code, const std::string& detail,
                                  std::chrono::milliseconds retry_after);

// Within the next heartbeat_every, spread so that ten thousand heartbeats do not fall on one
// second.
std::chrono::steady_clock::time_point first_heartbeat();

// Whether less than `queue_bytes_max` waits for the peer; if not, its handler is told when all of
// it has been taken.
bool takes_more(wire::Connection& connection, std::size_t queue_bytes_max);

// Whether the peer's kernel has acknowledged all it was told: what can be known without a word of
// the peer's.
bool has_arrived(wire::Connection& connection);

}  // namespace noroshi::outlets
