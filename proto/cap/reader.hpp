// From admitted text to an Alert: rules R003 and R004, the structure of CAP 1.2. Inside proto/cap
// only; validate.hpp is the way in.
#pragma once

#include <optional>
#include <string>

#include "proto/cap/document.hpp"
#include "proto/cap/findings.hpp"

namespace noroshi::cap {

// `text` as admit() gives it: nothing else may come here, RapidXML accepts what is not XML.
//
// All that breaks the structure goes to `findings`; what is in its wrong place or repeated is still
// read (the first of several single elements counts), what is unknown is left out. Nothing when
// the root is not a CAP 1.2 alert.
std::optional<Alert> read(std::string text, Findings& findings);

}  // namespace noroshi::cap
