#include "tests/bench/alert_text.hpp"

#include <unistd.h>

#include <ctime>

#include "tests/bench/measure.hpp"

namespace noroshi::bench {
namespace {

constexpr std::size_t digits = 16;

std::string japan_time(std::time_t at) {
  constexpr std::time_t nine_hours = 9 * 60 * 60;
  at += nine_hours;
  std::tm parts{};
  gmtime_r(&at, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S+09:00", &parts);
  return text.data();
}

std::string parameter(const std::string& name, const std::string& value) {
  return "    <parameter><valueName>layer:CAP-JP:0.1:" + name + "</valueName><value>" + value +
         "</value></parameter>\n";
}

// Numbers begin anew in each process, and a hub takes an identifier only once: hence the time.
std::string head(std::time_t now) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n"
         "  <identifier>bench-" +
         std::to_string(now) + "-" + std::to_string(getpid()) + "-";
}

std::string body(std::time_t now) {
  return "</identifier>\n"
         "  <sender>city.bench.lg.jp</sender>\n"
         "  <sent>" +
         japan_time(now) +
         "</sent>\n"
         "  <status>Actual</status>\n"
         "  <msgType>Alert</msgType>\n"
         "  <scope>Public</scope>\n"
         "  <code>profile:CAP-JP:0.1</code>\n"
         "  <info>\n"
         "    <language>ja-JP</language>\n"
         "    <category>Safety</category>\n"
         "    <event>避難指示</event>\n"
         "    <responseType>Evacuate</responseType>\n"
         "    <urgency>Immediate</urgency>\n"
         "    <severity>Severe</severity>\n"
         "    <certainty>Likely</certainty>\n"
         "    <eventCode><valueName>profile:CAP-JP:Event:0.1</valueName><value>evac.l4</value>"
         "</eventCode>\n"
         "    <expires>" +
         japan_time(now + 24 * 60 * 60) +
         "</expires>\n"
         "    <senderName>徳島市</senderName>\n"
         "    <headline>徳島市 洪水 警戒レベル4 避難指示</headline>\n"
         "    <description>";
}

std::string tail() {
  return "</description>\n"
         "    <instruction>危険な場所から全員避難してください。</instruction>\n" +
         parameter("IssueOrLift", "issue") +
         parameter("WarningLevel", std::to_string(warning_level)) +
         "    <area>\n"
         "      <areaDesc>市の全域</areaDesc>\n"
         "      <geocode><valueName>profile:CAP-JP:LGCode:0.1</valueName><value>";
}

std::string end() {
  return "</value></geocode>\n"
         "    </area>\n"
         "  </info>\n"
         "</alert>\n";
}

// Whole sentences, and blanks to the byte.
std::string description(std::size_t bytes) {
  constexpr std::string_view sentence =
      "吉野川の水位が氾濫危険水位に達しました。危険な場所から全員避難してください。";
  std::string text;
  while (text.size() + sentence.size() <= bytes) text += sentence;
  return text + std::string(bytes - text.size(), ' ');
}

}  // namespace

AlertText::AlertText(std::size_t bytes) {
  const auto now = std::time(nullptr);
  const auto start = head(now);
  const auto before = start + std::string(digits, '0') + body(now);
  const auto after = tail() + std::string(areas[0]) + end();
  if (bytes < before.size() + after.size()) give_up("an alert needs more bytes than that");
  text_ = before + description(bytes - before.size() - after.size()) + after;
  number_at_ = start.size();
  area_at_ = text_.size() - end().size() - areas[0].size();
}

const std::string& AlertText::numbered(std::uint64_t number) {
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  text_.replace(area_at_, areas[0].size(), areas[number % areas.size()]);
  for (std::size_t i = digits; i-- > 0; number >>= 4)
    text_[number_at_ + i] = hexadecimal[number & 15];
  return text_;
}

std::uint64_t AlertText::number_of(std::string_view document) const {
  std::uint64_t number = 0;
  for (const char c : document.substr(number_at_, digits))
    number = number << 4 | static_cast<std::uint64_t>(c <= '9' ? c - '0' : c - 'a' + 10);
  return number;
}

}  // namespace noroshi::bench
