#include "hub/alarms/sentence.hpp"

#include <fmt/format.h>

#include "hub/alarms/words.hpp"
#include "proto/terminal/printable.hpp"

namespace noroshi::alarms {
namespace {

constexpr int names_max = 5;

std::string names_of(const v1::AlarmRaised& raised) {
  std::string names;
  for (int i = 0; i < raised.subscribers_size() && i < names_max; ++i)
    names += (i == 0 ? "" : ", ") + raised.subscribers(i);
  if (raised.missing() > names_max) names += fmt::format(" … ({})", raised.missing());
  return names;
}

}  // namespace

std::string sentence(const Alarm& alarm, terminal::Language language) {
  const auto& raised = alarm.raised;
  const bool ja = language == terminal::Language::japanese;
  std::string text;
  if (!raised.drill().empty()) text = ja ? "【訓練】" : "[DRILL] ";
  if (alarm.state() == Alarm::State::cleared) text += ja ? "【終了】" : "[OVER] ";
  text += ja ? japanese(raised.kind()) : english(raised.kind());
  const auto add = [&](std::string_view label, const std::string& value) {
    if (!value.empty()) text += fmt::format("{}{}{}", ja ? " " : "; ", label, value);
  };
  add(ja ? "発信者 " : "publisher ", raised.publisher());
  add(ja ? "通番 " : "alert ", raised.sequence() == 0 ? "" : std::to_string(raised.sequence()));
  add(ja ? "伝達者 " : "subscribers ", names_of(raised));
  add("", raised.detail().empty() ? "" : "(" + raised.detail() + ")");
  return terminal::printable(text);
}

}  // namespace noroshi::alarms
