// What the rows of a ladder add up to, and how long each step took.
//
// Pure functions. Durations are milliseconds, and less than none where clocks disagree.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/admin/report.hpp"
#include "hub/admin/report_words.hpp"

namespace noroshi::admin {

// Of those that reached a step, after how long since the alert was accepted.
struct Spread {
  std::size_t count = 0;
  std::int64_t first_ms = 0;
  std::int64_t median_ms = 0;  // of an even number the earlier of the two
  std::int64_t last_ms = 0;
};

struct Numbers {
  std::size_t addressed = 0;
  std::array<std::size_t, 7> states{};  // in the order of view::Rung::State
  Spread delivered;
  Spread shown;  // on the subscriber's first medium
  std::size_t earlier_shown = 0;
  std::size_t earlier_withdrawn = 0;
};
Numbers numbers_of(const ReportedAlert& reported);

// When it was decided what the document says, by its earliest line; nothing where no line says so.
std::optional<std::int64_t> decided_ms(const v1::AlertAccepted& alert);
// When it was delivered; not where it was passed.
std::optional<std::int64_t> delivered_ms(const view::Rung& rung);
// Since when it was on air on any medium.
std::optional<std::int64_t> first_shown_ms(const view::Rung& rung);

// Why it came too late for somebody.
struct PassedBy {
  ReportSay why = ReportSay::passed_expired;
  journal::Sequence by = 0;
};
PassedBy passed_by(const ReportedLadder& ladder);

ReportSay kind_of(const v1::AlertAccepted& alert);
ReportSay word_of(view::Rung::State state);
ReportSay word_of(view::Medium::State state);

// 2026-11-22T12:00:00.123+09:00.
std::string report_time(std::int64_t unix_ms);
// Seconds with their milliseconds, -0.120.
std::string seconds_text(std::int64_t duration_ms);
// For people: 0.350 s, 12 min 05 s, 3 h 05 min, 2 d 03 h.
std::string duration_text(std::int64_t duration_ms);

}  // namespace noroshi::admin
