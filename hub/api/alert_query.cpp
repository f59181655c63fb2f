#include "hub/api/alert_query.hpp"

#include <charconv>
#include <string>

#include "proto/jp/lg_code.hpp"

namespace noroshi::api {
namespace {

constexpr std::uint64_t number_max = (std::uint64_t{1} << 53) - 1;

std::optional<std::uint64_t> number(const std::string& text, std::uint64_t most) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > most) return std::nullopt;
  return value;
}

// False when `name` is unknown or `value` is not one of its values.
bool set(view::Filter& filter, const std::string& name, const std::string& value) {
  if (name == "area") {
    filter.area = value;
    return value != "*" && jp::is_area(value);
  }
  if (name == "event") {
    filter.event = value;
    return !value.empty();
  }
  if (name == "identifier") {
    filter.identifier = value;
    return !value.empty();
  }
  if (name == "in_force") {
    filter.standing = view::Filter::Standing::in_force;
    return value == "true";
  }
  if (name == "level") {
    const auto level = number(value, 5);
    if (level) filter.level = static_cast<std::uint32_t>(*level);
    return level.has_value();
  }
  if (name == "limit") {
    const auto limit = number(value, 500);
    if (limit) filter.limit = *limit;
    return limit.has_value() && *limit > 0;
  }
  if (name == "before") {
    filter.before = number(value, number_max);
    return filter.before.has_value();
  }
  return false;
}

}  // namespace

Result<view::Filter> alert_query(const wire::Request& request) {
  view::Filter filter;
  for (const auto& [name, value] : request.query)
    if (!set(filter, name, value)) return failure(ErrorCode::invalid, name + "=" + value);
  return filter;
}

}  // namespace noroshi::api
