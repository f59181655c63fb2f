// The kinds of alarms there are, as AlarmRaised.kind and the contract ("Alarms") have them.
//
// `takeover` is raised by a cluster, whose place here is reserved; one hub alone never raises it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "hub/config/alarm_kinds.hpp"

namespace noroshi::alarms {

namespace kind {
inline constexpr std::string_view delivered = "deadline.delivered";
inline constexpr std::string_view shown = "deadline.shown";
inline constexpr std::string_view withdrawn = "deadline.withdrawn";
inline constexpr std::string_view unlifted = "order.unlifted";
inline constexpr std::string_view probe = "probe";
inline constexpr std::string_view rolled_back = "log.rolled_back";
inline constexpr std::string_view takeover = "takeover";
inline constexpr std::string_view clock = "clock";
inline constexpr std::string_view disk = "disk";
inline constexpr std::string_view webhook_dead = "webhook.dead";
}  // namespace kind

static_assert(config::alarm_kinds == std::array{kind::delivered, kind::shown, kind::withdrawn,
                                                kind::unlifted, kind::probe, kind::rolled_back,
                                                kind::takeover, kind::clock, kind::disk,
                                                kind::webhook_dead});

inline bool is_deadline(std::string_view kind) { return kind.starts_with("deadline."); }

// Nothing tells that it is over but somebody who has looked at it: its acknowledgement ends it.
inline bool ends_by_acknowledgement(std::string_view kind) { return kind == kind::rolled_back; }

// The same trouble has the same id, so that it raises no second alarm while one stands: the kind,
// and of what there is only one of, nothing else.
inline std::string id_of(std::string_view kind, std::string_view subject = {}) {
  return subject.empty() ? std::string(kind) : std::string(kind) + ":" + std::string(subject);
}
inline std::string id_of(std::string_view kind, std::uint64_t sequence) {
  return id_of(kind, std::to_string(sequence));
}

}  // namespace noroshi::alarms
