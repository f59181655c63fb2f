#include "hub/admin/report_timeline.hpp"

#include <algorithm>
#include <functional>
#include <optional>

#include "hub/admin/report_numbers.hpp"

namespace noroshi::admin {
namespace {

using view::Medium;
using view::Rung;

void add_preparation(std::vector<Moment>& moments, const ReportedAlert& reported) {
  const auto sequence = reported.ladder.sequence;
  if (const auto decided = decided_ms(reported.alert))
    moments.push_back({*decided, sequence, ReportSay::ev_decided});
  if (!reported.alert.has_approval()) return;
  const auto& approval = reported.alert.approval();
  if (reported.drafted)
    moments.push_back(
        {reported.drafted->at_ms, sequence, ReportSay::ev_drafted, approval.author()});
  const bool alone = !approval.break_glass_reason().empty();
  moments.push_back({reported.at_ms, sequence, alone ? ReportSay::ev_alone : ReportSay::ev_approved,
                     approval.approver()});
}

// Since when none of what it showed is on air any more; nothing while some is, or none ever was.
std::optional<std::int64_t> ended_ms(const Rung& rung) {
  std::optional<std::int64_t> last;
  for (const auto& medium : rung.media) {
    if (medium.shown_ms == 0) continue;
    if (medium.state == Medium::State::shown) return std::nullopt;
    last = std::max(last.value_or(medium.at_ms), medium.at_ms);
  }
  return last;
}

using When = std::function<std::optional<std::int64_t>(const Rung&)>;

// Whoever came first and, if another, whoever came last.
void add_first_and_last(std::vector<Moment>& moments, const ReportedLadder& ladder,
                        const When& when, std::optional<ReportSay> first_word,
                        ReportSay last_word) {
  std::optional<Moment> first;
  std::optional<Moment> last;
  for (const auto& rung : ladder.rungs) {
    const auto at = when(rung);
    if (!at) continue;
    if (!first || *at < first->at_ms)
      first = Moment{*at, ladder.sequence, first_word.value_or(last_word), rung.subscriber};
    if (!last || *at >= last->at_ms)
      last = Moment{*at, ladder.sequence, last_word, rung.subscriber};
  }
  if (first && first_word) moments.push_back(*first);
  if (last && (!first_word || last->who != first->who)) moments.push_back(*last);
}

}  // namespace

std::vector<Moment> timeline_of(const Report& report) {
  std::vector<Moment> moments;
  for (const auto& each : report.alerts) {
    add_preparation(moments, each);
    moments.push_back({each.at_ms, each.ladder.sequence, ReportSay::ev_accepted});
    add_first_and_last(moments, each.ladder, delivered_ms, ReportSay::ev_first_delivered,
                       ReportSay::ev_last_delivered);
    add_first_and_last(moments, each.ladder, first_shown_ms, ReportSay::ev_first_shown,
                       ReportSay::ev_last_shown);
    add_first_and_last(moments, each.ladder, ended_ms, std::nullopt, ReportSay::ev_last_ended);
  }
  std::stable_sort(moments.begin(), moments.end(),
                   [](const auto& a, const auto& b) { return a.at_ms < b.at_ms; });
  return moments;
}

}  // namespace noroshi::admin
