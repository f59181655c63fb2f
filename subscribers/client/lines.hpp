// What an alert says, line by line, in the language somebody wants it in.
#pragma once

#include <string_view>
#include <vector>

#include "proto/cap/document.hpp"

namespace noroshi::subscribers {

// `places` is the info block with the districts: of CAP-JP the Japanese one, else `words` itself.
struct Line {
  const cap::Info* words;
  const cap::Info* places;
};

// In the order of the document, each line of a CAP-JP alert (kind, hazard, issue or lift) once: in
// `language` (BCP 47) if it is said in it, else in a relative of it, else in the first language the
// document has; a line that only some languages have is never left out. `en` finds `en-GB`; `ja`
// does not find `ja-x-yasashii`, which has to be named. Of any other CAP alert all blocks of the
// language that fits best. The pointers live as long as `alert`.
std::vector<Line> lines_in(const cap::Alert& alert, std::string_view language);

}  // namespace noroshi::subscribers
