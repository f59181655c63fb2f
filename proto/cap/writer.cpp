#include "proto/cap/writer.hpp"

#include <fmt/format.h>

#include <iterator>
#include <type_traits>
#include <vector>

#include "proto/cap/schema.hpp"
#include "proto/cap/utf8.hpp"

namespace noroshi::cap {
namespace {

// XML 1.0, production 2.
bool xml_carries(char32_t c) {
  if (c < 0x20) return c == U'\t' || c == U'\n' || c == U'\r';
  return c != 0xFFFE && c != 0xFFFF;
}

void append_escaped(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const char32_t c = utf8::take(text);
    if (c == U'&') {
      out += "&amp;";
    } else if (c == U'<') {
      out += "&lt;";
    } else if (c == U'>') {
      out += "&gt;";  // must be, in "]]>"
    } else if (c == U'\r') {
      out += "&#13;";  // a bare one would be read as a line feed
    } else {
      utf8::append(out, xml_carries(c) ? c : U'\uFFFD');
    }
  }
}

class Writer {
 public:
  template <class Owner>
  void children_of(const Owner& owner, std::size_t depth) {
    each_field<Owner>([&](const auto& field) { element(owner.*field.member, field.name, depth); });
  }

  std::string out;

 private:
  void element(const Text& text, std::string_view name, std::size_t depth) {
    indent(depth);
    fmt::format_to(std::back_inserter(out), "<{}>", name);
    append_escaped(out, text);
    fmt::format_to(std::back_inserter(out), "</{}>\n", name);
  }

  template <class Item>
  void element(const std::optional<Item>& item, std::string_view name, std::size_t depth) {
    if (item) element(*item, name, depth);
  }

  template <class Item>
  void element(const std::vector<Item>& items, std::string_view name, std::size_t depth) {
    for (const auto& item : items) element(item, name, depth);
  }

  template <class Group>
  void element(const Group& group, std::string_view name, std::size_t depth) {
    indent(depth);
    fmt::format_to(std::back_inserter(out), "<{}>\n", name);
    children_of(group, depth + 1);
    indent(depth);
    fmt::format_to(std::back_inserter(out), "</{}>\n", name);
  }

  void indent(std::size_t depth) { out.append(2 * depth, ' '); }
};

}  // namespace

std::string write(const Alert& alert) {
  Writer writer;
  writer.out = fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alert xmlns=\"{}\">\n",
                           cap_namespace);
  writer.children_of(alert, 1);
  return writer.out + "</alert>\n";
}

}  // namespace noroshi::cap
