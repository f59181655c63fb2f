#include "hub/alarms/notification.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <ctime>

#include "hub/alarms/alarm_json.hpp"
#include "hub/alarms/sentence.hpp"
#include "proto/cap/instant.hpp"
#include "proto/merkle/base64.hpp"
#include "proto/terminal/printable.hpp"

namespace noroshi::alarms {
namespace {

using terminal::Language;

constexpr std::array kept_variables{"PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ"};
constexpr std::size_t encoded_bytes_max = 39;  // 52 of base64, 12 around them, and a name before
constexpr std::size_t mail_line_max = 76;
constexpr std::size_t subject_bytes_max = 200;

bool continues_a_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// At most so many bytes of it, ending between characters.
std::string_view beginning(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  auto end = bytes_max;
  while (end > 0 && continues_a_character(text[end])) --end;
  return text.substr(0, end == 0 ? bytes_max : end);
}

std::string names_of(const v1::AlarmRaised& raised) {
  return fmt::format("{}", fmt::join(raised.subscribers(), ","));
}

boost::json::object object_of(const Call& call, const std::string& environment) {
  auto object = json_of(call.alarm);
  object["told"] = name_of(call.word);
  object["times"] = call.time;
  object["environment"] = environment;
  return object;
}

std::string in_lines(const std::string& base64) {
  std::string lines;
  for (std::size_t at = 0; at < base64.size(); at += mail_line_max)
    lines += base64.substr(at, mail_line_max) + "\n";
  return lines;
}

std::string mail_date(std::int64_t now_ms) {
  std::tm utc{};
  const std::time_t seconds = now_ms / 1000;
  ::gmtime_r(&seconds, &utc);
  static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000",
                     days[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                     months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour,
                     utc.tm_min, utc.tm_sec);
}

}  // namespace

std::string notification_json(const Call& call, const std::string& environment) {
  return boost::json::serialize(object_of(call, environment)) + "\n";
}

std::string notification_webhook(const Call& call, const std::string& environment,
                                 std::int64_t now_ms) {
  return boost::json::serialize(boost::json::object{{"type", webhook_type},
                                                    {"timestamp", cap::cap_datetime(now_ms)},
                                                    {"data", object_of(call, environment)}});
}

std::string notification_id(const Call& call, std::uint64_t epoch) {
  const auto which =
      call.word == Call::Word::over ? std::string(name_of(call.word)) : std::to_string(call.time);
  return fmt::format("{}-{}-alarm-{}", epoch, call.alarm.entry, which);
}

std::vector<std::string> notification_environment(const Call& call,
                                                  const std::string& environment) {
  std::vector<std::string> all;
  for (const auto* name : kept_variables)
    if (const char* value = std::getenv(name)) all.push_back(std::string(name) + "=" + value);
  const auto& raised = call.alarm.raised;
  const auto add = [&](const char* name, std::string_view value) {
    all.push_back(std::string("NOROSHI_") + name + "=" + terminal::printable(value));
  };
  add("ALARM", raised.id());
  add("ALARM_KIND", raised.kind());
  add("ALARM_RAISED_AT", cap::cap_datetime(call.alarm.at_ms));
  add("ALARM_PUBLISHER", raised.publisher());
  add("ALARM_SEQUENCE", raised.sequence() == 0 ? "" : std::to_string(raised.sequence()));
  add("ALARM_DRILL", raised.drill());
  add("ALARM_MISSING", std::to_string(raised.missing()));
  add("ALARM_SUBSCRIBERS", names_of(raised));
  add("ALARM_DETAIL", raised.detail());
  add("ALARM_TEXT_JA", sentence(call.alarm, Language::japanese));
  add("ALARM_TEXT_EN", sentence(call.alarm, Language::english));
  add("ALARM_TOLD", name_of(call.word));
  add("ALARM_TIMES", std::to_string(call.time));
  add("ENVIRONMENT", environment);
  return all;
}

std::string encoded_header(std::string_view text) {
  std::string header;
  while (!text.empty()) {
    const auto piece = beginning(text, encoded_bytes_max);
    text.remove_prefix(piece.size());
    header += (header.empty() ? "=?UTF-8?B?" : "\n =?UTF-8?B?") + merkle::base64(piece) + "?=";
  }
  return header;
}

std::string notification_mail(const Call& call, const config::Notify& rule,
                              const std::string& environment, std::int64_t now_ms) {
  const auto& raised = call.alarm.raised;
  const auto japanese = sentence(call.alarm, Language::japanese);
  const auto place = environment == "live" ? std::string() : " (" + environment + ")";
  const auto title = fmt::format("[noroshi{}] {}", place, japanese);
  const std::string subject(beginning(title, subject_bytes_max));
  const bool over = call.word == Call::Word::over;
  const auto times = over ? " – " + cap::cap_datetime(call.alarm.cleared_ms.value_or(now_ms))
                     : call.time > 1 ? fmt::format("\n#{}", call.time)
                                     : "";
  const auto asked =
      over ? "" : "noroshi-hub alarm ack " + terminal::printable(raised.id()) + "\n\n";
  const auto body = fmt::format(
      "{}\n{}\n\n{}{}\n\n{}{}", japanese, sentence(call.alarm, Language::english),
      cap::cap_datetime(call.alarm.at_ms), times, asked, notification_json(call, environment));
  const auto domain = rule.from.substr(rule.from.find('@') + 1);
  return fmt::format(
      "From: {}\nTo: {}\nSubject: {}\nDate: {}\nMessage-ID: <{}.{}{}.{}@{}>\n"
      "Auto-Submitted: auto-generated\nMIME-Version: 1.0\n"
      "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{}",
      rule.from, fmt::join(rule.to, ", "), encoded_header(subject), mail_date(now_ms),
      call.alarm.entry, over ? "over" : "", call.time, now_ms, domain,
      in_lines(merkle::base64(body)));
}

}  // namespace noroshi::alarms
