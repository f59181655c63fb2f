#include "hub/config/language.hpp"

namespace noroshi::config {

Language language_of(const std::map<std::string, std::string>& environment) {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const auto found = environment.find(name);
    if (found == environment.end() || found->second.empty()) continue;
    const auto& locale = found->second;
    const bool japanese = locale == "ja" || locale.starts_with("ja_") || locale.starts_with("ja.");
    return japanese ? Language::japanese : Language::english;
  }
  return Language::english;
}

}  // namespace noroshi::config
