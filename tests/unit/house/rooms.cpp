#include "tests/unit/house/rooms.hpp"

#include <sstream>

namespace noroshi::house {
namespace {

// What stands between the `|` of a row of a Markdown table.
std::vector<std::string> cells_of(const std::string& row) {
  std::vector<std::string> cells;
  std::stringstream stream(row.substr(1));
  for (std::string cell; std::getline(stream, cell, '|');) cells.push_back(cell);
  return cells;
}

// What stands between pairs of backticks.
std::vector<std::string> names_in(std::string_view cell) {
  std::vector<std::string> names;
  while (true) {
    const auto opening = cell.find('`');
    if (opening == std::string_view::npos) return names;
    const auto closing = cell.find('`', opening + 1);
    if (closing == std::string_view::npos) return names;
    names.emplace_back(cell.substr(opening + 1, closing - opening - 1));
    cell.remove_prefix(closing + 1);
  }
}

bool holds(std::string_view name, std::string_view file) {
  return name.ends_with('/') ? file.starts_with(name) : file == name;
}

}  // namespace

Rooms::Rooms(std::string_view document) {
  std::stringstream stream{std::string(document)};
  bool inside = false;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("## ")) inside = line.starts_with("## Rooms");
    if (!inside || !line.starts_with("| `")) continue;
    const auto cells = cells_of(line);
    if (cells.size() < 3) continue;
    for (const auto& name : names_in(cells[0])) rooms_.push_back({name, names_in(cells[2])});
  }
}

const Room* Rooms::room_of(std::string_view file) const {
  const Room* found = nullptr;
  for (const auto& room : rooms_) {
    const bool more_specific = found == nullptr || room.name.size() > found->name.size();
    if (holds(room.name, file) && more_specific) found = &room;
  }
  return found;
}

std::optional<std::string> Rooms::objection(std::string_view file, std::string_view target) const {
  const Room* room = room_of(file);
  if (room == nullptr) return std::string(file) + " is in no room of ops/docs/architecture.md";
  if (holds(room->name, target)) return std::nullopt;
  for (const auto& name : room->may_include) {
    if (holds(name, target)) return std::nullopt;
  }
  return std::string(file) + " includes " + std::string(target) + ", which " + room->name +
         " may not";
}

}  // namespace noroshi::house
