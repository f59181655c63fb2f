#include "tests/conformance/cap/mutants.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include "proto/cap/validate.hpp"
#include "proto/cap/writer.hpp"
#include "tests/unit/proto/cap/sample.hpp"

namespace noroshi::cap::mutants {
namespace {

using Lines = std::vector<std::string>;

constexpr std::int64_t far_future_ms = 4'000'000'000'000;

Lines lines_of(const std::string& document) {
  Lines lines;
  std::istringstream in(document);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string joined(const Lines& lines) {
  std::string document;
  for (const auto& line : lines) document += line + "\n";
  return document;
}

// The value of a line `<name>value</name>`: where it begins and how long it is.
struct Span {
  std::size_t begin = 0;
  std::size_t size = 0;
};
Span value_in(const std::string& line) {
  const auto begin = line.find('>') + 1;
  const auto end = line.find("</");
  return end == std::string::npos || end < begin ? Span{} : Span{begin, end - begin};
}

const char* const values[] = {"",
                              " ",
                              "Actual",
                              " Actual",
                              "actual",
                              "Update",
                              "Ack",
                              "Public",
                              "Private",
                              "Restricted",
                              "Met",
                              "Immediate",
                              "Unknown",
                              "2026-11-22T12:00:00+09:00",
                              " 2026-11-22T12:00:00+09:00\n",
                              "2026-11-22T12:00:00Z",
                              "2026-11-22T12:00:00.5+09:00",
                              "2026-02-29T12:00:00+09:00",
                              "2026-11-22T24:00:00+00:00",
                              "2026-11-22T12:00:60+00:00",
                              "2026-11-22T12:00:00+14:00",
                              "2026-11-22T12:00:00+14:01",
                              "2026-11-22T12:00:00,09:00",
                              "0000-11-22T12:00:00+09:00",
                              "ja-JP",
                              "ja_JP",
                              "abcdefghi",
                              " en ",
                              "12",
                              "+12",
                              "-12",
                              "1.5",
                              ".5",
                              "5.",
                              "1e3",
                              "1 2",
                              "https://example.jp/a",
                              "https://example.jp/避難",
                              "a b",
                              "map.png",
                              "image/png",
                              "0,0 1,1 1,0 0,0",
                              "0,0 1",
                              "a&amp;b",
                              "a,b"};

const char* const pieces[] = {"<!-- -->", "<?p?>", "<![CDATA[]]>", "<![CDATA[x]]>", "&#32;",
                              "&#x41;",   "\n",    "&lt;",         "<b/>",          "\t"};

const char* const insertions[] = {
    "<note>x</note>",
    "<event>x</event>",
    "<category>Met</category>",
    "<e:x xmlns:e='urn:e'/>",
    "stray",
    "<!-- c -->",
    "<info/>",
    "<area><areaDesc>x</areaDesc></area>",
    "<geocode><value>1</value><valueName>a</valueName></geocode>",
    "<c:note xmlns:c='urn:oasis:names:tc:emergency:cap:1.2'>x</c:note>",
    "<note xmlns=''>x</note>"};

const char* const attributes[] = {
    " id='1'", " xml:lang='ja'", " xmlns:q='urn:q'", " xmlns:q='urn:q' q:a='1'",
    " xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:schemaLocation='a b'"};

template <class Items>
auto& any(Items& items, std::mt19937& random) {
  return items[random() % std::size(items)];
}

void change(Lines& lines, std::mt19937& random) {
  const auto at = random() % lines.size();
  auto& line = lines[at];
  const auto value = value_in(line);
  switch (random() % 10) {
    case 0:
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
      break;
    case 1:
      lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), std::string(line));
      break;
    case 2:
      std::swap(line, any(lines, random));
      break;
    case 3:
      lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), any(insertions, random));
      break;
    case 4:
      if (const auto end = line.find('>'); end != std::string::npos && line.find("</") != 0)
        line.insert(end, any(attributes, random));
      break;
    case 5:
    case 6:
      if (value.begin > 0)
        line.insert(value.begin + random() % (value.size + 1), any(pieces, random));
      break;
    default:
      if (value.begin > 0) line.replace(value.begin, value.size, any(values, random));
      break;
  }
  if (lines.empty()) lines.emplace_back();
}

std::vector<std::string> real_alerts() {
  std::vector<std::string> alerts;
  const char* folder = std::getenv("NOROSHI_CORPUS");
  if (folder == nullptr) return alerts;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".xml") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string document{std::istreambuf_iterator<char>(file), {}};
    const auto verdict = validate(document, std::nullopt, far_future_ms);
    if (verdict.accepted()) alerts.push_back(write(*verdict.alert));
  }
  return alerts;
}

}  // namespace

std::vector<std::string> originals() {
  Alert update = sample::acceptable();
  Alert alert = update;
  alert.msg_type = "Alert";
  alert.references.reset();
  alert.info.push_back(alert.info[0]);
  alert.info[1].language = "en";
  alert.info[1].area.push_back(alert.info[0].area[0]);
  std::vector<std::string> all{write(update), write(alert)};
  for (auto& real : real_alerts()) all.push_back(std::move(real));
  return all;
}

std::string mutant(const std::string& document, std::mt19937& random) {
  auto lines = lines_of(document);
  for (auto changes = 1 + random() % 3; changes > 0; --changes) change(lines, random);
  return joined(lines);
}

}  // namespace noroshi::cap::mutants
