#include "publishers/publish/board.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

#include "publishers/publish/ladder.hpp"

namespace noroshi::publishers {
namespace {

// 0 where there is no terminal.
std::size_t terminal_lines() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) == 0 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_row;
}

}  // namespace

Board::Board(const Terminal& terminal, std::uint64_t sequence, const Wait& wait)
    : terminal_(terminal), sequence_(sequence), wait_(wait) {}

void Board::show(const Ladder& ladder) {
  if (ladder.rows.size() + 2 <= terminal_lines()) return redraw(ladder);
  tell_changes(ladder);
}

void Board::redraw(const Ladder& ladder) {
  terminal_.go_up(drawn_);
  terminal_.print(report_line(ladder, sequence_, wait_, terminal_));
  print_rows(ladder, terminal_);
  drawn_ = ladder.rows.size() + 1;
}

void Board::tell_changes(const Ladder& ladder) {
  drawn_ = 0;
  bool changed = false;
  for (const auto& row : ladder.rows) {
    auto line = row_line(row, row.subscriber.size(), terminal_);
    auto& told = told_[row.subscriber];
    if (told == line) continue;
    told = std::move(line);
    terminal_.print(told);
    changed = true;
  }
  if (changed) terminal_.print(report_line(ladder, sequence_, wait_, terminal_));
}

}  // namespace noroshi::publishers
