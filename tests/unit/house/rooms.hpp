// The rooms of the house and who may include whom, as ops/docs/architecture.md states them.
//
// The table there is the only source. Its rows look like
//   | `hub/config/` | what it holds | `proto/` |
// A name that ends in `/` is a folder with everything below it, any other name is one file.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace noroshi::house {

struct Room {
  std::string name;
  std::vector<std::string> may_include;
};

class Rooms {
 public:
  // Reads the rows of the table that follows the heading "## Rooms" in `document`; rows before and
  // after it are not its business. A row may name several rooms that share one rule.
  explicit Rooms(std::string_view document);

  [[nodiscard]] const std::vector<Room>& all() const { return rooms_; }

  // The most specific room that holds `file` (a path from the repository root).
  [[nodiscard]] const Room* room_of(std::string_view file) const;

  // Why `file` may not include `target`; nothing when it may. Everything may include its own room.
  [[nodiscard]] std::optional<std::string> objection(std::string_view file,
                                                     std::string_view target) const;

 private:
  std::vector<Room> rooms_;
};

}  // namespace noroshi::house
