#include "hub/config/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>

#include "hub/config/settings.hpp"

namespace noroshi::config {
namespace {

using Environment = std::map<std::string, std::string>;
using testing::Contains;
using testing::HasSubstr;

class ConfigTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "noroshi-config-XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    data_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(data_); }

  Result<Config> load_text(const std::string& text, const Environment& environment = {}) {
    std::ofstream(data_ / "noroshi.toml", std::ios::binary) << text;
    return load(data_, environment);
  }

  // The problems, without the folder that each line begins with.
  std::string problems_of(const std::string& text, const Environment& environment = {}) {
    const auto config = load_text(text, environment);
    if (config) return "none";
    EXPECT_EQ(config.error().code, ErrorCode::configuration);
    auto lines = config.error().detail;
    const auto folder = data_.string() + "/";
    for (auto at = lines.find(folder); at != std::string::npos; at = lines.find(folder)) {
      lines.erase(at, folder.size());
    }
    return lines;
  }

  std::filesystem::path data_;
};

TEST_F(ConfigTest, EmptyFileGivesTheDefaults) {
  const auto config = load_text("");
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_EQ(config->port, 8443);
  EXPECT_EQ(config->admin_port, 9464);
  EXPECT_EQ(config->listen, "127.0.0.1");
  EXPECT_EQ(config->data, data_);
  EXPECT_THAT(config->hosts, testing::ElementsAre("localhost", "127.0.0.1", "::1"));
}

TEST_F(ConfigTest, EveryKeyIsTaken) {
  const auto config = load_text(
      "listen = \"192.0.2.7\"\nport = 0\nadmin_port = 65535\nhosts = [\"hub.example.jp\"]\n"
      "shards = 4\nconnections_max = 10\nhandshakes_max = 3\nring_bytes_max = 1048576\n"
      "log_level = \"warn\"\n");
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_EQ(config->listen, "192.0.2.7");
  EXPECT_EQ(config->port, 0);
  EXPECT_EQ(config->admin_port, 65535);
  EXPECT_EQ(config->shards, 4U);
  EXPECT_EQ(config->connections_max, 10U);
  EXPECT_EQ(config->handshakes_max, 3U);
  EXPECT_EQ(config->ring_bytes_max, 1048576U);
  EXPECT_EQ(config->log_level, "warn");
  EXPECT_THAT(config->hosts,
              testing::ElementsAre("hub.example.jp", "localhost", "127.0.0.1", "::1", "192.0.2.7"));
}

TEST_F(ConfigTest, UpToSixteenWitnessesAreTaken) {
  const std::string key = "\"tv.example+43289fe3+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4\",";
  std::string keys;
  for (int i = 0; i < 16; ++i) keys += key;
  const auto config = load_text("witnesses = [" + keys + "]\n");
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_EQ(config->witnesses.size(), 16U);
  EXPECT_EQ(config->witnesses.front().name, "tv.example");
  EXPECT_FALSE(load_text("witnesses = [" + keys + key + "]\n"));
}

TEST_F(ConfigTest, ListeningEverywhereAdmitsNoWildcardAsHost) {
  const auto config = load_text("listen = \"0.0.0.0\"");
  ASSERT_TRUE(config);
  EXPECT_THAT(config->hosts, testing::Not(Contains("0.0.0.0")));
}

struct Case {
  std::string name;
  std::string text;
  std::string problems;
};

class ConfigProblem : public ConfigTest, public testing::WithParamInterface<Case> {};

TEST_P(ConfigProblem, IsSaidWithItsLineAndColumn) {
  EXPECT_EQ(problems_of(GetParam().text), GetParam().problems);
}

const Case cases[] = {
    {"Syntax", "port = \n",
     "noroshi.toml:1:8: not valid TOML: "
     "Error while parsing key-value pair: expected value, saw '\\n'"},
    {"UnknownKey", "\n  prot = 1\n", "noroshi.toml:2:3: unknown key `prot`; did you mean `port`?"},
    {"UnknownFarKey", "colour = 1\n", "noroshi.toml:1:1: unknown key `colour`"},
    {"UnknownTable", "[tls]\nport = 1\n", "noroshi.toml:1:2: unknown key `tls`"},
    {"PortAsText", "port = \"8443\"\n", "noroshi.toml:1:8: `port` must be integer, not string"},
    {"PortAsFloat", "port = 1.5\n", "noroshi.toml:1:8: `port` must be integer, not floating-point"},
    {"PortAtBorder", "port = 65535\n", "none"},
    {"PortPastBorder", "port = 65536\n", "noroshi.toml:1:8: `port` must be 0 to 65535, not 65536"},
    {"PortNegative", "port = -1\n", "noroshi.toml:1:8: `port` must be 0 to 65535, not -1"},
    {"NoShards", "shards = 0\n", "noroshi.toml:1:10: `shards` must be 1 to 64, not 0"},
    {"SmallRing", "ring_bytes_max = 1048575\n",
     "noroshi.toml:1:18: `ring_bytes_max` must be 1048576 to 4294967296, not 1048575"},
    {"ListenOnName", "listen = \"localhost\"\n",
     "noroshi.toml:1:10: `listen` must be an IP address such as 127.0.0.1, not \"localhost\""},
    {"LogLevel", "log_level = \"loud\"\n",
     "noroshi.toml:1:13: `log_level` must be one of debug, info, warn, error, not \"loud\""},
    {"HostsAsText", "hosts = \"a\"\n",
     "noroshi.toml:1:9: `hosts` must be array of strings, not string"},
    {"HostInside", "hosts = [\n  \"a.example\",\n  \"b c\",\n  5,\n]\n",
     "noroshi.toml:3:3: `hosts` must hold host names or IP addresses, not \"b c\"\n"
     "noroshi.toml:4:3: `hosts` must be string, not integer"},
    {"WitnessesThatAreNone", "witnesses = [\"PRIVATE+KEY+tv.example+43289fe3+BAAB\"]\n",
     "noroshi.toml:1:14: `witnesses` must hold keys as `noroshi-subscribe witness init` prints "
     "them, at most 16"},
    {"EscapeSequence", "listen = \"\\u001b[2J\"\n",
     "noroshi.toml:1:10: `listen` must be an IP address such as 127.0.0.1, not \" [2J\""},
    {"AllOfThemInOrderOfLines", "shards = 0\nport = \"x\"\nfoo = 1\nadmin_port = 70000\n",
     "noroshi.toml:1:10: `shards` must be 1 to 64, not 0\n"
     "noroshi.toml:2:8: `port` must be integer, not string\n"
     "noroshi.toml:3:1: unknown key `foo`\n"
     "noroshi.toml:4:14: `admin_port` must be 0 to 65535, not 70000"},
};

INSTANTIATE_TEST_SUITE_P(Table, ConfigProblem, testing::ValuesIn(cases),
                         [](const auto& instance) { return instance.param.name; });

TEST_F(ConfigTest, MissingFileSaysHowToMakeOne) {
  const auto config = load(data_, {});
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().code, ErrorCode::configuration);
  EXPECT_THAT(config.error().detail, HasSubstr((data_ / "noroshi.toml").string() + ": cannot"));
  EXPECT_THAT(config.error().detail, HasSubstr("noroshi-hub init"));
}

TEST_F(ConfigTest, EnvironmentOverridesTheFile) {
  const auto config =
      load_text("port = 1\nhosts = [\"a.example\"]\n", {{"NOROSHI_PORT", "9000"},
                                                        {"NOROSHI_HOSTS", "b.example,c.example"},
                                                        {"NOROSHI_LOG_LEVEL", "debug"},
                                                        {"NOROSHI_HUB", "https://other"}});
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_EQ(config->port, 9000);
  EXPECT_EQ(config->log_level, "debug");
  EXPECT_THAT(config->hosts,
              testing::ElementsAre("b.example", "c.example", "localhost", "127.0.0.1", "::1"));
}

TEST_F(ConfigTest, ProblemsOfTheEnvironmentNameTheVariable) {
  EXPECT_EQ(problems_of("shards = 0\n", {{"NOROSHI_PORT", "80x"}, {"NOROSHI_LISTEN", "all"}}),
            "noroshi.toml:1:10: `shards` must be 1 to 64, not 0\n"
            "NOROSHI_LISTEN: `listen` must be an IP address such as 127.0.0.1, not \"all\"\n"
            "NOROSHI_PORT: `port` must be 0 to 65535, not \"80x\"");
}

TEST_F(ConfigTest, ProblemsAreInJapaneseUnderAJapaneseLocale) {
  EXPECT_THAT(problems_of("prot = 1\n", {{"LANG", "ja_JP.UTF-8"}}),
              HasSubstr("noroshi.toml:1:1: `prot` という項目はありません"));
}

TEST_F(ConfigTest, CommentedDefaultsLoadAsTheDefaultsAndNameEveryKey) {
  const auto text = commented_defaults();
  EXPECT_EQ(problems_of(text), "none");
  std::string uncommented = text;
  for (const auto& setting : settings()) {
    const auto line = "\n# " + std::string(setting.key) + " = ";
    const auto at = uncommented.find(line);
    ASSERT_NE(at, std::string::npos) << setting.key;
    uncommented.erase(at + 1, 2);
  }
  const auto config = load_text(uncommented);
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_EQ(config->port, Config{}.port);
  EXPECT_EQ(config->ring_bytes_max, Config{}.ring_bytes_max);
}

TEST_F(ConfigTest, CommentedDefaultsCarryTheHostsGiven) {
  const auto config = load_text(commented_defaults({"hub.example.jp", "2001:db8::1"}));
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_THAT(config->hosts, Contains("hub.example.jp"));
  EXPECT_THAT(config->hosts, Contains("2001:db8::1"));
}

}  // namespace
}  // namespace noroshi::config
