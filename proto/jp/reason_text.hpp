// The reason of an order in the words of an officer, made fit to be read out.
#pragma once

#include <string>
#include <string_view>

namespace noroshi::jp {

// Put into `pattern` (理由は、{reason}です。) as a noun: 氾濫のおそれ as it is, 水位が上がった with
// こと. What is a polite sentence already (水位が上がりました) is left alone. Blanks and full stops
// at the end do not count; "" for nothing.
std::string reason_sentence(std::string_view reason, std::string_view pattern);

}  // namespace noroshi::jp
