#include "subscribers/client/ready_texts.hpp"

#include <array>
#include <utility>

#include "proto/jp/drill_text.hpp"
#include "proto/jp/fitting.hpp"
#include "proto/jp/parameters.hpp"
#include "proto/jp/phrases.hpp"
#include "proto/terminal/printable.hpp"

namespace noroshi::subscribers {

using terminal::printable;

namespace {

// What is said beside the words of the alert itself.
struct Marks {
  std::string_view cancelled, drill_ticker, drill_script, stop;
};

Marks marks_of(const cap::Info& info) {
  const bool japanese = jp::language_of(info) == jp::Language::japanese ||
                        (info.language && info.language->value.starts_with("ja"));
  const auto* phrases = info.language ? jp::phrases(info.language->value) : nullptr;
  if (phrases == nullptr) phrases = japanese ? &jp::phrases_ja : &jp::phrases_en;
  return {japanese ? "【取消】" : "[Cancelled] ", phrases->drill.ticker, phrases->drill.script,
          japanese ? "。" : ". "};
}

bool is_drill(const cap::Alert& alert) { return alert.status.value != "Actual"; }

bool says_drill(std::string_view text, const Marks& marks) {
  return jp::marked_as_drill(text) ||
         (!marks.drill_ticker.empty() && text.starts_with(marks.drill_ticker)) ||
         (!marks.drill_script.empty() && text.starts_with(marks.drill_script));
}

std::string marked(const cap::Alert& alert, std::string text, std::string_view mark,
                   const Marks& marks) {
  if (!is_drill(alert) || says_drill(text, marks)) return text;
  return std::string(mark) + text;
}

std::string value(const std::optional<cap::Text>& text) {
  return text ? printable(text->value) : std::string();
}

std::string ready(const cap::Info& info, const std::string& name) {
  const auto* found = jp::parameter(info, name);
  return found == nullptr ? std::string() : printable(found->value);
}

std::string longest_ready(const cap::Info& info, std::size_t characters_max) {
  for (const std::size_t characters : {std::size_t{80}, std::size_t{40}, std::size_t{15}}) {
    if (characters > characters_max) continue;
    auto text = ready(info, "Ticker" + std::to_string(characters));
    if (!text.empty() && jp::fits(text, characters_max)) return text;
  }
  return {};
}

std::string sentence(std::string text, std::string_view stop) {
  const bool ends = text.empty() || text.ends_with("。") || text.ends_with("！") ||
                    text.ends_with('.') || text.ends_with('!');
  return ends ? text : text + std::string(stop);
}

std::string script(const cap::Alert& alert, const Line& line) {
  const auto& info = *line.words;
  const auto marks = marks_of(info);
  if (auto text = ready(info, "ReadText"); !text.empty())
    return marked(alert, std::move(text), marks.drill_script, marks);
  std::string text;
  for (auto part : {value(info.sender_name), headline(alert, line), value(info.description),
                    value(info.instruction)})
    if (!part.empty()) {
      if (!text.empty() && text.back() == '.') text += ' ';
      text += sentence(std::move(part), marks.stop);
    }
  return marked(alert, std::move(text), marks.drill_script, marks);
}

}  // namespace

std::string headline(const cap::Alert& alert, const Line& line) {
  const auto& info = *line.words;
  const auto marks = marks_of(info);
  auto text = value(info.headline);
  if (text.empty()) {
    text = printable(info.event.value);
    if (!info.area.empty()) text += " " + printable(info.area.front().area_desc.value);
  }
  const bool said = jp::follows_profile(alert) || alert.msg_type.value != "Cancel";
  if (!said) text = std::string(marks.cancelled) + text;
  return marked(alert, std::move(text), jp::drill_mark, marks);
}

std::string ticker(const cap::Alert& alert, const Line& line, std::size_t characters_max) {
  const auto marks = marks_of(*line.words);
  auto whole = headline(alert, line);
  auto text = longest_ready(*line.words, characters_max);
  if (text.empty()) text = std::move(whole);
  text = marked(alert, std::move(text), marks.drill_ticker, marks);
  return jp::cut_to(text, characters_max);
}

std::vector<std::string> tickers(const cap::Alert& alert, std::string_view language,
                                 std::size_t characters_max) {
  std::vector<std::string> texts;
  for (const auto& line : lines_in(alert, language))
    texts.push_back(ticker(alert, line, characters_max));
  return texts;
}

std::vector<std::string> radio_scripts(const cap::Alert& alert, std::string_view language) {
  std::vector<std::string> texts;
  for (const auto& line : lines_in(alert, language)) texts.push_back(script(alert, line));
  return texts;
}

}  // namespace noroshi::subscribers
