#include <algorithm>
#include <array>

#include "proto/jp/drill_text.hpp"
#include "proto/jp/rule_parts.hpp"

namespace noroshi::jp {
namespace {

// What is read out or shown as it is.
constexpr std::array<std::string_view, 8> ready_texts{
    "ReadText",        "Ticker15",       "Ticker40", "Ticker80",
    "UrgentMailTitle", "UrgentMailBody", "Reason",   "DisasterName"};

bool is_ready_text(const cap::NamedValue& each) {
  return std::find(ready_texts.begin(), ready_texts.end(), parameter_name(each)) !=
         ready_texts.end();
}

class LiveText {
 public:
  explicit LiveText(Block& block) : block_(block) {}

  // What stands at the front of these is what people see first.
  void title(std::string_view element, const std::optional<cap::Text>& text) {
    if (!text) return;
    if (marked_as_drill(*text))
      block_.at(Severity::error, "livetext", element, *text, "marked");
    else if (begins_as_test(*text))
      block_.at(Severity::error, "livetext", element, *text, "test");
    else
      body(element, text);
  }

  void body(std::string_view element, const std::optional<cap::Text>& text) {
    if (!text) return;
    if (is_drill_broadcast(*text))
      block_.at(Severity::error, "livetext", element, *text, "broadcast");
    else if (mentions_drill(*text))
      block_.at(Severity::confirm, "livetext", element, cut(*text), "mentioned");
  }

  void ready(const cap::NamedValue& text) {
    if (marked_as_drill(text.value))
      block_.at_code(Severity::error, "livetext", text, "marked");
    else if (is_drill_broadcast(text.value))
      block_.at_code(Severity::error, "livetext", text, "broadcast");
    else if (mentions_drill(text.value))
      block_.at_code(Severity::confirm, "livetext", text, "mentioned");
  }

  void area(const cap::Area& area) {
    if (mentions_drill(area.area_desc))
      block_.at_name(Severity::confirm, "livetext", area, "mentioned");
  }

 private:
  // With its place, and of the text only what stands around the word.
  static cap::Text cut(const cap::Text& text) { return {std::string(mention(text)), text.place}; }

  Block& block_;
};

void check_live(Block& block) {
  const auto& info = block.info();
  LiveText live(block);
  live.title("event", info.event);
  live.title("headline", info.headline);
  live.title("description", info.description);
  live.body("instruction", info.instruction);
  for (const auto& each : info.parameter)
    if (is_ready_text(each)) live.ready(each);
  for (const auto& area : info.area) live.area(area);
}

void deny(Block& block, std::string_view element, const std::optional<cap::Text>& text) {
  if (text && denies_drill(*text)) block.at(Severity::error, "drilltext", element, *text, "denied");
}

void check_drill(Block& block) {
  const auto& info = block.info();
  const bool marked = info.headline && std::string_view(*info.headline).starts_with(drill_mark);
  if (block.alert().status == "Exercise" && !marked)
    block.at(Severity::error, "drilltext", "headline", info.headline, "headline");
  deny(block, "event", info.event);
  deny(block, "headline", info.headline);
  deny(block, "description", info.description);
  deny(block, "instruction", info.instruction);
  for (const auto& each : info.parameter)
    if (is_ready_text(each) && denies_drill(each.value))
      block.at_code(Severity::error, "drilltext", each, "denied");
}

}  // namespace

void check_text(Block& block, Channel channel) {
  channel == Channel::live ? check_live(block) : check_drill(block);
}

}  // namespace noroshi::jp
