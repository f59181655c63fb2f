// The fixed phrases of one language: what an order is called and what it asks, never translated by
// a machine. One file a language; a language more is a file more.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace noroshi::jp {

// Patterns are filled in by pattern.hpp. {place} is the municipality, {where} the places in speech,
// {hazard} the danger, {order} level and name as one.
struct OrderPhrases {
  std::string_view event;          // "evac.l4"
  std::string_view level;          // 警戒レベル4; "" where there is none
  std::string_view name;           // 避難指示
  std::string_view ticker, brief;  // in few characters: レベル4避難指示; in the fewest: 避難指示
  std::string_view act;            // what to do in a ticker: 全員避難
  std::string_view action;                         // what to do, in sentences
  std::string_view lift_ticker, lift_brief;        // 避難指示 解除
  std::string_view lift_action;                    // what to do when it is lifted
  std::string_view retract_ticker, retract_brief;  // 避難指示 取消
  std::string_view issued, ended, taken_back;      // sentences: {where} {hazard} {order}
};

struct Word {
  std::string_view code;  // "flood", "riverlevel"
  std::string_view word;
};

// What is said when something is wrong, late or no more than a drill, in front of a headline, in
// front of a ticker, and in the script.
struct Mark {
  std::string_view headline, ticker, script;
};

inline constexpr std::size_t ticker_patterns = 8;

struct Phrases {
  std::string_view tag;  // "ja-JP", "ja-x-yasashii", "en"
  std::array<OrderPhrases, 4> orders;
  std::array<Word, 13> hazards;
  std::array<Word, 6> reasons;      // "" for other: it has no words of its own
  std::string_view order, lift;     // level and name as one; {order} lifted
  std::string_view retract;         // in front of the headline of what is taken back
  std::string_view lifted;          // event of a lift: "{name} 解除"
  std::string_view null_report;     // event of 発令中の避難情報なし
  std::string_view null_action;     // … and what to say of it: {time} {place}
  std::string_view still_ordered;   // … of a lift where another order stands
  std::string_view retract_action;  // … of an order that is taken back
  std::string_view headline;        // {place} {hazard} {order} {districts}
  std::string_view null_headline;   // {place} {time}
  // From the longest to the shortest, which always fits: {mark} {place} {hazard} {short} {brief}
  // {districts} {act}.
  std::array<std::string_view, ticker_patterns> tickers;
  std::array<std::string_view, 4> null_tickers;  // {mark} {place} {time}
  std::string_view listed, separator;            // {districts} in a headline; between them
  std::string_view more;                         // {count} more than those
  std::string_view parts, parts_of;  // of districts without a name here; of {place}, in speech
  std::string_view opening, lift_opening, retract_opening, null_opening;  // {order}
  std::string_view speaker;                                               // {speaker}
  std::string_view because, stated;         // {reason}: a phrase of the language, or free text
  std::string_view whole, within;           // {place} as a whole; {districts} of {place}, in speech
  std::string_view comma, last_comma;       // between districts, in speech
  std::string_view between;                 // between two sentences
  Mark drill, correction, late;             // late: {time}
  std::string_view drill_closing;           // the last words of a drill's script
  std::string_view time, full_hour;         // {month} {day} {hour} {minute}; where that is 0
  std::array<std::string_view, 12> months;  // "" where a number will do
};

std::span<const Phrases* const> all_phrases();  // Japanese first
// Nothing for a language that has none; ja is ja-JP.
const Phrases* phrases(std::string_view tag);

extern const Phrases phrases_ja;
extern const Phrases phrases_ja_yasashii;
extern const Phrases phrases_en;

}  // namespace noroshi::jp
