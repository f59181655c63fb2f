#include "proto/cap/instant.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <chrono>
#include <cstdlib>

namespace noroshi::cap {
namespace {

constexpr std::string_view form = "0000-00-00T00:00:00+00:00";
constexpr int offset_minutes_max = 14 * 60;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool has_form(std::string_view text) {
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] == '0' && !is_digit(text[i])) return false;
    if (form[i] == '+' && text[i] != '+' && text[i] != '-') return false;
    if (form[i] != '0' && form[i] != '+' && text[i] != form[i]) return false;
  }
  return true;
}

int number(std::string_view digits) {
  int value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

std::optional<int> offset_minutes_of(std::string_view zone) {
  const int hours = number(zone.substr(1, 2));
  const int minutes = number(zone.substr(4, 2));
  const int offset = hours * 60 + minutes;
  if (minutes > 59 || offset > offset_minutes_max) return std::nullopt;
  return zone[0] == '-' ? -offset : offset;
}

std::optional<std::chrono::sys_days> day_of(std::string_view date) {
  const std::chrono::year_month_day day{
      std::chrono::year(number(date.substr(0, 4))),
      std::chrono::month(static_cast<unsigned>(number(date.substr(5, 2)))),
      std::chrono::day(static_cast<unsigned>(number(date.substr(8, 2))))};
  if (!day.ok() || day.year() < std::chrono::year(1)) return std::nullopt;
  return std::chrono::sys_days(day);
}

}  // namespace

std::optional<std::int64_t> unix_milliseconds(std::string_view cap_datetime) {
  if (!has_form(cap_datetime)) return std::nullopt;
  const auto day = day_of(cap_datetime.substr(0, 10));
  const int hour = number(cap_datetime.substr(11, 2));
  const int minute = number(cap_datetime.substr(14, 2));
  const int second = number(cap_datetime.substr(17, 2));
  const auto offset = offset_minutes_of(cap_datetime.substr(19));
  // XML Schema 1.0, 3.2.7.1: 24:00:00 is the end of a day.
  const bool in_day = hour <= 23 || (hour == 24 && minute == 0 && second == 0);
  if (!day || !offset || !in_day || minute > 59 || second > 59) return std::nullopt;
  const auto at = *day + std::chrono::hours(hour) + std::chrono::minutes(minute - *offset) +
                  std::chrono::seconds(second);
  return std::chrono::milliseconds(at.time_since_epoch()).count();
}

std::string cap_datetime(std::int64_t unix_milliseconds, int offset_minutes) {
  using namespace std::chrono;
  assert(std::abs(offset_minutes) <= offset_minutes_max);
  const auto local = floor<seconds>(sys_time<milliseconds>(milliseconds(unix_milliseconds))) +
                     minutes(offset_minutes);
  const auto day = floor<days>(local);
  const year_month_day date(day);
  assert(date.year() >= year(1) && date.year() <= year(9999));
  const hh_mm_ss<seconds> time(local - day);
  const int zone = std::abs(offset_minutes);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}",
                     static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), offset_minutes < 0 ? '-' : '+',
                     zone / 60, zone % 60);
}

}  // namespace noroshi::cap
