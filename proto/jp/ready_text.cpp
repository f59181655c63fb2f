#include "proto/jp/ready_text.hpp"

#include "proto/jp/fitting.hpp"
#include "proto/jp/pattern.hpp"
#include "proto/jp/reason_text.hpp"

namespace noroshi::jp {
namespace {

constexpr std::string_view drill_mark = "【訓練】";  // jp.drilltext asks for it in every language

bool is_lift(const Saying& saying) { return saying.direction == Direction::lift; }

std::string with_reading(const Spoken& spoken) {
  return spoken.reading.empty() ? spoken.name : spoken.name + "（" + spoken.reading + "）";
}

// 徳島市の川内町、応神町 or 徳島市全域, with readings.
std::string where_text(const Saying& saying, const Phrases& phrases) {
  const auto place = with_reading(saying.place);
  const auto& districts = saying.districts;
  if (districts.empty()) return filled(phrases.whole, {{"place", place}});
  if (!names_districts(saying)) return filled(phrases.parts_of, {{"place", place}});
  std::string names;
  for (std::size_t i = 0; i < districts.size(); ++i) {
    if (i > 0) names += i + 1 == districts.size() ? phrases.last_comma : phrases.comma;
    names += with_reading(districts[i]);
  }
  return filled(phrases.within, {{"place", place}, {"districts", names}});
}

std::string marks_of(const Saying& saying, const Phrases& phrases) {
  std::string marks;
  if (saying.channel == Channel::drill)
    marks += std::string(drill_mark) + std::string(phrases.drill.headline);
  if (saying.manner == Manner::retraction) marks += phrases.retract;
  if (saying.manner == Manner::correction) marks += phrases.correction.headline;
  if (saying.manner == Manner::late)
    marks += filled(phrases.late.headline, {{"time", time_text(saying, phrases)}});
  return marks;
}

std::string plain_headline(const Saying& saying, const Phrases& phrases,
                           std::size_t characters_max) {
  if (is_null_report(saying))
    return filled(phrases.null_headline,
                  {{"place", saying.place.name}, {"time", time_text(saying, phrases)}});
  auto order = order_text(saying, phrases);
  if (is_lift(saying)) order = filled(phrases.lift, {{"order", order}});
  const auto with = [&](std::string_view districts) {
    return filled(phrases.headline, {{"place", saying.place.name},
                                     {"hazard", hazard_text(saying, phrases)},
                                     {"order", order},
                                     {"districts", districts}});
  };
  const auto text = longest_fitting(saying, characters_max, [&](std::size_t count) {
    return with(filled(phrases.listed, {{"districts", districts_text(saying, phrases, count)}}));
  });
  return text.empty() ? with("") : text;
}

std::string opening(const Saying& saying, const Phrases& phrases) {
  if (is_null_report(saying)) return std::string(phrases.null_opening);
  const auto pattern = saying.manner == Manner::retraction ? phrases.retract_opening
                       : is_lift(saying)                   ? phrases.lift_opening
                                                           : phrases.opening;
  return filled(pattern, {{"order", order_text(saying, phrases)}});
}

std::string statement(const Saying& saying, const Phrases& phrases) {
  const auto* order = order_of(saying, phrases);
  if (order == nullptr) return {};
  const auto pattern = saying.manner == Manner::retraction ? order->taken_back
                       : is_lift(saying)                   ? order->ended
                                                           : order->issued;
  Saying named = saying;
  if (named.hazard.empty()) named.hazard = "other";
  return filled(pattern, {{"where", where_text(saying, phrases)},
                          {"hazard", hazard_text(named, phrases)},
                          {"order", order_text(saying, phrases)}});
}

std::string why(const Saying& saying, const Phrases& phrases) {
  if (is_lift(saying) || is_null_report(saying) || saying.manner == Manner::retraction) return {};
  if (auto own = reason_sentence(saying.reason, phrases.stated); !own.empty()) return own;
  for (const auto& reason : phrases.reasons)
    if (reason.code == saying.reason_code && !reason.word.empty())
      return filled(phrases.because, {{"reason", reason.word}});
  return {};
}

std::string action_text(const Saying& saying, const Phrases& phrases) {
  if (saying.manner == Manner::retraction) return std::string(phrases.retract_action);
  if (is_null_report(saying))
    return filled(phrases.null_action,
                  {{"place", saying.place.name}, {"time", time_text(saying, phrases)}});
  if (is_lift(saying) && saying.still_ordered) return std::string(phrases.still_ordered);
  const auto* order = order_of(saying, phrases);
  if (order == nullptr) return {};
  return std::string(is_lift(saying) ? order->lift_action : order->action);
}

std::string told_to_do(const Saying& saying, const Phrases& phrases) {
  auto text = action_text(saying, phrases);
  if (!saying.local.empty()) text += std::string(phrases.between) + saying.local;
  return text;
}

}  // namespace

std::string event_text(const Saying& saying, const Phrases& phrases) {
  if (is_null_report(saying)) return std::string(phrases.null_report);
  const auto* order = order_of(saying, phrases);
  const auto name = order == nullptr ? std::string_view(saying.event) : order->name;
  return is_lift(saying) ? filled(phrases.lifted, {{"name", name}}) : std::string(name);
}

std::string headline(const Saying& saying, const Phrases& phrases) {
  const auto marks = marks_of(saying, phrases);
  const auto room = headline_characters_max - cap::utf8::characters(marks);
  return cut_to(marks + plain_headline(saying, phrases, room), headline_characters_max);
}

std::string instruction(const Saying& saying, const Phrases& phrases) {
  const auto text = told_to_do(saying, phrases);
  return saying.channel == Channel::drill ? std::string(phrases.drill.ticker) + text : text;
}

std::string radio_script(const Saying& saying, const Phrases& phrases) {
  const bool drill = saying.channel == Channel::drill;
  const auto& speaker = saying.speaker.empty() ? saying.place.name : saying.speaker;
  const auto time = time_text(saying, phrases);
  const std::string sentences[] = {
      std::string(drill ? phrases.drill.script : std::string_view()),
      opening(saying, phrases),
      filled(phrases.speaker, {{"speaker", speaker}}),
      std::string(saying.manner == Manner::correction ? phrases.correction.script
                                                      : std::string_view()),
      statement(saying, phrases),
      saying.manner == Manner::late ? filled(phrases.late.script, {{"time", time}}) : "",
      why(saying, phrases),
      told_to_do(saying, phrases),
      std::string(drill ? phrases.drill_closing : std::string_view()),
  };
  std::string script;
  for (const auto& sentence : sentences) {
    if (!script.empty() && !sentence.empty()) script += phrases.between;
    script += sentence;
  }
  return script;
}

}  // namespace noroshi::jp
