// An after-action report of an order and its cancel, for tests.
#pragma once

#include <string>

#include "hub/admin/report.hpp"

namespace noroshi::admin::reported_city {

inline constexpr std::int64_t accepted_ms = 1'795'000'000'000;

inline ReportedAlert reported_order() {
  ReportedAlert reported;
  reported.ladder.epoch = 42;
  reported.ladder.environment = "live";
  reported.ladder.sequence = 10;
  reported.ladder.publisher_name = "徳島市";
  reported.at_ms = accepted_ms;
  reported.has_content = true;
  auto& summary = *reported.alert.mutable_summary();
  summary.set_identifier("jp-1");
  summary.set_sender("city.example");
  summary.set_message_type("Alert");
  summary.set_headline("避難指示");
  reported.alert.set_publisher("362018");
  reported.alert.add_lines()->set_onset_ms(accepted_ms - 90'000);
  return reported;
}

inline view::Rung rung(const std::string& subscriber, view::Rung::State state,
                       std::int64_t after_ms = -1) {
  view::Rung made{subscriber, "名前"};
  made.state = state;
  if (after_ms < 0) return made;
  made.stored = view::Rung::Stored::delivered;
  made.at_ms = accepted_ms + after_ms;
  return made;
}

inline view::Medium medium(const std::string& name, view::Medium::State state,
                           std::int64_t shown_after_ms, std::int64_t after_ms) {
  return {name, state, accepted_ms + shown_after_ms, accepted_ms + after_ms,
          accepted_ms + after_ms + 5};
}

inline Report report_of(ReportedAlert reported) {
  Report report;
  report.asked = reported.ladder.sequence;
  report.made_ms = accepted_ms + 1'000'000;
  report.tree_size = 99;
  report.checkpoint = "noroshi/42\n99\nroot\n\n\u2014 noroshi/42 signature\n";
  report.alerts.push_back(std::move(reported));
  return report;
}

}  // namespace noroshi::admin::reported_city
