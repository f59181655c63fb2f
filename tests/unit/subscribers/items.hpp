// Items as a receiver hands them on.
#pragma once

#include <string>

#include "subscribers/client/receiver.hpp"

namespace noroshi::subscribers::testing {

// An evacuation order of level 4, accepted on 2026-11-22 at 12:00:00 in Japan and received 12 ms
// later.
inline Item delivered(std::uint64_t sequence, const std::string& xml) {
  noroshi::v1::Delivery delivery;
  delivery.set_sequence(sequence);
  delivery.mutable_accepted_at()->set_seconds(1'795'316'400);
  delivery.set_publisher("362018");
  delivery.set_cap_xml(xml);
  auto& summary = *delivery.mutable_summary();
  summary.set_identifier("jp-362018-x-1");
  summary.set_headline("徳島市に避難指示");
  summary.set_event("evac.l4");
  summary.set_level(4);
  summary.set_message_type("Alert");
  summary.add_area_codes("362018");
  const std::chrono::system_clock::time_point received{std::chrono::milliseconds{1795316400012}};
  return {{7, sequence}, std::move(delivery), received};
}

inline Item passed_over(std::uint64_t sequence) {
  noroshi::v1::Passed passed;
  passed.set_sequence(sequence);
  passed.set_reason(noroshi::v1::Passed::SUPERSEDED);
  passed.set_by(sequence + 1);
  const std::chrono::system_clock::time_point received{std::chrono::milliseconds{1795316400012}};
  return {{7, sequence}, passed, received};
}

inline noroshi::v1::Welcome welcome(std::uint64_t epoch, const std::string& channel = "live",
                                    const std::string& subscriber = "demo-tv") {
  noroshi::v1::Welcome welcome;
  welcome.set_epoch(epoch);
  welcome.set_channel(channel);
  welcome.set_subscriber(subscriber);
  welcome.set_environment("demo");
  return welcome;
}

}  // namespace noroshi::subscribers::testing
