#include "proto/jp/block.hpp"

#include <algorithm>
#include <cassert>

namespace noroshi::jp {
namespace {

using cap::Path;

// Counted from 1, as paths do. `item` is one of `list`.
template <class Item>
std::size_t number_in(const std::vector<Item>& list, const Item& item) {
  assert(&item >= list.data() && &item < list.data() + list.size());
  return static_cast<std::size_t>(&item - list.data()) + 1;
}

cap::Place place_of(const cap::Text& text, cap::Place owner) {
  return text.place.line == 0 ? owner : text.place;
}

}  // namespace

void Block::here(Severity severity, std::string_view rule, std::string_view value,
                 std::string_view aspect) {
  findings_.add(severity, rule, path_, info_.place, value, aspect);
}

void Block::at(Severity severity, std::string_view rule, std::string_view element,
               const cap::Text& text, std::string_view aspect) {
  findings_.add(severity, rule, Path(path_, element), place_of(text, info_.place), text, aspect);
}

void Block::at(Severity severity, std::string_view rule, std::string_view element,
               const std::optional<cap::Text>& text, std::string_view aspect) {
  at(severity, rule, element, text.value_or(cap::Text{}), aspect);
}

void Block::at_code(Severity severity, std::string_view rule, const cap::NamedValue& code,
                    std::string_view aspect) {
  const bool event = !info_.event_code.empty() && &code >= info_.event_code.data() &&
                     &code < info_.event_code.data() + info_.event_code.size();
  const auto number = event ? number_in(info_.event_code, code) : number_in(info_.parameter, code);
  const Path path(path_, event ? "eventCode" : "parameter", number);
  findings_.add(severity, rule, path, place_of(code.value, code.place), code.value, aspect);
}

void Block::at_parameter(Severity severity, std::string_view rule, std::string_view name,
                         std::string_view aspect) {
  const auto found = std::find_if(info_.parameter.begin(), info_.parameter.end(),
                                  [&](const auto& each) { return parameter_name(each) == name; });
  if (found == info_.parameter.end()) return here(severity, rule, {}, aspect);
  at_code(severity, rule, *found, aspect);
}

void Block::at_area(Severity severity, std::string_view rule, const cap::Area& area,
                    std::string_view value, std::string_view aspect) {
  const Path path(path_, "area", number_in(info_.area, area));
  findings_.add(severity, rule, path, area.place, value, aspect);
}

void Block::at_geocode(Severity severity, std::string_view rule, const cap::Area& area,
                       const cap::NamedValue& code, std::string_view aspect) {
  const Path path(path_, "area", number_in(info_.area, area));
  const Path geocode(path, "geocode", number_in(area.geocode, code));
  findings_.add(severity, rule, geocode, place_of(code.value, code.place), code.value, aspect);
}

void Block::at_name(Severity severity, std::string_view rule, const cap::Area& area,
                    std::string_view aspect) {
  const Path path(path_, "area", number_in(info_.area, area));
  const Path name(path, "areaDesc");
  findings_.add(severity, rule, name, place_of(area.area_desc, area.place), area.area_desc, aspect);
}

}  // namespace noroshi::jp
