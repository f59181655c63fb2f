#include <algorithm>
#include <array>
#include <optional>
#include <type_traits>

#include "proto/cap/rules.hpp"
#include "proto/cap/schema.hpp"
#include "proto/cap/white_space.hpp"

namespace noroshi::cap {
namespace {

// What people read; elsewhere & and < are data.
constexpr std::array<std::string_view, 9> prose{"note",     "event",       "senderName",
                                                "headline", "description", "instruction",
                                                "contact",  "audience",    "areaDesc"};

// Where an empty element says nothing and breaks no other rule.
constexpr std::array<std::string_view, 16> pointless_when_empty{
    "source",     "addresses", "code",        "note",        "incidents", "audience",
    "senderName", "headline",  "description", "instruction", "contact",   "valueName",
    "value",      "uri",       "derefUri",    "digest"};

template <class List>
bool contains(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// `&nbsp;` or `&#160;` still standing in the text: it was escaped twice.
std::optional<std::string_view> entity_in(std::string_view text) {
  constexpr std::size_t name_max = 10;
  for (auto i = text.find('&'); i != std::string_view::npos; i = text.find('&', i + 1)) {
    std::size_t end = i + 1;
    if (end < text.size() && text[end] == '#') ++end;
    const std::size_t name = end;
    while (end < text.size() && end - name < name_max &&
           (is_letter(text[end]) || is_digit(text[end])))
      ++end;
    if (end > name && end < text.size() && text[end] == ';') return text.substr(i, end + 1 - i);
  }
  return std::nullopt;
}

// `<br/>`, `</p>`, `<a href="…">`.
std::optional<std::string_view> tag_in(std::string_view text) {
  constexpr std::size_t tag_max = 200;
  for (auto i = text.find('<'); i != std::string_view::npos; i = text.find('<', i + 1)) {
    const std::size_t name = i + 1 < text.size() && text[i + 1] == '/' ? i + 2 : i + 1;
    if (name >= text.size() || !is_letter(text[name])) continue;
    std::size_t end = name;
    while (end < text.size() && (is_letter(text[end]) || is_digit(text[end]))) ++end;
    const auto close = text.substr(i, tag_max).find('>');
    if (close == std::string_view::npos || end >= text.size()) continue;
    if (text[end] == '>' || text[end] == '/' ||
        white_space.find(text[end]) != std::string_view::npos)
      return text.substr(i, close + 1);
  }
  return std::nullopt;
}

// Calls `look` with every simple element below `owner`: its name, its path, its text.
template <class Owner, class Look>
void each_text(const Owner& owner, const Path& path, const Look& look);

template <class Item, class Look>
void each_text_of_item(const Item& item, std::string_view name, const Path& path,
                       const Look& look) {
  if constexpr (std::is_same_v<Item, Text>)
    look(name, path, item);
  else
    each_text(item, path, look);
}

template <class Owner, class Look>
void each_text(const Owner& owner, const Path& path, const Look& look) {
  each_field<Owner>([&](const auto& field) {
    const auto& member = owner.*field.member;
    using Member = std::remove_cvref_t<decltype(member)>;

    if constexpr (std::is_same_v<Member, Text>) {
      look(field.name, Path(path, field.name), member);
    } else if constexpr (std::is_same_v<Member, std::optional<Text>>) {
      if (member) look(field.name, Path(path, field.name), *member);
    } else {
      for (std::size_t i = 0; i < member.size(); ++i)
        each_text_of_item(member[i], field.name, Path(path, field.name, i + 1), look);
    }
  });
}

}  // namespace

void check_texts(const Alert& alert, Findings& findings) {
  each_text(alert, alert_path, [&](std::string_view name, const Path& path, const Text& text) {
    if (is_blank(text) && contains(pointless_when_empty, name))
      findings.warn("R047", path, text.place);
    if (!contains(prose, name)) return;
    if (const auto entity = entity_in(text)) findings.warn("R070", path, text.place, *entity);
    if (const auto tag = tag_in(text)) findings.warn("R071", path, text.place, *tag);
  });
}

}  // namespace noroshi::cap
