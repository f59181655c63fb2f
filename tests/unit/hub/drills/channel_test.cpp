#include "hub/drills/channel.hpp"

#include <gtest/gtest.h>

#include "tests/unit/hub/drills/channels.hpp"

namespace noroshi::drills {
namespace {

using testing::drill;
using testing::live;

v1::AlertAccepted alert(const Channel& channel, const std::string& status) {
  v1::AlertAccepted alert;
  channel.mark(alert);
  alert.mutable_summary()->set_status(status);
  return alert;
}

TEST(Channel, HasANameAndAPathByWhichPeopleTellItApart) {
  EXPECT_EQ(live().name(), "live");
  EXPECT_EQ(live().path(), "/v1");
  EXPECT_TRUE(live().live());
  EXPECT_EQ(drill("shakeout").name(), "drill:shakeout");
  EXPECT_EQ(drill("shakeout").path(), "/v1/drills/shakeout");
  EXPECT_FALSE(drill("shakeout").live());
}

TEST(Channel, IsReadOffWhatTheLogSays) {
  v1::DrillOpened opened;
  opened.set_id("a");
  EXPECT_EQ(Channel::of(opened), drill("a"));
  EXPECT_EQ(Channel::of(v1::CertificateIssued()), live()) << "certificates are live identities";
  v1::AckRange range;
  EXPECT_EQ(Channel::of(range), live()) << "older than drills";
  drill("a").mark(range);
  EXPECT_EQ(Channel::of(range), drill("a"));
  EXPECT_EQ(Channel::of(alert(drill("a"), "Test")), drill("a"));
}

TEST(Channel, CarriesWhatIsOfItByEverythingItSays) {
  const Channel channels[] = {live(), drill("a"), drill("b")};
  for (const auto& of_alert : channels)
    for (const auto* status : {"Actual", "Exercise", "Test", "System", "Draft", ""})
      for (const auto& asked : channels) {
        const bool right_status =
            of_alert.live() ? std::string(status) == "Actual"
                            : std::string(status) == "Exercise" || std::string(status) == "Test";
        EXPECT_EQ(asked.carries(alert(of_alert, status)), asked == of_alert && right_status)
            << asked.name() << " " << of_alert.name() << " " << status;
      }
  auto torn = alert(drill("a"), "Exercise");
  torn.set_drill("");
  for (const auto& asked : channels) EXPECT_FALSE(asked.carries(torn)) << "says two things";
  torn = alert(live(), "Actual");
  torn.set_drill("a");
  for (const auto& asked : channels) EXPECT_FALSE(asked.carries(torn)) << "says two things";
}

TEST(Channel, AnOrderThatWaitsIsOfTheChannelItWasSubmittedIn) {
  const Channel channels[] = {live(), drill("a"), drill("b")};
  for (const auto& submitted_in : channels) {
    v1::DraftSubmitted draft;
    submitted_in.mark(draft);
    EXPECT_EQ(Channel::of(draft), submitted_in);
    for (const auto* status : {"Actual", "Exercise"}) {
      draft.mutable_summary()->set_status(status);
      for (const auto& asked : channels)
        EXPECT_EQ(asked.carries(draft), asked == submitted_in && asked.takes(status));
    }
  }
}

TEST(Channel, TheSameNameIsAnotherInEveryChannel) {
  EXPECT_EQ(qualified("", "tv"), "tv");
  EXPECT_EQ(qualified("a", "tv"), "a:tv");
}

}  // namespace
}  // namespace noroshi::drills
