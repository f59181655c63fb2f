#include "proto/cap/json.hpp"

#include <fmt/format.h>

#include <iterator>
#include <vector>

#include "proto/cap/findings.hpp"
#include "proto/cap/gate.hpp"
#include "proto/cap/reader.hpp"
#include "proto/cap/schema.hpp"
#include "proto/cap/shape.hpp"
#include "proto/cap/utf8.hpp"
#include "proto/cap/white_space.hpp"

namespace noroshi::cap {
namespace {

// How an element's text stands in JSON.
enum class Kind { text, number, ring, circle };

constexpr Kind kind_of(std::string_view element) {
  if (element == "polygon") return Kind::ring;
  if (element == "circle") return Kind::circle;
  if (element == "altitude" || element == "ceiling") return Kind::number;
  return Kind::text;
}

// The escapes of RFC 8259, section 7; none of the characters that need one lies above U+FFFF.
void append_character(std::string& out, char32_t c) {
  if (c == U'"' || c == U'\\') {
    out += '\\';
    out += static_cast<char>(c);
  } else if (c == U'\n') {
    out += "\\n";
  } else if (c == U'\t') {
    out += "\\t";
  } else if (!utf8::shows(c)) {
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
  } else {
    utf8::append(out, c);
  }
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) append_character(out, utf8::take(text));
  out += '"';
}

// A decimal of CAP in the digits it has: JSON knows no plus, no zeros in front, and digits on both
// sides of the point.
void append_number(std::string& out, std::string_view decimal) {
  if (decimal.front() == '-') out += '-';
  if (decimal.front() == '-' || decimal.front() == '+') decimal.remove_prefix(1);
  while (decimal.size() > 1 && decimal[0] == '0' && decimal[1] != '.') decimal.remove_prefix(1);
  if (decimal.front() == '.') out += '0';
  if (decimal.back() == '.') decimal.remove_suffix(1);
  out += decimal;
}

void append_point(std::string& out, std::string_view point) {
  const auto comma = point.find(',');
  out += '[';
  append_number(out, point.substr(0, comma));
  out += ',';
  append_number(out, point.substr(comma + 1));
  out += ']';
}

// Each value is followed by a comma; the end of its list or object takes the last one back.
class Writer {
 public:
  template <class Owner>
  void object(const Owner& owner) {
    out += '{';
    each_field<Owner>([&](const auto& field) { member(field.name, owner.*field.member); });
    end('}');
  }

  std::string out;

 private:
  void name(std::string_view element) {
    fmt::format_to(std::back_inserter(out), "\"{}\":", element);
  }

  void end(char bracket) {
    if (out.back() == ',') out.pop_back();
    out += bracket;
    out += ',';
  }

  void member(std::string_view element, const Text& text) {
    name(element);
    value(text, Kind::text);
  }

  void member(std::string_view element, const std::optional<Text>& text) {
    if (!text) return;
    const auto kind = kind_of(element);
    if (kind == Kind::number && !decimal(*text)) return;
    name(element);
    value(*text, kind);
  }

  template <class Item>
  void member(std::string_view element, const std::vector<Item>& items) {
    name(element);
    out += '[';
    for (const auto& item : items) value(item, kind_of(element));
    end(']');
  }

  void value(const Text& text, Kind kind) {
    if (kind == Kind::ring) return ring_value(text);
    if (kind == Kind::circle) return circle_value(text);
    if (kind == Kind::number)
      append_number(out, text);
    else
      append_string(out, text);
    out += ',';
  }

  template <class Group>
  void value(const Group& group, Kind) {
    object(group);
  }

  void ring_value(std::string_view text) {
    out += '[';
    if (ring(text)) {
      for (const auto word : words_of(text)) {
        append_point(out, word);
        out += ',';
      }
    }
    end(']');
  }

  void circle_value(std::string_view text) {
    out += '{';
    if (circle(text)) {
      const auto words = words_of(text);
      name("centre");
      append_point(out, words[0]);
      out += ',';
      name("radiusKm");
      append_number(out, words[1]);
    }
    end('}');
  }
};

}  // namespace

std::string json(const Alert& alert) {
  Writer writer;
  writer.object(alert);
  writer.out.pop_back();
  return std::move(writer.out);
}

std::optional<std::string> reading(std::string_view accepted_bytes) {
  auto text = admit(accepted_bytes, std::nullopt);
  if (!text) return std::nullopt;
  Findings findings;
  const auto alert = read(std::move(*text), findings);
  if (!alert) return std::nullopt;
  return json(*alert);
}

}  // namespace noroshi::cap
