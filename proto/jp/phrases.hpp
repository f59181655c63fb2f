// The fixed phrases of one language: what an order is called and what it asks, never translated by
// a machine. One file a language; a language more is a file more.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace noroshi::jp {

struct OrderPhrases {
  std::string_view event;   // "evac.l4"
  std::string_view level;   // 警戒レベル4; "" where there is none
  std::string_view name;    // 避難指示
  std::string_view ticker;  // both in the fewest characters: レベル4避難指示
  std::string_view act;     // what to do in a ticker: 全員避難
  std::string_view action;  // what to do, in sentences
};

struct Word {
  std::string_view code;  // "flood", "riverlevel"
  std::string_view word;
};

// In a pattern {place} {hazard} {order} {districts} {speaker} {where} {reason} {level} {name} stand
// for what is said; ready_text.hpp fills them in.
struct Phrases {
  std::string_view tag;  // "ja-JP", "ja-x-yasashii", "en"
  std::array<OrderPhrases, 4> orders;
  std::array<Word, 13> hazards;
  std::array<Word, 6> reasons;         // "" for other: it has no words of its own
  std::string_view order, lift;        // patterns: level and name as one; and that it is lifted
  std::string_view lifted;             // event of a lift: "{name} 解除"
  std::string_view null_report;        // event and headline of 発令中の避難情報なし
  std::string_view null_action;        // … and what to say of it
  std::string_view lift_action;        // what to do when it is lifted
  std::string_view headline;           // pattern
  std::string_view null_headline;      // pattern
  std::string_view listed, separator;  // pattern of the districts in a headline; between them
  std::string_view more;               // pattern: {count} more than those
  std::string_view whole;              // the whole municipality, behind its name: 全域
  std::string_view opening, speaker, issued, ended;  // patterns of the radio script
  std::string_view because, stated;  // … of a reason that is a phrase of the language, or free text
  std::string_view within,
      comma;                 // between a place and its districts, and between these, in speech
  std::string_view between;  // between two sentences
};

std::span<const Phrases* const> all_phrases();  // Japanese first
// Nothing for a language that has none; ja is ja-JP.
const Phrases* phrases(std::string_view tag);

extern const Phrases phrases_ja;
extern const Phrases phrases_ja_yasashii;
extern const Phrases phrases_en;

}  // namespace noroshi::jp
