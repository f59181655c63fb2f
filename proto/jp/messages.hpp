// The words behind the rules of CAP-JP: one table per language.
#pragma once

#include <span>
#include <string>

#include "proto/cap/messages.hpp"

namespace noroshi::jp {

// One or two sentences for people, for the rules of CAP-JP and for those of CAP.
std::string message(const cap::Finding& finding, cap::Language language);

// All that check() can find, in the order of rules.cpp; the same rows in both languages.
std::span<const cap::Words> rule_words(cap::Language language);
std::span<const cap::Words> japanese_words();
std::span<const cap::Words> english_words();

}  // namespace noroshi::jp
