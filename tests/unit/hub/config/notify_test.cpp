#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>

#include "hub/config/config.hpp"
#include "hub/config/duration.hpp"

namespace noroshi::config {
namespace {

class NotifyTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "noroshi-notify-XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    data_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(data_); }

  Result<Config> load_text(const std::string& text) {
    std::ofstream(data_ / "noroshi.toml", std::ios::binary) << text;
    return load(data_, {});
  }

  std::filesystem::path data_;
};

TEST_F(NotifyTest, EveryKeyIsTaken) {
  const auto config = load_text(
      "log_level = \"info\"\n[[notify]]\nkind = \"command\"\ncommand = [\"/bin/wake\", \"-u\"]\n"
      "alarms = [\"deadline.\", \"disk\"]\ndrills = true\nrepeat = \"10s\"\nrepeat_max = \"2m\"\n"
      "limit = \"5s\"\n[[notify]]\nkind = \"mail\"\nto = [\"a@b.jp\", \"c@d.jp\"]\n"
      "from = \"hub@b.jp\"\nsendmail = \"/opt/sendmail\"\nrepeat = \"2h\"\n");
  ASSERT_TRUE(config) << config.error().detail;
  ASSERT_EQ(config->notify.size(), 2u);
  const auto& command = config->notify[0];
  EXPECT_EQ(command.kind, Notify::Kind::command);
  EXPECT_EQ(command.command, (std::vector<std::string>{"/bin/wake", "-u"}));
  EXPECT_EQ(command.alarms, (std::vector<std::string>{"deadline.", "disk"}));
  EXPECT_TRUE(command.drills);
  EXPECT_EQ(command.repeat, std::chrono::seconds(10));
  EXPECT_EQ(command.repeat_max, std::chrono::seconds(120));
  EXPECT_EQ(command.limit, std::chrono::seconds(5));
  const auto& mail = config->notify[1];
  EXPECT_EQ(mail.kind, Notify::Kind::mail);
  EXPECT_EQ(mail.to, (std::vector<std::string>{"a@b.jp", "c@d.jp"}));
  EXPECT_EQ(mail.from, "hub@b.jp");
  EXPECT_EQ(mail.sendmail, "/opt/sendmail");
  EXPECT_EQ(mail.repeat_max, std::chrono::hours(2));  // never shorter than `repeat`
}

struct Case {
  std::string name;
  std::string keys;  // of one [[notify]] in line 1
  std::string problem;
};

class NotifyProblem : public NotifyTest, public testing::WithParamInterface<Case> {};

TEST_P(NotifyProblem, IsSaidWithItsLineAndColumn) {
  const auto config = load_text("[[notify]]\n" + GetParam().keys);
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().detail, (data_ / "noroshi.toml:").string() + GetParam().problem);
}

const std::string command = "kind = \"command\"\ncommand = [\"x\"]\n";
const std::string mail = "kind = \"mail\"\nfrom = \"a@b\"\n";
const Case cases[] = {
    {"NoKind", "drills = true\n", "1:1: `notify.kind` is missing"},
    {"OtherKind", "kind = \"pager\"\n",
     "2:8: `notify.kind` must be one of command, mail, not \"pager\""},
    {"NoCommand", "kind = \"command\"\n", "1:1: `notify.command` is missing"},
    {"EmptyCommand", "kind = \"command\"\ncommand = []\n", "3:11: `notify.command` is missing"},
    {"CommandLine", "kind = \"command\"\ncommand = \"x -u\"\n",
     "3:11: `notify.command` must be array of strings, not string"},
    {"NearlyKnown", command + "repeet = \"5m\"\n",
     "4:1: unknown key `notify.repeet`; did you mean `repeat`?"},
    {"NoDuration", command + "repeat = \"often\"\n",
     "4:10: `notify.repeat` must be 1s to 24h, not \"often\""},
    {"TooShort", command + "repeat = \"0s\"\n",
     "4:10: `notify.repeat` must be 1s to 24h, not \"0s\""},
    {"MostBelowRepeat", command + "repeat = \"5m\"\nrepeat_max = \"4m\"\n",
     "5:14: `notify.repeat_max` must be 5m to 24h, not \"4m\""},
    {"NoSuchAlarm", command + "alarms = [\"deadlines\"]\n",
     "4:11: `notify.alarms` must be one of deadline.delivered, deadline.shown, "
     "deadline.withdrawn, order.unlifted, probe, log.rolled_back, takeover, clock, disk, "
     "webhook.dead, not \"deadlines\""},
    {"TwoAddressesInOne", mail + "to = [\"a@b, c@d\"]\n",
     "4:7: `notify.to` must be a mail address such as ops@example.jp, not \"a@b, c@d\""},
    {"AHeaderInAnAddress", mail + "to = [\"a@b\\nBcc: c@d\"]\n",
     "4:7: `notify.to` must be a mail address such as ops@example.jp, not \"a@b Bcc: c@d\""},
    {"AnOptionAsAnAddress", mail + "to = [\"-X@b\"]\n",
     "4:7: `notify.to` must be a mail address such as ops@example.jp, not \"-X@b\""},
    {"NobodyToMail", mail + "to = []\n", "4:6: `notify.to` is missing"},
};

INSTANTIATE_TEST_SUITE_P(Table, NotifyProblem, testing::ValuesIn(cases),
                         [](const auto& one) { return one.param.name; });

TEST_F(NotifyTest, IsATableOfTables) {
  EXPECT_FALSE(load_text("notify = \"x\"\n"));
  EXPECT_FALSE(load_text("[notify]\nkind = \"mail\"\n"));
}

TEST(Duration, IsReadAndWritten) {
  const std::pair<const char*, int> good[] = {{"10s", 10}, {"90", 90}, {"5m", 300}, {"2h", 7200}};
  for (const auto& [text, seconds] : good)
    EXPECT_EQ(duration_of(text), std::chrono::seconds(seconds)) << text;
  for (const auto* text : {"", "s", "-1s", "1.5m", "10 s", "1d", "1234567890s", "ms"})
    EXPECT_FALSE(duration_of(text)) << text;
  EXPECT_EQ(duration_text(std::chrono::seconds(90)), "90s");
  EXPECT_EQ(duration_text(std::chrono::seconds(300)), "5m");
  EXPECT_EQ(duration_text(std::chrono::seconds(7200)), "2h");
}

}  // namespace
}  // namespace noroshi::config
