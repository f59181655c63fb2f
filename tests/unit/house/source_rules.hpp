// Rules of the house that can be seen in one file, its name or its text. Each answers with what is
// wrong, in words a reader can act on; empty means nothing is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/house/rooms.hpp"

namespace noroshi::house {

struct Include {
  std::string target;
  bool quoted;  // "target", not <target>
};

// In the order of the text. Knows no preprocessor: what is switched off counts, too.
std::vector<Include> includes_of(std::string_view text);

// Words that name a role in the program instead of the thing: utils, common, helper …
std::vector<std::string> vague_words_in(std::string_view path);

// Arrows the table does not have, includes that are not written from the repository root, system
// headers that are banned, a source that does not include its own header first.
// `own_header` is the path of the header that belongs to `file`, empty when there is none.
std::vector<std::string> wrong_includes(const Rooms& rooms, std::string_view file,
                                        std::string_view text, std::string_view own_header);

// A header without `#pragma once`.
std::vector<std::string> missing_guard(std::string_view file, std::string_view text);

}  // namespace noroshi::house
