#include "proto/terminal/language.hpp"

#include <cstdlib>
#include <string_view>

namespace noroshi::terminal {

namespace {

constexpr const char* deciding[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// `ja`, `ja_JP.UTF-8`, `ja.utf8`, but not `jam_JM`.
bool is_japanese(std::string_view locale) {
  return locale.starts_with("ja") && (locale.size() == 2 || !is_letter(locale[2]));
}

}  // namespace

Language language_of(const std::map<std::string, std::string>& environment) {
  for (const auto* name : deciding) {
    const auto found = environment.find(name);
    if (found == environment.end() || found->second.empty()) continue;
    return is_japanese(found->second) ? Language::japanese : Language::english;
  }
  return Language::english;
}

Language language_of_process() {
  std::map<std::string, std::string> environment;
  for (const auto* name : deciding)
    if (const auto* value = std::getenv(name)) environment.emplace(name, value);
  return language_of(environment);
}

}  // namespace noroshi::terminal
