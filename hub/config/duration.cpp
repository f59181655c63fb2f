#include "hub/config/duration.hpp"

#include <charconv>

namespace noroshi::config {
namespace {

constexpr std::size_t digits_max = 9;
constexpr int minute = 60;
constexpr int hour = 60 * minute;

}  // namespace

std::optional<std::chrono::seconds> duration_of(std::string_view text) {
  int unit = 1;
  if (text.ends_with('m')) unit = minute;
  if (text.ends_with('h')) unit = hour;
  if (text.ends_with('s') || unit != 1) text.remove_suffix(1);
  if (text.empty() || text.size() > digits_max) return std::nullopt;
  std::uint32_t number = 0;
  const auto [stopped, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || stopped != text.data() + text.size()) return std::nullopt;
  return std::chrono::seconds(std::int64_t{number} * unit);
}

std::string duration_text(std::chrono::seconds duration) {
  const auto count = duration.count();
  if (count > 0 && count % hour == 0) return std::to_string(count / hour) + "h";
  if (count > 0 && count % minute == 0) return std::to_string(count / minute) + "m";
  return std::to_string(count) + "s";
}

}  // namespace noroshi::config
