// Texts that newsrooms and cities use as they are, made from the fixed phrases of a language:
// headline, ticker, radio script. Pure functions. Those of a drill say so, each of them.
#pragma once

#include <cstddef>
#include <string>

#include "proto/jp/phrases.hpp"
#include "proto/jp/saying.hpp"

namespace noroshi::jp {

inline constexpr std::size_t headline_characters_max = 160;  // cap.R044

// 避難指示, 避難指示 解除, 発令中の避難情報なし. An event that the language has no phrase for is
// given back as its code.
std::string event_text(const Saying& saying, const Phrases& phrases);

// The place first, then hazard, level, name and as many districts as fit. In front of it 【訓練】,
// in every language, and what it corrects or takes back.
std::string headline(const Saying& saying, const Phrases& phrases);

// As much as fits into `characters_max` (15, 40, 80), in the order of importance of the language.
// Never longer; one that ends in an ellipsis says too little to be shown.
std::string ticker(const Saying& saying, const Phrases& phrases, std::size_t characters_max);

// What to do: the fixed phrase, then the local line.
std::string instruction(const Saying& saying, const Phrases& phrases);

// In the order of an announcer: level and name, who speaks, where and what, why, what to do.
// Readings stand in brackets behind their names.
std::string radio_script(const Saying& saying, const Phrases& phrases);

}  // namespace noroshi::jp
