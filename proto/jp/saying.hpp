// One line of an order as it is said to people, and the words of a language for its parts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "proto/jp/parameters.hpp"
#include "proto/jp/phrases.hpp"
#include "proto/jp/rules.hpp"

namespace noroshi::jp {

// A name in the language that is spoken, and how it is read, in kana; "" where that is clear.
struct Spoken {
  std::string name;
  std::string reading;
};

// Why it is said: because it is so; in place of something wrong; long after it was decided; or it
// should never have been said (a Cancel).
enum class Manner { plain, correction, late, retraction };

struct Saying {
  std::string event;  // "evac.l4", "evac.none"
  Direction direction = Direction::issue;
  Manner manner = Manner::plain;
  Channel channel = Channel::live;  // what is said in a drill says so
  std::string hazard;               // "flood"; a code that is not known is said as it is
  Spoken place;                     // the municipality: 徳島市
  // Empty: the whole municipality. If one has no name in the language, none is named.
  std::vector<Spoken> districts;
  std::string speaker;  // in whose name; "" is the place
  std::string reason;   // 吉野川の水位上昇; "" is the phrase of reason_code, if any
  std::string reason_code;
  std::string local;            // a sentence of the city's own behind what to do
  std::int64_t decided_ms = 0;  // said of what is late, and of a null report
  bool still_ordered = false;   // of a lift: another order stands in some of its places
};

bool is_null_report(const Saying& saying);
// Nothing for an event that the language has no phrases for.
const OrderPhrases* order_of(const Saying& saying, const Phrases& phrases);
// 警戒レベル4 避難指示, without saying whether it is lifted.
std::string order_text(const Saying& saying, const Phrases& phrases);
// A code that has no word is given back.
std::string_view hazard_text(const Saying& saying, const Phrases& phrases);
// When it was decided, in Japan: 11月22日11時50分.
std::string time_text(const Saying& saying, const Phrases& phrases);
// The first `count` districts, and how many more there are; "" for the whole municipality.
std::string districts_text(const Saying& saying, const Phrases& phrases, std::size_t count);
bool names_districts(const Saying& saying);

}  // namespace noroshi::jp
