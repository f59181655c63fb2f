#include "proto/jp/ready_text.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "proto/cap/utf8.hpp"
#include "proto/jp/codes.hpp"
#include "proto/jp/levels.hpp"

namespace noroshi::jp {
namespace {

using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// A name that has no value is left out, with a comma and a blank behind it.
std::string filled(std::string_view pattern, const Values& values) {
  std::string text;
  while (!pattern.empty()) {
    const auto brace = pattern.find('{');
    text += pattern.substr(0, brace);
    if (brace == std::string_view::npos) break;
    const auto end = pattern.find('}', brace);
    const auto name = pattern.substr(brace + 1, end - brace - 1);
    pattern.remove_prefix(end + 1);
    const auto* value = std::find_if(values.begin(), values.end(),
                                     [&](const auto& each) { return each.first == name; });
    if (value != values.end() && !value->second.empty()) {
      text += value->second;
    } else {
      if (pattern.starts_with(',')) pattern.remove_prefix(1);
      if (pattern.starts_with(' ')) pattern.remove_prefix(1);
    }
  }
  return text;
}

std::size_t length(std::string_view text) { return cap::utf8::characters(text); }

template <class Words>
std::string_view word(const Words& words, std::string_view code) {
  const auto found =
      std::find_if(words.begin(), words.end(), [&](const auto& each) { return each.code == code; });
  return found == words.end() ? code : found->word;
}

const OrderPhrases* order_of(const Saying& saying, const Phrases& phrases) {
  const auto found = std::find_if(phrases.orders.begin(), phrases.orders.end(),
                                  [&](const auto& each) { return each.event == saying.event; });
  return found == phrases.orders.end() ? nullptr : &*found;
}

bool is_null_report(const Saying& saying) { return saying.event == null_report_event; }

// 警戒レベル4 避難指示, without saying whether it is lifted.
std::string order_text(const Saying& saying, const Phrases& phrases) {
  const auto* order = order_of(saying, phrases);
  if (order == nullptr) return saying.event;
  return filled(phrases.order, {{"level", order->level}, {"name", order->name}});
}

std::string said_order(const Saying& saying, const Phrases& phrases) {
  const auto order = order_text(saying, phrases);
  return saying.direction == Direction::lift ? filled(phrases.lift, {{"order", order}}) : order;
}

// The first `count` districts, and how many more there are.
std::string districts_text(const Saying& saying, const Phrases& phrases, std::size_t count) {
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

// The longest of what `make` says with that many districts, at least one, that fits.
template <class Make>
std::string longest_fitting(const Saying& saying, std::size_t characters_max, const Make& make) {
  // Each takes a character at least, so that more can never fit.
  for (auto count = std::min(saying.districts.size(), characters_max); count > 0; --count) {
    auto text = make(count);
    if (length(text) <= characters_max) return text;
  }
  return {};
}

// Cuts where the text does not fit, and shows that it did.
std::string cut(std::string_view text, std::size_t characters_max) {
  std::string result;
  for (auto rest = text; !rest.empty() && characters_max > 1; --characters_max)
    cap::utf8::append(result, cap::utf8::take(rest));
  return result + "…";
}

std::string with_reading(const Spoken& spoken) {
  return spoken.reading.empty() ? spoken.name : spoken.name + "（" + spoken.reading + "）";
}

// 徳島市の川内町、応神町 or 徳島市全域, with readings.
std::string where_text(const Saying& saying, const Phrases& phrases) {
  auto text = with_reading(saying.place);
  if (saying.districts.empty()) return text + std::string(phrases.whole);
  for (std::size_t i = 0; i < saying.districts.size(); ++i)
    text +=
        std::string(i == 0 ? phrases.within : phrases.comma) + with_reading(saying.districts[i]);
  return text;
}

std::string action_text(const Saying& saying, const Phrases& phrases) {
  if (is_null_report(saying)) return std::string(phrases.null_action);
  if (saying.direction == Direction::lift) return std::string(phrases.lift_action);
  const auto* order = order_of(saying, phrases);
  return order == nullptr ? std::string() : std::string(order->action);
}

}  // namespace

std::string event_text(const Saying& saying, const Phrases& phrases) {
  if (is_null_report(saying)) return std::string(phrases.null_report);
  const auto* order = order_of(saying, phrases);
  const auto name = order == nullptr ? std::string_view(saying.event) : order->name;
  return saying.direction == Direction::lift ? filled(phrases.lifted, {{"name", name}})
                                             : std::string(name);
}

std::string headline(const Saying& saying, const Phrases& phrases) {
  if (is_null_report(saying)) return filled(phrases.null_headline, {{"place", saying.place.name}});
  const auto order = said_order(saying, phrases);
  const auto with = [&](std::string_view districts) {
    return filled(phrases.headline, {{"place", saying.place.name},
                                     {"hazard", word(phrases.hazards, saying.hazard)},
                                     {"order", order},
                                     {"districts", districts}});
  };
  auto text = longest_fitting(saying, headline_characters_max, [&](std::size_t count) {
    return with(filled(phrases.listed, {{"districts", districts_text(saying, phrases, count)}}));
  });
  if (text.empty()) text = with("");
  return length(text) <= headline_characters_max ? text : cut(text, headline_characters_max);
}

std::string ticker(const Saying& saying, const Phrases& phrases, std::size_t characters_max) {
  const auto* order = order_of(saying, phrases);
  const bool lift = saying.direction == Direction::lift;
  const auto name =
      order == nullptr || lift ? event_text(saying, phrases) : std::string(order->ticker);
  const auto begin = saying.place.name + " ";
  auto hazard = begin;
  if (!saying.hazard.empty()) hazard += std::string(word(phrases.hazards, saying.hazard)) + " ";
  const auto act = order == nullptr || lift ? std::string() : " " + std::string(order->act);
  std::vector<std::string> candidates;
  if (!is_null_report(saying)) {
    for (const auto& end : {act, std::string()})
      candidates.push_back(longest_fitting(saying, characters_max, [&](std::size_t count) {
        return hazard + name + " " + districts_text(saying, phrases, count) + end;
      }));
    for (const auto& end : {act, std::string()}) candidates.push_back(hazard + name + end);
  }
  candidates.push_back(begin + name);
  for (const auto& text : candidates)
    if (!text.empty() && length(text) <= characters_max) return text;
  return cut(candidates.back(), characters_max);
}

std::string instruction(const Saying& saying, const Phrases& phrases) {
  auto text = action_text(saying, phrases);
  if (!saying.local.empty()) text += std::string(phrases.between) + saying.local;
  return text;
}

std::string radio_script(const Saying& saying, const Phrases& phrases) {
  const auto speaker = saying.speaker.empty() ? saying.place.name : saying.speaker;
  const auto order = order_text(saying, phrases);
  const auto where = where_text(saying, phrases);
  const auto hazard =
      word(phrases.hazards, saying.hazard.empty() ? std::string_view("other") : saying.hazard);
  const bool lift = saying.direction == Direction::lift;
  std::vector<std::string> sentences;
  sentences.push_back(
      filled(phrases.opening, {{"order", is_null_report(saying) ? std::string(phrases.null_report)
                                                                : said_order(saying, phrases)}}));
  sentences.push_back(filled(phrases.speaker, {{"speaker", speaker}}));
  if (!is_null_report(saying))
    sentences.push_back(filled(lift ? phrases.ended : phrases.issued,
                               {{"where", where}, {"hazard", hazard}, {"order", order}}));
  if (!lift && !saying.reason.empty())
    sentences.push_back(filled(phrases.stated, {{"reason", saying.reason}}));
  else if (!lift && is_reason(saying.reason_code) && saying.reason_code != "other")
    sentences.push_back(
        filled(phrases.because, {{"reason", word(phrases.reasons, saying.reason_code)}}));
  sentences.push_back(instruction(saying, phrases));
  std::string script;
  for (const auto& sentence : sentences) {
    if (!script.empty()) script += phrases.between;
    script += sentence;
  }
  return script;
}

}  // namespace noroshi::jp
