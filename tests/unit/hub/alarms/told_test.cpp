#include "hub/alarms/told.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>

#include "hub/alarms/channels.hpp"

namespace noroshi::alarms {
namespace {

constexpr std::uint64_t epoch_of_log = 9'007'199'254'740'991;

TEST(Told, IsReadAsItWasWritten) {
  Told told;
  told.add({"command:1", "disk"}, 7);
  told.add({"command:1", "probe:\"\n,\\"}, 8);
  told.add({"mail:2", "disk"}, 7);
  const auto again = Told::read(told.text(epoch_of_log), epoch_of_log);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->all(), told.all());
  EXPECT_EQ(again->changes(), 0u);
}

TEST(Told, EveryChangeAndNothingElseIsCounted) {
  Told told;
  told.add({"a", "disk"}, 7);
  told.add({"a", "disk"}, 7);
  EXPECT_EQ(told.changes(), 1u);
  told.add({"a", "disk"}, 9);
  told.remove({"b", "disk"});
  EXPECT_EQ(told.changes(), 2u);
  told.remove({"a", "disk"});
  EXPECT_EQ(told.changes(), 3u);
}

TEST(Told, OfAnotherLogOrDamagedIsNone) {
  Told told;
  told.add({"a", "disk"}, 7);
  const auto text = told.text(epoch_of_log);
  EXPECT_FALSE(Told::read(text, epoch_of_log - 1));
  for (const auto& damaged : {std::string(), std::string("{}"), text + "{\"channel\":",
                              text + "[]\n", text + "{\"channel\":\"a\",\"id\":\"b\"}\n",
                              text + "{\"channel\":\"a\",\"id\":\"b\",\"entry\":-1}\n"})
    EXPECT_FALSE(Told::read(damaged, epoch_of_log)) << damaged;
}

TEST(Told, AFileIsReplacedWhole) {
  std::string folder = testing::TempDir() + "noroshi-told-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const auto file = std::filesystem::path(folder) / "notified.json";
  EXPECT_TRUE(load_told(file, 1).all().empty());
  Told told;
  told.add({"a", "disk"}, 7);
  std::ofstream(file.string() + ".part") << "of a crash";
  ASSERT_TRUE(save_told(file, told.text(1)));
  EXPECT_EQ(load_told(file, 1).all(), told.all());
  EXPECT_TRUE(load_told(file, 2).all().empty());
  EXPECT_FALSE(std::filesystem::exists(file.string() + ".part"));
  const auto nowhere = std::filesystem::path(folder) / "no" / "such";
  EXPECT_FALSE(save_told(nowhere, told.text(1)));
  std::filesystem::remove_all(folder);
}

TEST(Channels, AreKnownByWhomTheyReachAndNotByTheirPlaceOrPace) {
  config::Notify wake, mail, webhook;
  wake.command = {"/bin/wake", "-u"};
  mail.kind = config::Notify::Kind::mail;
  mail.to = {"ops@example.jp"};
  webhook.kind = config::Notify::Kind::webhook;
  webhook.url = "https://hooks.example.jp/T0/secret";
  const auto all = channels_of({wake, mail, webhook, wake});
  EXPECT_EQ(all[3], all[0] + "#2");
  auto slower = wake;
  slower.repeat = std::chrono::hours(1);
  EXPECT_EQ(channels_of({webhook, slower}), (std::vector<std::string>{all[2], all[0]}));
  auto other = wake;
  other.command = {"/bin/wake -u"};
  EXPECT_NE(channels_of({other})[0], all[0]);
  EXPECT_EQ(all[2].find("secret"), std::string::npos);
  EXPECT_EQ(shown_name(webhook), "hooks.example.jp");
}

}  // namespace
}  // namespace noroshi::alarms
