#include "hub/admin/alarm_verbs.hpp"

#include <gmock/gmock.h>

#include <boost/json.hpp>

namespace noroshi::admin {
namespace {

using testing::HasSubstr;
using Action = AdminRequest::Action;

v1::Entry raised(const std::string& id, const std::string& drill = "") {
  v1::Entry entry;
  auto& alarm = *entry.mutable_body()->mutable_alarm_raised();
  alarm.set_id(id);
  alarm.set_kind("deadline.delivered");
  alarm.set_publisher("362018");
  alarm.set_sequence(7);
  alarm.add_subscribers("tv");
  alarm.set_missing(1);
  alarm.set_drill(drill);
  return entry;
}

class AlarmVerbs : public testing::Test {
 protected:
  AlarmVerbs() { alarms.apply(raised("deadline.delivered:7")); }

  Administration carry_out(Action action, const std::string& id, const std::string& by = "sato") {
    AdminRequest request;
    request.subject = AdminRequest::Subject::alarm;
    request.action = action;
    request.id = id;
    request.alarm.emplace().by = by;
    request.alarm->with_over = with_over;
    return administer_alarms(request, alarms);
  }

  alarms::Standing alarms;
  bool with_over = false;
};

TEST_F(AlarmVerbs, ListSaysWhoIsMissing) {
  const auto listed = carry_out(Action::list, "").answer;
  EXPECT_THAT(listed.data, HasSubstr("deadline.delivered:7\tSTANDING\t"));
  EXPECT_THAT(listed.data, HasSubstr("subscribers tv"));
  const auto object = boost::json::parse(listed.json).as_object();
  EXPECT_EQ(object.at("subscribers").as_array().at(0), "tv");
}

TEST_F(AlarmVerbs, AnAlarmOfADrillIsWordedSo) {
  alarms.apply(raised("deadline.delivered:8", "shakeout"));
  EXPECT_THAT(carry_out(Action::show, "deadline.delivered:8").answer.data,
              testing::StartsWith("[DRILL] not delivered in time"));
}

TEST_F(AlarmVerbs, AckBecomesAnEntryOnce) {
  const auto first = carry_out(Action::ack, "deadline.delivered:7");
  ASSERT_EQ(first.proposals.size(), 1u);
  const auto& body = first.proposals[0].body.alarm_acknowledged();
  EXPECT_EQ(body.id(), "deadline.delivered:7");
  EXPECT_EQ(body.by(), "sato");
  v1::Entry entry;
  *entry.mutable_body() = first.proposals[0].body;
  alarms.apply(entry);
  const auto second = carry_out(Action::ack, "deadline.delivered:7");
  EXPECT_TRUE(second.proposals.empty());
  EXPECT_EQ(second.answer.exit_code, 0);
}

TEST_F(AlarmVerbs, WhatIsOverIsListedWhenAskedFor) {
  v1::Entry cleared;
  cleared.mutable_body()->mutable_alarm_cleared()->set_id("deadline.delivered:7");
  alarms.apply(cleared);
  EXPECT_EQ(carry_out(Action::list, "").answer.data, "");
  with_over = true;
  EXPECT_THAT(carry_out(Action::list, "").answer.data, HasSubstr("\tover\t"));
}

TEST_F(AlarmVerbs, WhatIsUnknownOrNoNameIsRefused) {
  EXPECT_NE(carry_out(Action::ack, "disk").answer.exit_code, 0);
  for (const auto* by : {"", "a\nb"}) {
    const auto refused = carry_out(Action::ack, "deadline.delivered:7", by);
    EXPECT_NE(refused.answer.exit_code, 0);
    EXPECT_TRUE(refused.proposals.empty());
  }
}

TEST_F(AlarmVerbs, TheStatusHasThem) {
  const auto status = status_with_alarms(R"({"state":"ready"})", alarms, Language::japanese);
  EXPECT_THAT(status.data, HasSubstr("state: ready\n"));
  EXPECT_THAT(status.data, HasSubstr("警報: deadline.delivered:7\t発生中"));
  EXPECT_EQ(boost::json::parse(status.json).as_object().at("alarms").as_array().size(), 1u);
}

}  // namespace
}  // namespace noroshi::admin
