#include "publishers/publish/board.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "proto/terminal/columns.hpp"
#include "proto/terminal/printable.hpp"
#include "publishers/publish/ladder.hpp"

namespace noroshi::publishers {
namespace {

constexpr std::size_t columns_when_unknown = 80;

bool plain_wanted() {
  const auto* said = std::getenv("NO_COLOR");
  return said != nullptr && *said != '\0';
}

// Overdue, not there yet, the others.
int urgency(const LadderRow& row, const Wait& wait) {
  if (!row.overdue.empty()) return 0;
  return (wait.until == Wait::Until::shown ? was_shown(row) : reached(row)) ? 2 : 1;
}

std::size_t lines_of(std::size_t columns, std::size_t width) {
  return std::max<std::size_t>(1, (columns + width - 1) / width);
}

}  // namespace

// Nothing where there is no terminal to draw on.
std::optional<Board::Size> Board::size_of_terminal() {
  winsize size{};
  if (plain_wanted() || ::isatty(STDOUT_FILENO) == 0) return std::nullopt;
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0) return std::nullopt;
  return Size{size.ws_row, size.ws_col > 0 ? size.ws_col : columns_when_unknown};
}

Board::Board(const Terminal& terminal, std::uint64_t sequence, const Wait& wait)
    : terminal_(terminal), sequence_(sequence), wait_(wait) {}

void Board::show(const Ladder& ladder) {
  ladder_ = ladder;
  notice_.clear();
  if (const auto size = size_of_terminal()) return redraw(*size);
  tell_changes(ladder);
}

void Board::lost(const Failure& failure, std::chrono::milliseconds wait) {
  const auto text = terminal_.retry_text(failure, wait);
  const auto size = size_of_terminal();
  if (!size || !ladder_) return terminal_.say(text);
  notice_ = filled(terminal_.words().line_lost, text);
  redraw(*size);
}

// What was drawn may take more lines by now: a terminal made narrower breaks them.
void Board::redraw(Size size) {
  std::size_t above = 0;
  for (const auto columns : drawn_) above += lines_of(columns, size.columns);
  auto lines = drawing(size);
  drawn_.clear();
  for (auto& line : lines) {
    line = terminal::fitted(terminal::printable(line), size.columns);
    drawn_.push_back(terminal::columns(line));
  }
  terminal_.redraw(std::min(above, size.lines - 1), lines);
}

// One line is left to the cursor.
std::vector<std::string> Board::drawing(Size size) const {
  const auto lines_max = size.lines - 1;
  std::vector<std::string> lines{report_line(*ladder_, sequence_, wait_, terminal_)};
  if (!notice_.empty()) lines.push_back(notice_);
  for (auto& line : summary_lines(*ladder_, terminal_)) lines.push_back(std::move(line));
  if (lines.size() > lines_max) lines.resize(lines_max);
  add_rows(lines, lines_max);
  return lines;
}

void Board::add_rows(std::vector<std::string>& lines, std::size_t lines_max) const {
  std::vector<const LadderRow*> rows;
  std::size_t width = 0;
  for (const auto& row : ladder_->rows) {
    rows.push_back(&row);
    width = std::max(width, row.subscriber.size());
  }
  auto room = lines_max - lines.size();
  if (rows.size() > room) {
    if (room == 0) return;
    std::stable_sort(rows.begin(), rows.end(), [this](const auto* one, const auto* other) {
      return urgency(*one, wait_) < urgency(*other, wait_);
    });
    --room;
  }
  const auto shown = std::min(rows.size(), room);
  for (std::size_t i = 0; i < shown; ++i) lines.push_back(row_line(*rows[i], width, terminal_));
  if (shown < rows.size())
    lines.push_back(filled(terminal_.words().more_rows, rows.size() - shown));
}

void Board::tell_changes(const Ladder& ladder) {
  drawn_.clear();
  for (const auto& row : ladder.rows)
    tell("row " + row.subscriber, row_line(row, row.subscriber.size(), terminal_));
  const auto summary = summary_lines(ladder, terminal_);
  for (std::size_t i = 0; i < summary.size(); ++i) tell("count " + std::to_string(i), summary[i]);
  tell("report", report_line(ladder, sequence_, wait_, terminal_));
}

void Board::tell(const std::string& what, std::string line) {
  auto& told = told_[what];
  if (told == line) return;
  told = std::move(line);
  terminal_.print(told);
}

}  // namespace noroshi::publishers
