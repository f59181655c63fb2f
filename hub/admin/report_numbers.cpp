#include "hub/admin/report_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "proto/cap/instant.hpp"

namespace noroshi::admin {
namespace {

using view::Medium;
using view::Rung;

constexpr std::int64_t second_ms = 1000;
constexpr std::int64_t minute_s = 60;
constexpr std::int64_t hour_s = 60 * minute_s;
constexpr std::int64_t day_s = 24 * hour_s;

Spread spread_of(std::vector<std::int64_t> durations) {
  if (durations.empty()) return {};
  std::sort(durations.begin(), durations.end());
  return {durations.size(), durations.front(), durations[(durations.size() - 1) / 2],
          durations.back()};
}

bool only_lifts(const v1::AlertAccepted& alert) {
  return alert.lines_size() > 0 && std::all_of(alert.lines().begin(), alert.lines().end(),
                                               [](const auto& line) { return line.lift(); });
}

}  // namespace

Numbers numbers_of(const ReportedAlert& reported) {
  Numbers numbers;
  std::vector<std::int64_t> delivered;
  std::vector<std::int64_t> shown;
  for (const auto& rung : reported.ladder.rungs) {
    ++numbers.addressed;
    ++numbers.states[static_cast<std::size_t>(rung.state)];
    numbers.earlier_shown += rung.earlier == Rung::Earlier::shown ? 1 : 0;
    numbers.earlier_withdrawn += rung.earlier == Rung::Earlier::withdrawn ? 1 : 0;
    if (const auto at = delivered_ms(rung)) delivered.push_back(*at - reported.at_ms);
    if (const auto at = first_shown_ms(rung)) shown.push_back(*at - reported.at_ms);
  }
  numbers.delivered = spread_of(std::move(delivered));
  numbers.shown = spread_of(std::move(shown));
  return numbers;
}

std::optional<std::int64_t> decided_ms(const v1::AlertAccepted& alert) {
  std::optional<std::int64_t> earliest;
  for (const auto& line : alert.lines())
    if (line.has_onset_ms())
      earliest = std::min(earliest.value_or(line.onset_ms()), line.onset_ms());
  return earliest;
}

std::optional<std::int64_t> delivered_ms(const Rung& rung) {
  if (rung.stored != Rung::Stored::delivered || rung.at_ms == 0) return std::nullopt;
  return rung.at_ms;
}

std::optional<std::int64_t> first_shown_ms(const Rung& rung) {
  std::optional<std::int64_t> first;
  for (const auto& medium : rung.media)
    if (medium.shown_ms != 0) first = std::min(first.value_or(medium.shown_ms), medium.shown_ms);
  return first;
}

PassedBy passed_by(const ReportedLadder& ladder) {
  constexpr auto never = std::numeric_limits<journal::Sequence>::max();
  const auto superseded = ladder.superseded_by.value_or(never);
  const auto cancelled = ladder.cancelled_by.value_or(never);
  if (superseded == never && cancelled == never) return {};
  if (superseded < cancelled) return {ReportSay::passed_superseded, superseded};
  return {ReportSay::passed_cancelled, cancelled};
}

ReportSay kind_of(const v1::AlertAccepted& alert) {
  const auto& type = alert.summary().message_type();
  if (type == "Cancel") return ReportSay::kind_cancel;
  if (only_lifts(alert)) return ReportSay::kind_lift;
  return type == "Update" ? ReportSay::kind_update : ReportSay::kind_alert;
}

ReportSay word_of(Rung::State state) {
  constexpr std::array words{ReportSay::state_queued,    ReportSay::state_delivered,
                             ReportSay::state_shown,     ReportSay::state_replaced,
                             ReportSay::state_withdrawn, ReportSay::state_passed,
                             ReportSay::state_refused};
  return words[static_cast<std::size_t>(state)];
}

ReportSay word_of(Medium::State state) {
  constexpr std::array words{ReportSay::state_shown, ReportSay::state_replaced,
                             ReportSay::state_withdrawn, ReportSay::state_refused};
  return words[static_cast<std::size_t>(state)];
}

std::string report_time(std::int64_t unix_ms) {
  auto text = cap::cap_datetime(unix_ms);
  const auto rest = ((unix_ms % second_ms) + second_ms) % second_ms;
  constexpr std::size_t zone = 6;  // +09:00
  return text.insert(text.size() - zone, fmt::format(".{:03}", rest));
}

std::string seconds_text(std::int64_t duration_ms) {
  const auto size = std::abs(duration_ms);
  return fmt::format("{}{}.{:03}", duration_ms < 0 ? "-" : "", size / second_ms, size % second_ms);
}

std::string duration_text(std::int64_t duration_ms) {
  const auto seconds = std::abs(duration_ms) / second_ms;
  const auto* const sign = duration_ms < 0 ? "-" : "";
  if (seconds < minute_s) return seconds_text(duration_ms) + " s";
  if (seconds < hour_s)
    return fmt::format("{}{} min {:02} s", sign, seconds / minute_s, seconds % minute_s);
  if (seconds < day_s)
    return fmt::format("{}{} h {:02} min", sign, seconds / hour_s, seconds % hour_s / minute_s);
  return fmt::format("{}{} d {:02} h", sign, seconds / day_s, seconds % day_s / hour_s);
}

}  // namespace noroshi::admin
