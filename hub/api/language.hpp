// Which of our two languages a person asked for.
#pragma once

#include "proto/cap/messages.hpp"
#include "proto/wire/http.hpp"

namespace noroshi::api {

// By Accept-Language (RFC 9110 section 12.5.4): the first of `ja` and `en` with the highest
// weight; Japanese when the header says nothing.
cap::Language language_of(const wire::Request& request);

}  // namespace noroshi::api
