// Entries that the tests of the alarms tell.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <string>
#include <vector>

#include "hub/journal/entry.hpp"

namespace noroshi::alarms {

inline v1::Entry registered(journal::Sequence sequence, std::uint32_t delivered_s,
                            std::uint32_t shown_s = 0, std::uint32_t withdrawn_s = 0) {
  v1::Entry entry;
  entry.set_sequence(sequence);
  auto& publisher = *entry.mutable_body()->mutable_publisher_registered();
  publisher.set_code("362018");
  auto& deadlines = *publisher.mutable_policy()->mutable_deadlines();
  deadlines.set_delivered_s(delivered_s);
  deadlines.set_shown_s(shown_s);
  deadlines.set_withdrawn_s(withdrawn_s);
  return entry;
}

inline v1::Entry alert(journal::Sequence sequence, const std::string& type = "Alert",
                       const std::vector<journal::Sequence>& refers = {},
                       const std::string& drill = "") {
  v1::Entry entry;
  entry.set_sequence(sequence);
  auto& accepted = *entry.mutable_body()->mutable_alert_accepted();
  accepted.set_publisher("362018");
  accepted.set_channel(drill.empty() ? "live" : "drill:" + drill);
  accepted.set_drill(drill);
  accepted.mutable_summary()->set_message_type(type);
  accepted.mutable_summary()->set_status(drill.empty() ? "Actual" : "Exercise");
  for (const auto referenced : refers)
    accepted.mutable_summary()->add_referenced_sequences(referenced);
  return entry;
}

inline v1::OrderLine& add_line(v1::Entry& entry, const std::string& event) {
  auto& line = *entry.mutable_body()->mutable_alert_accepted()->add_lines();
  line.set_event(event);
  return line;
}

inline v1::Entry drill_opened(journal::Sequence sequence, const std::string& id,
                              std::int64_t until_ms) {
  v1::Entry entry;
  entry.set_sequence(sequence);
  auto& opened = *entry.mutable_body()->mutable_drill_opened();
  opened.set_id(id);
  opened.set_until_ms(until_ms);
  return entry;
}

inline v1::Entry acknowledged(const std::string& id, std::int64_t at_ms = 0) {
  v1::Entry entry;
  entry.set_at_ms(at_ms);
  entry.mutable_body()->mutable_alarm_acknowledged()->set_id(id);
  entry.mutable_body()->mutable_alarm_acknowledged()->set_by("sato");
  return entry;
}

}  // namespace noroshi::alarms
