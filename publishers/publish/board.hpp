// The ladder of an alert while somebody watches it: drawn anew in its place on a terminal, as wide
// and as high as that is; a line for each row that changed anywhere else, and with NO_COLOR.
//
// Bounds  of more rows than the terminal has lines the first, those that are missing before others,
//         and how many more there are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "publishers/client/answers.hpp"
#include "publishers/publish/options.hpp"
#include "publishers/publish/terminal.hpp"

namespace noroshi::publishers {

class Board {
 public:
  // `sequence` is the alert's; `wait` says what is counted.
  Board(const Terminal& terminal, std::uint64_t sequence, const Wait& wait);

  void show(const Ladder& ladder);
  // The line is lost, and will be opened again: said until the next show().
  void lost(const Failure& failure, std::chrono::milliseconds wait);

 private:
  struct Size {
    std::size_t lines = 0;
    std::size_t columns = 0;
  };
  static std::optional<Size> size_of_terminal();

  void redraw(Size size);
  [[nodiscard]] std::vector<std::string> drawing(Size size) const;
  void add_rows(std::vector<std::string>& lines, std::size_t lines_max) const;
  void tell_changes(const Ladder& ladder);
  void tell(const std::string& what, std::string line);

  const Terminal& terminal_;
  std::uint64_t sequence_;
  Wait wait_;
  std::optional<Ladder> ladder_;
  std::string notice_;
  std::vector<std::size_t> drawn_;           // the columns of each line of the last drawing
  std::map<std::string, std::string> told_;  // the last line of each subscriber, and of each count
};

}  // namespace noroshi::publishers
