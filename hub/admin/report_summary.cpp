#include "hub/admin/report_summary.hpp"

#include "hub/admin/report_numbers.hpp"
#include "proto/hexadecimal.hpp"

namespace noroshi::admin {
namespace {

using SummaryLines = std::vector<std::string>;

std::string accepted_line(const ReportedAlert& reported, Language language) {
  const auto& alert = reported.alert;
  auto line = say(language, ReportSay::said_accepted, reported.ladder.publisher_name,
                  alert.publisher(), alert.summary().headline(), report_time(reported.at_ms),
                  reported.ladder.sequence, reported.ladder.rungs.size());
  if (!alert.typed_by().empty())
    line += " " + say(language, ReportSay::said_typed_by, alert.typed_by());
  return line;
}

void add_before(SummaryLines& lines, const ReportedAlert& reported, Language language) {
  const auto decided = decided_ms(reported.alert);
  lines.push_back(decided ? say(language, ReportSay::said_decided, report_time(*decided),
                                duration_text(reported.at_ms - *decided))
                          : say(language, ReportSay::said_undecided));
  if (!reported.alert.has_approval()) return;
  const auto& approval = reported.alert.approval();
  lines.push_back(
      approval.break_glass_reason().empty()
          ? say(language, ReportSay::said_approved, approval.author(), approval.approver())
          : say(language, ReportSay::said_alone, approval.approver(),
                approval.break_glass_reason()));
  if (reported.drafted)
    lines.push_back(say(language, ReportSay::said_drafted, report_time(reported.drafted->at_ms),
                        duration_text(reported.at_ms - reported.drafted->at_ms)));
}

std::string spread_line(const Spread& spread, ReportSay some, ReportSay none, Language language) {
  if (spread.count == 0) return say(language, none);
  return say(language, some, spread.count, duration_text(spread.first_ms),
             duration_text(spread.median_ms), duration_text(spread.last_ms));
}

void add_ladder(SummaryLines& lines, const ReportedAlert& reported, Language language) {
  if (reported.ladder.rungs.empty()) return;
  const auto numbers = numbers_of(reported);
  const auto& s = numbers.states;
  lines.push_back(say(language, ReportSay::said_states, s[0], s[1], s[2], s[3], s[4], s[5], s[6]));
  lines.push_back(spread_line(numbers.delivered, ReportSay::said_delivered,
                              ReportSay::said_not_delivered, language));
  lines.push_back(
      spread_line(numbers.shown, ReportSay::said_shown, ReportSay::said_not_shown, language));
  if (reported.ladder.refers_to.empty()) return;
  std::string sequences;
  for (const auto sequence : reported.ladder.refers_to)
    sequences += (sequences.empty() ? "" : ", ") + std::to_string(sequence);
  lines.push_back(say(language, ReportSay::said_earlier, sequences, numbers.earlier_shown,
                      numbers.earlier_withdrawn));
}

}  // namespace

SummaryLines summary_lines(const ReportedAlert& reported, Language language) {
  SummaryLines lines{accepted_line(reported, language)};
  add_before(lines, reported, language);
  add_ladder(lines, reported, language);
  const auto& alert = reported.alert;
  lines.push_back(say(language,
                      reported.has_content ? ReportSay::said_content : ReportSay::said_content_gone,
                      alert.content_size(), hexadecimal(alert.content_sha256())));
  return lines;
}

}  // namespace noroshi::admin
