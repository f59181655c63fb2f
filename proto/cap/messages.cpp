#include "proto/cap/messages.hpp"

#include <algorithm>

namespace noroshi::cap {
namespace {

std::string_view last_step(std::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);  // npos + 1 is 0
  return path.substr(0, path.find('['));
}

std::string filled_in(std::string_view text, const Finding& finding) {
  std::string result;
  while (!text.empty()) {
    const auto brace = text.find('{');
    result += text.substr(0, brace);
    if (brace == std::string_view::npos) break;
    const auto end = text.find('}', brace);
    const auto name = text.substr(brace + 1, end - brace - 1);
    result += name == "value" ? std::string_view(finding.value) : last_step(finding.path);
    text.remove_prefix(end + 1);
  }
  return result;
}

}  // namespace

std::span<const Words> words_in(Language language) {
  return language == Language::japanese ? japanese_words() : english_words();
}

std::optional<std::string> message_from(std::span<const Words> table, const Finding& finding) {
  const auto row = std::find_if(table.begin(), table.end(), [&](const Words& words) {
    return words.rule == finding.rule && words.aspect == finding.aspect;
  });
  if (row == table.end()) return std::nullopt;
  return filled_in(row->text, finding);
}

std::string message(const Finding& finding, Language language) {
  auto words = message_from(words_in(language), finding);
  return words ? *std::move(words) : finding.rule + ": " + finding.value;
}

}  // namespace noroshi::cap
