// What CAP-JP says for each of the mayor's orders: names, colours, and the words of CAP that go
// with them (ops/docs/profile.md "Level → CAP words", ops/docs/field.md §2).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace noroshi::jp {

// urgency, severity, certainty and responseType of CAP.
struct CapWords {
  std::string_view urgency;
  std::string_view severity;
  std::array<std::string_view, 2> certainty;  // either; "" where there is only one
  std::string_view response;
};

struct Level {
  std::string_view event;   // "evac.l4"
  std::uint32_t number;     // 3 to 5; 0: has no level
  std::string_view name;    // the official one, 避難指示
  std::string_view action;  // the fixed phrase of what to do; "" where there is none
  std::string_view colour;  // "#AA00AA"; "" where none is laid down
  std::string_view text_colour;
  CapWords issue;
};

// 5, 4, 3, the restricted zone.
std::span<const Level> levels();
// Nothing for what is no such order; the null report is none.
const Level* level(std::string_view event_code);

inline constexpr CapWords lift_words{"Past", "Minor", {"Unlikely", ""}, "AllClear"};
inline constexpr CapWords null_report_words{"Past", "Minor", {"Unlikely", ""}, "None"};
inline constexpr std::string_view null_report_event = "evac.none";
inline constexpr std::string_view null_report_name = "発令中の避難情報なし";
inline constexpr std::string_view lifted = "解除";  // behind the name: "避難指示 解除"

}  // namespace noroshi::jp
