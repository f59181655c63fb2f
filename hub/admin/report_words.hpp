// What an after-action report says to people, and the verb that writes it: as words.hpp, in a table
// of its own.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "hub/config/language.hpp"

namespace noroshi::admin {

using config::Language;

enum class ReportSay {
  help_report,
  flag_alert,
  flag_out,
  alert_missing,
  alert_ambiguous,
  report_there,
  report_done,
  report_told,
  // on the page
  title,
  made,
  drill,
  cut,
  summary,
  timeline,
  subscribers,
  proof,
  kind_alert,
  kind_update,
  kind_lift,
  kind_cancel,
  said_accepted,
  said_typed_by,
  said_decided,
  said_undecided,
  said_approved,
  said_drafted,
  said_alone,
  said_states,
  said_delivered,
  said_not_delivered,
  said_shown,
  said_not_shown,
  said_earlier,
  said_content,
  said_content_gone,
  ev_decided,
  ev_drafted,
  ev_approved,
  ev_alone,
  ev_accepted,
  ev_first_delivered,
  ev_last_delivered,
  ev_first_shown,
  ev_last_shown,
  ev_last_ended,
  col_time,
  col_after,
  col_alert,
  col_event,
  col_subscriber,
  col_state,
  col_delivered,
  col_medium,
  col_shown,
  col_ended,
  col_detail,
  state_queued,
  state_delivered,
  state_shown,
  state_replaced,
  state_withdrawn,
  state_passed,
  state_refused,
  passed_superseded,
  passed_cancelled,
  passed_expired,
  nobody,
  clocks,
  proved_by,
  leaf,
  end  // not a sentence: how many there are
};

// The sentence with {0}, {1} … where values go.
std::string_view report_english(ReportSay what);
std::string_view report_japanese(ReportSay what);

// Values from outside go through printable() first, and on the page are escaped.
template <class... Values>
std::string say(Language language, ReportSay what, const Values&... values) {
  const auto words = language == Language::japanese ? report_japanese(what) : report_english(what);
  return fmt::format(fmt::runtime(words), values...);
}

}  // namespace noroshi::admin
