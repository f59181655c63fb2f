#include "publishers/client/json.hpp"

#include <boost/json/object.hpp>

namespace noroshi::publishers {

const boost::json::value* member(const boost::json::value& value, std::string_view name) {
  return value.is_object() ? value.get_object().if_contains(name) : nullptr;
}

std::string text_member(const boost::json::value& value, std::string_view name) {
  const auto* found = member(value, name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::optional<std::uint64_t> number_member(const boost::json::value& value, std::string_view name) {
  const auto* found = member(value, name);
  if (found == nullptr) return std::nullopt;
  if (found->is_uint64()) return found->get_uint64();
  if (found->is_int64() && found->get_int64() >= 0)
    return static_cast<std::uint64_t>(found->get_int64());
  return std::nullopt;
}

const boost::json::array* array_member(const boost::json::value& value, std::string_view name) {
  const auto* found = member(value, name);
  return found != nullptr ? found->if_array() : nullptr;
}

}  // namespace noroshi::publishers
