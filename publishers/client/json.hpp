// Reading JSON a hub sent without trusting its shape: what is missing or of another type is absent.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace noroshi::publishers {

// Empty when `value` is no object or has no string of that name.
std::string text_member(const boost::json::value& value, std::string_view name);
// Only whole numbers from 0 on.
std::optional<std::uint64_t> number_member(const boost::json::value& value, std::string_view name);
// Lives as long as `value`.
const boost::json::array* array_member(const boost::json::value& value, std::string_view name);
const boost::json::value* member(const boost::json::value& value, std::string_view name);

}  // namespace noroshi::publishers
