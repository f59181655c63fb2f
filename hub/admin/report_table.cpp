#include "hub/admin/report_table.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <vector>

#include "hub/admin/printable.hpp"
#include "hub/admin/report_numbers.hpp"

namespace noroshi::admin {
namespace {

using Cells = std::vector<std::string>;
using view::Medium;
using view::Rung;

constexpr std::string_view column_names =
    "epoch,sequence,drill,identifier,sender,message_type,publisher,headline,decided_at,drafted_at,"
    "drafted_by,approved_by,accepted_at,subscriber,name,state,delivered_at,delivered_after_s,"
    "passed_at,passed_reason,passed_by,medium,medium_state,shown_at,shown_after_s,medium_at,"
    "recorded_at,detail\r\n";

std::string csv_row(const Cells& cells) {
  std::string row;
  for (const auto& cell : cells) row += (&cell == cells.data() ? "" : ",") + csv_cell(cell);
  return row + "\r\n";
}

std::string time_cell(std::optional<std::int64_t> unix_ms) {
  return unix_ms && *unix_ms != 0 ? report_time(*unix_ms) : "";
}

std::string after_cell(std::optional<std::int64_t> unix_ms, std::int64_t since_ms) {
  return unix_ms && *unix_ms != 0 ? seconds_text(*unix_ms - since_ms) : "";
}

Cells alert_cells(const ReportedAlert& reported) {
  const auto& alert = reported.alert;
  const auto drafted = reported.drafted ? std::optional(reported.drafted->at_ms) : std::nullopt;
  return {std::to_string(reported.ladder.epoch),
          std::to_string(reported.ladder.sequence),
          alert.drill(),
          alert.summary().identifier(),
          alert.summary().sender(),
          alert.summary().message_type(),
          alert.publisher(),
          alert.summary().headline(),
          time_cell(decided_ms(alert)),
          time_cell(drafted),
          alert.approval().author(),
          alert.approval().approver(),
          time_cell(reported.at_ms)};
}

void add(Cells& cells, std::initializer_list<std::string> more) { cells.insert(cells.end(), more); }

// In English, as the states of the API.
void add_rung(Cells& cells, const ReportedAlert& reported, const Rung& rung) {
  const auto delivered = delivered_ms(rung);
  add(cells, {rung.subscriber, rung.name, std::string(report_english(word_of(rung.state))),
              time_cell(delivered), after_cell(delivered, reported.at_ms)});
  if (rung.stored != Rung::Stored::passed) return add(cells, {"", "", ""});
  const auto [why, by] = passed_by(reported.ladder);
  const std::string_view reason = why == ReportSay::passed_superseded  ? "superseded"
                                  : why == ReportSay::passed_cancelled ? "cancelled"
                                                                       : "expired";
  add(cells, {time_cell(rung.at_ms), std::string(reason), by == 0 ? "" : std::to_string(by)});
}

void add_medium(Cells& cells, const ReportedAlert& reported, const Medium& medium) {
  add(cells, {medium.name, std::string(report_english(word_of(medium.state))),
              time_cell(medium.shown_ms), after_cell(medium.shown_ms, reported.at_ms),
              time_cell(medium.at_ms), time_cell(medium.recorded_ms), medium.detail});
}

bool begins_a_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != text.npos;
}

// Its own columns, and nothing in those behind.
std::string csv_row(Cells cells, std::size_t columns) {
  cells.resize(columns);
  return csv_row(cells);
}

}  // namespace

std::string csv_cell(std::string_view text) {
  std::string cell = printable(text);
  if (begins_a_formula(text) || begins_a_formula(cell)) cell.insert(cell.begin(), '\'');
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

std::string csv_of(const Report& report) {
  std::string csv(column_names);
  const auto columns =
      1 + static_cast<std::size_t>(std::count(column_names.begin(), column_names.end(), ','));
  for (const auto& each : report.alerts) {
    const auto of_alert = alert_cells(each);
    if (each.ladder.rungs.empty()) csv += csv_row(of_alert, columns);
    for (const auto& rung : each.ladder.rungs) {
      auto of_rung = of_alert;
      add_rung(of_rung, each, rung);
      if (rung.media.empty()) csv += csv_row(of_rung, columns);
      for (const auto& medium : rung.media) {
        auto row = of_rung;
        add_medium(row, each, medium);
        csv += csv_row(row);
      }
    }
  }
  return csv;
}

}  // namespace noroshi::admin
