#include "proto/jp/messages.hpp"

#include <utility>

namespace noroshi::jp {

std::span<const cap::Words> rule_words(cap::Language language) {
  return language == cap::Language::japanese ? japanese_words() : english_words();
}

std::string message(const cap::Finding& finding, cap::Language language) {
  auto words = cap::message_from(rule_words(language), finding);
  return words ? *std::move(words) : cap::message(finding, language);
}

}  // namespace noroshi::jp
