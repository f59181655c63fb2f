// Text as XML 1.0 can carry it, in content and in attributes.
#pragma once

#include <string>
#include <string_view>

namespace noroshi::outlets {

// `text` may be any bytes: broken UTF-8 and characters that XML 1.0 (fifth edition, section 2.2)
// does not have become U+FFFD, and markup becomes references.
std::string xml_text(std::string_view text);

}  // namespace noroshi::outlets
