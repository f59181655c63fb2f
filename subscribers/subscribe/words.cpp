#include "subscribers/subscribe/words.hpp"

#include <cstdlib>

namespace noroshi::subscribers {

const Words& words() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return std::string_view(value).starts_with("ja") ? words_ja : words_en;
  }
  return words_en;
}

}  // namespace noroshi::subscribers
