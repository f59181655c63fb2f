// Content-Type and Accept, as far as the API needs them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "proto/wire/http.hpp"

namespace noroshi::api {

// application/cap+xml, application/xml, text/xml, with any parameters.
bool is_cap(std::string_view content_type);
// The charset parameter, without quotes.
std::optional<std::string> charset_of(std::string_view content_type);

enum class Form { xml, json, none };
// The form of an alert that Accept asks for; XML when it says nothing or anything.
Form wanted_form(const wire::Request& request);

}  // namespace noroshi::api
