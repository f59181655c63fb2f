#include "publishers/publish/on_air.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "proto/cap/validate.hpp"
#include "proto/jp/order.hpp"

namespace noroshi::publishers {

namespace {

constexpr std::size_t districts_shown = 8;

// ops/docs/field.md §2: the mayor's levels, their names and colours.
std::string_view level_name(std::uint32_t level, const Words& words) {
  if (level == 3) return words.level_3;
  if (level == 4) return words.level_4;
  return level == 0 ? std::string_view() : words.level_5;  // an unknown level counts as 5
}

std::string places(const std::vector<std::string>& districts, const Words& words) {
  std::string text;
  for (std::size_t i = 0; i < std::min(districts.size(), districts_shown); ++i)
    text += (i == 0 ? "" : ", ") + districts[i];
  if (districts.size() > districts_shown)
    text += fmt::format(fmt::runtime(words.and_more), districts.size() - districts_shown);
  return text;
}

std::string headline_of(const cap::Alert& alert) {
  for (const auto& info : alert.info)
    if (info.headline) return info.headline->value;
  return alert.info.empty() ? std::string() : alert.info.front().event.value;
}

std::string line_of(const jp::Line& line, const Words& words) {
  const bool lift = line.direction == jp::Direction::lift;
  const auto name = level_name(line.level, words);
  return fmt::format("{} {} {}: {}", lift ? words.lifts : words.orders,
                     name.empty() ? std::string_view(line.event) : name, line.hazard,
                     places(line.districts, words));
}

// The highest level that is ordered decides; a document that only lifts says so.
std::string sign_of(const cap::Alert& alert, const jp::Order& order, const Words& words) {
  if (alert.msg_type.value == "Cancel") return std::string(words.sign_cancel);
  std::uint32_t level = 0;
  bool issues = false;
  for (const auto& line : order.lines)
    if (line.direction == jp::Direction::issue) {
      issues = true;
      level = std::max(level, std::min(line.level, 5U));
    }
  if (!issues && !order.lines.empty()) return std::string(words.sign_lift);
  return level > 0 ? std::to_string(level) : std::string(words.sign_yes);
}

}  // namespace

OnAir on_air(const std::string& document, const Words& words) {
  const auto verdict = cap::validate(document, std::nullopt, 0);
  if (!verdict.alert) return {{std::string(words.unreadable)}, std::string(words.sign_yes)};
  const auto& alert = *verdict.alert;
  OnAir shown;
  shown.lines.push_back(
      fmt::format("[{}] {} {}", alert.status.value, alert.msg_type.value, alert.identifier.value));
  shown.lines.push_back(headline_of(alert));
  const auto order = jp::read(alert).value_or(jp::Order{});
  for (const auto& line : order.lines) shown.lines.push_back(line_of(line, words));
  shown.sign = sign_of(alert, order, words);
  return shown;
}

}  // namespace noroshi::publishers
