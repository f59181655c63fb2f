// How long what an alert says stands by itself: a pure function of the alert.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <limits>
#include <optional>

namespace noroshi::in_force {

inline constexpr std::int64_t for_ever = std::numeric_limits<std::int64_t>::max();

// Unix milliseconds; for_ever when it does not run out, or when running out does not end it because
// somebody has to lift it. Nothing when nothing stands: a lift, a null report, a Cancel.
std::optional<std::int64_t> stands_until(const v1::OrderLine& line);
// The last of its lines; of a plain CAP alert its expiry.
std::optional<std::int64_t> stands_until(const v1::AlertAccepted& alert);

// Whether it reports that there is no evacuation order.
bool is_null_report(const v1::AlertAccepted& alert);
// Whether it orders somebody to leave, or to be ready to.
bool orders_evacuation(const v1::AlertAccepted& alert);

}  // namespace noroshi::in_force
