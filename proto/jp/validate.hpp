// From bytes to a judged alert, the profile included: what noroshi-publish validates with and the
// hub examines with, so that both ends agree.
#pragma once

#include "proto/cap/validate.hpp"
#include "proto/jp/rules.hpp"

namespace noroshi::jp {

// cap::validate(), and of what could be read what check() finds, merged in document order. The
// channel is the one of the alert's status: whether it may go there is admission's to say.
// Accepted when there is no error; confirmations do not refuse.
cap::Verdict validate(std::string_view bytes, std::optional<std::string_view> declared_charset,
                      std::int64_t now_ms);

}  // namespace noroshi::jp
