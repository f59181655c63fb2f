// ticker() of ready_text.hpp: patterns from the longest to the shortest, and the first that fits.
#include <array>

#include "proto/jp/fitting.hpp"
#include "proto/jp/pattern.hpp"
#include "proto/jp/ready_text.hpp"

namespace noroshi::jp {
namespace {

// In so few characters there is no room to say that something is a correction: what is right now
// counts. That it is a drill, taken back or old is said in any ticker.
constexpr std::size_t correction_characters_min = 40;

std::string mark_of(const Saying& saying, const Phrases& phrases, std::size_t characters_max) {
  std::string mark;
  if (saying.channel == Channel::drill) mark += phrases.drill.ticker;
  if (saying.manner == Manner::late) mark += phrases.late.ticker;
  if (saying.manner == Manner::correction && characters_max >= correction_characters_min)
    mark += phrases.correction.ticker;
  return mark;
}

struct Short {
  std::string text, brief, act;
};

Short short_of(const Saying& saying, const Phrases& phrases) {
  const auto* order = order_of(saying, phrases);
  if (order == nullptr) return {saying.event, saying.event, ""};
  if (saying.manner == Manner::retraction)
    return {std::string(order->retract_ticker), std::string(order->retract_brief), ""};
  if (saying.direction == Direction::lift)
    return {std::string(order->lift_ticker), std::string(order->lift_brief), ""};
  return {std::string(order->ticker), std::string(order->brief), std::string(order->act)};
}

}  // namespace

std::string ticker(const Saying& saying, const Phrases& phrases, std::size_t characters_max) {
  const auto mark = mark_of(saying, phrases, characters_max);
  const auto time = time_text(saying, phrases);
  const auto words = short_of(saying, phrases);
  std::string text;
  const auto with = [&](std::string_view pattern, std::string_view districts) {
    const Values values{{"mark", mark},           {"place", saying.place.name},
                        {"time", time},           {"hazard", hazard_text(saying, phrases)},
                        {"short", words.text},    {"brief", words.brief},
                        {"districts", districts}, {"act", words.act}};
    return fillable(pattern, values, "mark") ? filled(pattern, values) : std::string();
  };
  const auto longest = [&](std::string_view pattern) {
    if (pattern.find("{districts}") == std::string_view::npos) return with(pattern, "");
    return longest_fitting(saying, characters_max, [&](std::size_t count) {
      return with(pattern, districts_text(saying, phrases, count));
    });
  };
  const auto first_that_fits = [&](const auto& patterns) {
    for (const auto pattern : patterns) {
      text = longest(pattern);
      if (!text.empty() && fits(text, characters_max)) return text;
    }
    return cut_to(text, characters_max);
  };
  return is_null_report(saying) ? first_that_fits(phrases.null_tickers)
                                : first_that_fits(phrases.tickers);
}

}  // namespace noroshi::jp
