// What a CAP-JP document says, out of its elements: which document and revision it is, and its
// order lines. Reading and judging are apart (rules.hpp): what breaks a rule is read as well as it
// can be, on the safe side.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proto/cap/document.hpp"
#include "proto/jp/parameters.hpp"

namespace noroshi::jp {

// One kind × issue or lift × hazard, all languages together.
struct Line {
  std::string event;   // "evac.l4"; the word of `event` where there is no code
  std::string hazard;  // "" when it names none
  Direction direction = Direction::issue;
  // The mayor's warning level, 0 when there is none, level_unknown when it is not 1 to 5; on a
  // lift the level that ended. Of evac.l3 to evac.l5 that state none, the one of their code.
  std::uint32_t level = 0;
  // Each once, in the order of the document, of the Japanese info: `<code>:<id>`, `<code>:*`.
  std::vector<std::string> districts;
  std::optional<std::int64_t> onset_ms;
  std::optional<std::int64_t> expires_ms;  // where none is given, sent + the life of its category
};

// Values are as they are written, cut to value_bytes_max; "" where there is none.
struct Order {
  std::string update_kind;  // new update correction cancel late; by msgType where none is stated
  std::string document;
  std::string revision;
  std::string alerting;  // loud, quiet
  std::string publishing_office;
  std::string editorial_office;
  std::string drill;
  std::vector<Line> lines;
  // What the profile does not know: "jp.event evac.l6", "jp.hazard …", "jp.level 6"; each once, at
  // most unknown_max. It is delivered with its raw word and treated as loud and high.
  std::vector<std::string> unknown;
};

inline constexpr std::size_t value_bytes_max = 128;
inline constexpr std::size_t unknown_max = 32;

// Nothing for an alert that does not follow the profile. Of several event or hazard codes in one
// info block the first counts. The cost grows with the size of the document.
std::optional<Order> read(const cap::Alert& alert);

}  // namespace noroshi::jp
