// The gate every document passes before anything else looks into it: rules R001 and R002.
// Well-formedness and namespaces are libxml2's to decide (SAX, no network, no DTD, no entities).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "proto/cap/finding.hpp"

namespace noroshi::cap {

// The text of a document within the bounds of limits.hpp that is well-formed XML 1.0 with
// namespaces, has no DOCTYPE and no XInclude; as decode() gives it. Otherwise the first thing that
// is wrong: what comes after it cannot be trusted. Thread-safe.
tl::expected<std::string, Finding> admit(std::string_view bytes,
                                         std::optional<std::string_view> declared_charset);

}  // namespace noroshi::cap
