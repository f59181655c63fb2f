// Content-Type and Accept, as far as the API needs them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proto/wire/http.hpp"

namespace noroshi::api {

// application/cap+xml, application/xml, text/xml, with any parameters.
bool is_cap(std::string_view content_type);
// application/json, with any parameters.
bool is_json(std::string_view content_type);
bool is_text(std::string_view content_type);  // text/plain
// The charset parameter, without quotes.
std::optional<std::string> charset_of(std::string_view content_type);

// The types of an Accept field in its order, in lower case, without parameters.
std::vector<std::string> media_types(std::string_view accept);

// Whether Accept names text/event-stream.
bool wants_events(const wire::Request& request);

enum class Form { xml, json, none };
// The form of an alert that Accept asks for; XML when it says nothing or anything.
Form wanted_form(const wire::Request& request);

}  // namespace noroshi::api
