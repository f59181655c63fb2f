#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>

#include "hub/config/config.hpp"
#include "hub/config/duration.hpp"

namespace noroshi::config {
namespace {

const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

class NotifyTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "noroshi-notify-XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    data_ = pattern;
    std::ofstream(data_ / "good", std::ios::binary) << secret;
  }
  void TearDown() override { std::filesystem::remove_all(data_); }

  Result<Config> load_text(const std::string& text) {
    std::ofstream(data_ / "noroshi.toml", std::ios::binary) << text;
    return load(data_, environment_);
  }

  std::filesystem::path data_;
  std::map<std::string, std::string> environment_;
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

TEST_F(NotifyTest, AWebhookHasItsSecretFromAFileOrFromTheEnvironment) {
  std::ofstream(data_ / "s", std::ios::binary) << " " << secret << "\r\n\n";
  environment_["ONCALL_SECRET"] = secret;
  const std::string begin = "[[notify]]\nkind = \"webhook\"\nurl = \"https://a.jp/x\"\n";
  const auto config = load_text(begin + "secret_file = \"s\"\nalarms = [\"probe\"]\n" + begin +
                                "secret_env = \"ONCALL_SECRET\"\n");
  ASSERT_TRUE(config) << config.error().detail;
  ASSERT_EQ(config->notify.size(), 2u);
  for (const auto& notify : config->notify) {
    EXPECT_EQ(notify.kind, Notify::Kind::webhook);
    EXPECT_EQ(notify.url, "https://a.jp/x");
    EXPECT_EQ(notify.secret, secret);
  }
}

TEST_F(NotifyTest, WhatIsNoSecretIsNeverSaid) {
  std::ofstream(data_ / "s", std::ios::binary) << "hunter2";
  const auto config = load_text(
      "[[notify]]\nkind = \"webhook\"\nurl = \"http://u:hunter2@a.jp/\"\nsecret_file = \"s\"\n");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().detail.find("hunter2"), std::string::npos) << config.error().detail;
  EXPECT_NE(config.error().detail.find("4:15: `notify.secret_file` cannot be used: s: no whsec_"),
            std::string::npos)
      << config.error().detail;
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
const std::string webhook = "kind = \"webhook\"\nurl = \"https://a.jp/\"\n";
const Case cases[] = {
    {"NoKind", "drills = true\n", "1:1: `notify.kind` is missing"},
    {"OtherKind", "kind = \"pager\"\n",
     "2:8: `notify.kind` must be one of command, mail, webhook, not \"pager\""},
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
    {"PlainUrl", "kind = \"webhook\"\nurl = \"http://a.jp/\"\nsecret_file = \"good\"\n",
     "3:7: `notify.url` cannot be used: it must begin with https://"},
    {"NoSecret", webhook, "1:1: `notify.secret_file` is missing"},
    {"NoSuchFile", webhook + "secret_file = \"no/such\"\n",
     "4:15: `notify.secret_file` cannot be used: no/such: No such file or directory"},
    {"NoSuchVariable", webhook + "secret_env = \"NO_SUCH\"\n",
     "4:14: `notify.secret_env` cannot be used: NO_SUCH: not set"},
    {"TwoSecrets", webhook + "secret_file = \"a\"\nsecret_env = \"B\"\n",
     "5:14: `notify.secret_env` cannot be used: secret_file says it"},
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
