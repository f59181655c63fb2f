// What somebody probably meant to type.
#pragma once

#include <span>
#include <string_view>

namespace noroshi::config {

// The known word at most two typing mistakes away, or empty.
std::string_view nearest(std::string_view unknown, std::span<const std::string_view> known);

}  // namespace noroshi::config
