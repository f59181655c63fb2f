#include "proto/jp/saying.hpp"

#include <algorithm>

#include "proto/cap/instant.hpp"
#include "proto/jp/levels.hpp"
#include "proto/jp/pattern.hpp"

namespace noroshi::jp {
namespace {

// 07 is 7 in speech.
std::string_view without_zero(std::string_view digits) {
  return digits.substr(digits.starts_with('0') ? 1 : 0);
}

}  // namespace

bool is_null_report(const Saying& saying) { return saying.event == null_report_event; }

const OrderPhrases* order_of(const Saying& saying, const Phrases& phrases) {
  const auto found = std::find_if(phrases.orders.begin(), phrases.orders.end(),
                                  [&](const auto& each) { return each.event == saying.event; });
  return found == phrases.orders.end() ? nullptr : &*found;
}

std::string order_text(const Saying& saying, const Phrases& phrases) {
  const auto* order = order_of(saying, phrases);
  if (order == nullptr) return saying.event;
  return filled(phrases.order, {{"level", order->level}, {"name", order->name}});
}

std::string_view hazard_text(const Saying& saying, const Phrases& phrases) {
  const auto found = std::find_if(phrases.hazards.begin(), phrases.hazards.end(),
                                  [&](const auto& each) { return each.code == saying.hazard; });
  return found == phrases.hazards.end() ? std::string_view(saying.hazard) : found->word;
}

std::string time_text(const Saying& saying, const Phrases& phrases) {
  const auto written = cap::cap_datetime(saying.decided_ms);  // 2026-11-22T11:50:00+09:00
  const auto digits = [&](std::size_t at) { return std::string_view(written).substr(at, 2); };
  const auto number = static_cast<std::size_t>((digits(5)[0] - '0') * 10 + (digits(5)[1] - '0'));
  const auto month = phrases.months.at(number - 1);
  return filled(digits(14) == "00" ? phrases.full_hour : phrases.time,
                {{"month", month.empty() ? without_zero(digits(5)) : month},
                 {"day", without_zero(digits(8))},
                 {"hour", without_zero(digits(11))},
                 {"minute", digits(14)}});
}

bool names_districts(const Saying& saying) {
  return std::none_of(saying.districts.begin(), saying.districts.end(),
                      [](const auto& district) { return district.name.empty(); });
}

std::string districts_text(const Saying& saying, const Phrases& phrases, std::size_t count) {
  if (!names_districts(saying)) return std::string(phrases.parts);
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += phrases.separator;
    text += saying.districts[i].name;
  }
  if (const auto left = saying.districts.size() - count; left > 0) {
    if (count > 0) text += phrases.separator;
    text += filled(phrases.more, {{"count", std::to_string(left)}});
  }
  return text;
}

}  // namespace noroshi::jp
