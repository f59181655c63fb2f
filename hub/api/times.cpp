#include "hub/api/times.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace noroshi::api {
namespace {

constexpr std::int64_t japan_seconds = 9 * 60 * 60;

}  // namespace

std::string timestamp(std::int64_t unix_ms) {
  const auto local = static_cast<std::time_t>(unix_ms / 1000 + japan_seconds);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}+09:00", fmt::gmtime(local), unix_ms % 1000);
}

}  // namespace noroshi::api
