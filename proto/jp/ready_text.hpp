// Texts that newsrooms and cities use as they are, made from the fixed phrases of a language:
// headline, ticker, radio script. Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "proto/jp/parameters.hpp"
#include "proto/jp/phrases.hpp"

namespace noroshi::jp {

// A name in the language that is spoken, and how it is read, in kana; "" where that is clear.
struct Spoken {
  std::string name;
  std::string reading;
};

// One line of an order, as it is said to people.
struct Saying {
  std::string event;  // "evac.l4", "evac.none"
  Direction direction = Direction::issue;
  std::string hazard;             // "flood"; a code that is not known is said as it is
  Spoken place;                   // the municipality: 徳島市
  std::vector<Spoken> districts;  // empty: the whole municipality
  std::string speaker;            // in whose name; "" is the place
  std::string reason;  // 吉野川の水位上昇; "" is the phrase of reason_code, if any
  std::string reason_code;
  std::string local;  // a sentence of the city's own behind what to do
};

inline constexpr std::size_t headline_characters_max = 160;  // cap.R044

// 避難指示, 避難指示 解除, 発令中の避難情報なし. An event that the language has no phrase for is
// given back as its code.
std::string event_text(const Saying& saying, const Phrases& phrases);

// The place first, then hazard, level, name and as many districts as fit.
std::string headline(const Saying& saying, const Phrases& phrases);

// As much as fits into `characters_max` (15, 40, 80), the place and the order before the districts
// before what to do. Never longer.
std::string ticker(const Saying& saying, const Phrases& phrases, std::size_t characters_max);

// What to do: the fixed phrase, then the local line.
std::string instruction(const Saying& saying, const Phrases& phrases);

// In the order of an announcer: level and name, who speaks, where and what, why, what to do.
// Readings stand in brackets behind their names.
std::string radio_script(const Saying& saying, const Phrases& phrases);

}  // namespace noroshi::jp
