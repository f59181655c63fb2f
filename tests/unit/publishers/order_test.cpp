// order, correct, lift and cancel as an officer types them, without a hub.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>

#include "proto/jp/order.hpp"
#include "proto/jp/validate.hpp"
#include "tests/unit/publishers/program.hpp"

namespace noroshi::publishers {
namespace {

using noroshi::testing::Ran;
using noroshi::testing::run_program;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

constexpr const char* tokushima = R"(
code = "362018"
sender = "city.tokushima.lg.jp"
name = "徳島市"
prefecture = "徳島県"
english = "Tokushima City"
[[districts]]
id = "kawauchi"
name = "川内町"
kana = "かわうちちょう"
[[districts]]
id = "ojin"
name = "応神町"
[[groups]]
id = "yoshino"
districts = ["kawauchi", "ojin"]
)";

class Order : public ::testing::Test {
 protected:
  Order()
      : folder_(std::filesystem::path(::testing::TempDir()) /
                ("orders-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
    write("city.toml", tokushima);
  }

  std::string path(const std::string& name) const { return folder_ / name; }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name)) << text;
  }

  Ran publish(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), NOROSHI_PUBLISH);
    return run_program(
        arguments, "",
        {"NOROSHI_CITY=" + path("city.toml"), "LANG=en_US.UTF-8", "NOROSHI_TOKEN_FILE="});
  }

  // What `--dry-run` prints is kept as `name` and read; it breaks no rule.
  jp::Order dry(const std::string& name, std::vector<std::string> arguments) {
    arguments.emplace_back("--dry-run");
    const auto ran = publish(std::move(arguments));
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    write(name, ran.out);
    const auto verdict = jp::validate(ran.out, std::nullopt, 4'000'000'000'000);
    EXPECT_TRUE(verdict.accepted()) << ran.out;
    last_ = verdict.alert.value_or(cap::Alert{});
    return jp::read(last_).value_or(jp::Order{});
  }

  // "issue evac.l4 362018:kawauchi 362018:ojin" of each line.
  static std::vector<std::string> lines(const jp::Order& order) {
    std::vector<std::string> all;
    for (const auto& line : order.lines) {
      std::string text = line.direction == jp::Direction::lift ? "lift " : "issue ";
      text += line.event;
      for (const auto& district : line.districts) text += " " + district;
      all.push_back(text);
    }
    return all;
  }

  jp::Order begin() {
    return dry("1.xml", {"order", "--level", "4", "--hazard", "flood", "--district", "yoshino",
                         "--reason-code", "riverlevel"});
  }

  std::filesystem::path folder_;
  cap::Alert last_;
};

TEST_F(Order, OneLineIsALevelFourOrder) {
  const auto order = begin();
  EXPECT_THAT(lines(order), ElementsAre("issue evac.l4 362018:kawauchi 362018:ojin"));
  EXPECT_EQ(order.update_kind, "new");
  EXPECT_EQ(last_.info[0].headline, "徳島市 洪水 警戒レベル4 避難指示（川内町・応神町）");
}

TEST_F(Order, IsRaisedInPlace) {
  const auto first = begin();
  const auto second =
      dry("2.xml", {"order", "--level", "5", "--district", "kawauchi", "--from", path("1.xml")});
  EXPECT_EQ(second.document, first.document);
  EXPECT_EQ(second.revision, "2");
  EXPECT_THAT(lines(second),
              ElementsAre("issue evac.l5 362018:kawauchi", "issue evac.l4 362018:ojin"));
  EXPECT_EQ(last_.msg_type, "Update");
  const auto third = dry("3.xml", {"order", "--level", "5", "--from", path("2.xml")});
  EXPECT_THAT(lines(third), ElementsAre("issue evac.l5 362018:kawauchi 362018:ojin"));
  EXPECT_EQ(cap::references(last_).size(), 2U) << "every earlier revision";
}

TEST_F(Order, IsLiftedInPartAndThenInWhole) {
  begin();
  const auto part = dry("2.xml", {"lift", "--district", "ojin", "--from", path("1.xml")});
  EXPECT_THAT(lines(part),
              ElementsAre("issue evac.l4 362018:kawauchi", "lift evac.l4 362018:ojin"));
  const auto rest = dry("3.xml", {"lift", "--from", path("2.xml")});
  EXPECT_THAT(lines(rest), ElementsAre("lift evac.l4 362018:kawauchi"));
  EXPECT_EQ(publish({"lift", "--from", path("3.xml"), "--dry-run"}).exit_code, 5)
      << "nothing is left";
}

// Tokushima 2022: level 4 was sent instead of 3.
TEST_F(Order, IsCorrectedWithAReason) {
  begin();
  const auto order =
      dry("2.xml", {"correct", "--level", "3", "--reason", "4は誤り", "--from", path("1.xml")});
  EXPECT_EQ(order.update_kind, "correction");
  EXPECT_THAT(lines(order), ElementsAre("issue evac.l3 362018:kawauchi 362018:ojin"));
  EXPECT_EQ(last_.note, "4は誤り");
  EXPECT_EQ(publish({"correct", "--level", "3", "--from", path("1.xml"), "--dry-run"}).exit_code,
            2);
}

TEST_F(Order, IsCancelledWithAReason) {
  begin();
  const auto ran = publish({"cancel", "--reason", "誤送信", "--from", path("1.xml"), "--dry-run"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("<msgType>Cancel</msgType>"));
  EXPECT_THAT(ran.out, Not(HasSubstr("<info>")));
  EXPECT_THAT(ran.err, HasSubstr("避難指示は誤りでした。取り消します。")) << "what is said on air";
}

TEST_F(Order, NeverMeansTheWholeCityBySilence) {
  EXPECT_EQ(publish({"order", "--level", "4", "--hazard", "flood", "--dry-run"}).exit_code, 2);
  EXPECT_THAT(lines(dry("1.xml", {"order", "--level", "4", "--hazard", "flood", "--whole"})),
              ElementsAre("issue evac.l4 362018:*"));
}

// Los Angeles 2025, the other way round: what is left unsaid is never everywhere.
TEST_F(Order, NeverOrdersTheWholeCityOnTopOfWhatIsOver) {
  begin();
  dry("2.xml", {"lift", "--from", path("1.xml")});
  const std::vector<std::vector<std::string>> late = {
      {"order", "--level", "5", "--from", path("2.xml"), "--dry-run"},
      {"correct", "--level", "3", "--reason", "誤り", "--from", path("2.xml"), "--dry-run"},
      {"correct", "--reason", "誤り", "--from", path("2.xml"), "--dry-run"},
      {"lift", "--from", path("2.xml"), "--dry-run"},
      {"lift", "--district", "ojin", "--from", path("2.xml"), "--dry-run"}};
  for (const auto& arguments : late) {
    const auto ran = publish(arguments);
    EXPECT_EQ(ran.exit_code, 5) << ran.out << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("2.xml: nothing it ordered is in force any more"));
    EXPECT_EQ(ran.out, "");
  }
}

TEST_F(Order, ARaisedLevelLeavesARestrictedAreaAlone) {
  begin();
  const auto closed =
      dry("2.xml", {"order", "--zone", "--district", "ojin", "--from", path("1.xml")});
  EXPECT_THAT(lines(closed), ElementsAre("issue evac.zone 362018:ojin",
                                         "issue evac.l4 362018:kawauchi 362018:ojin"));
  const auto raised = dry("3.xml", {"order", "--level", "5", "--from", path("2.xml")});
  EXPECT_THAT(lines(raised), UnorderedElementsAre("issue evac.zone 362018:ojin",
                                                  "issue evac.l5 362018:kawauchi 362018:ojin"));
}

TEST_F(Order, AnOrderEndsTheReportThatThereIsNone) {
  dry("1.xml", {"order", "--none"});
  const auto order = dry("2.xml", {"order", "--level", "4", "--hazard", "flood", "--district",
                                   "ojin", "--from", path("1.xml")});
  EXPECT_THAT(lines(order), ElementsAre("issue evac.l4 362018:ojin"));
  EXPECT_EQ(publish({"order", "--level", "4", "--from", path("1.xml"), "--dry-run"}).exit_code, 5)
      << "of a null report there is nothing to raise, and the whole city is not meant";
}

TEST_F(Order, AsksForTheHazardWhereThereAreSeveral) {
  begin();
  dry("2.xml", {"order", "--level", "3", "--hazard", "landslide", "--district", "ojin", "--from",
                path("1.xml")});
  const auto ran = publish(
      {"order", "--level", "4", "--district", "kawauchi", "--from", path("2.xml"), "--dry-run"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.err, HasSubstr("--hazard"));
}

TEST_F(Order, TakesTheNameOfADistrictWhereItIsClear) {
  const std::vector<std::string> order{"order", "--level",    "4",      "--hazard",
                                       "flood", "--district", "応神町", "--dry-run"};
  EXPECT_EQ(publish(order).exit_code, 0);
  write("city.toml", std::string(tokushima) + "[[districts]]\nid = \"ojin2\"\nname = \"応神町\"\n");
  const auto ran = publish(order);
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.err, HasSubstr("応神町 (ojin ojin2): " + path("city.toml")));
}

struct Mistake {
  const char* name;
  std::vector<std::string> arguments;
  int exit_code;
  std::vector<std::string> ja, en;  // the place, the rule and what to do
};

TEST_F(Order, SaysWhatIsWrongInTheOfficersLanguage) {
  const std::vector<std::string> flood{"order", "--hazard", "flood", "--dry-run"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), flood.begin(), flood.end());
    return more;
  };
  const Mistake mistakes[] = {
      {"district",
       with({"--level", "4", "--district", "kawauti"}),
       2,
       {"--district kawauti", "あるもの: yoshino kawauchi ojin"},
       {"--district kawauti", "it has: yoshino kawauchi ojin"}},
      {"level",
       with({"--level", "2", "--whole"}),
       2,
       {"--level 2: 使えるのは次のものです: 3、4、5"},
       {"--level 2: it takes 3, 4 or 5"}},
      {"hazard",
       {"order", "--hazard", "rain", "--level", "4", "--whole", "--dry-run"},
       2,
       {"--hazard rain", "tsunami"},
       {"--hazard rain", "tsunami"}},
      {"option",
       with({"--levl", "4"}),
       2,
       {"書き方が違います", "--levl", "--help"},
       {"wrong usage", "--levl", "--help"}},
      {"token",
       {"order", "--level", "4", "--hazard", "flood", "--whole", "--hub", "https://localhost:1"},
       2,
       {"--token-file FILE", "NOROSHI_TOKEN_FILE"},
       {"--token-file FILE", "NOROSHI_TOKEN_FILE"}},
      {"no token file",
       {"drafts", "--hub", "https://localhost:1", "--token-file", "/nowhere"},
       3,
       {"トークン、証明書、CA", "/nowhere"},
       {"is of no use", "/nowhere"}},
      {"hub down",
       {"drafts", "--hub", "https://localhost:1", "--token-file", path("token"), "--timeout", "1"},
       1,
       {"ハブに接続できません", "--hub", "電話"},
       {"cannot be reached", "--hub", "telephone"}},
      {"city",
       with({"--level", "4", "--whole", "--city", "/nowhere.toml"}),
       3,
       {"市町村のファイル", "/nowhere.toml"},
       {"city file", "/nowhere.toml"}},
  };
  write("token", "nrs_p_x");
  std::filesystem::permissions(path("token"), std::filesystem::perms::owner_read);
  for (const auto& mistake : mistakes)
    for (const auto* language : {"ja_JP.UTF-8", "en_US.UTF-8"}) {
      auto arguments = mistake.arguments;
      arguments.insert(arguments.begin(), NOROSHI_PUBLISH);
      const auto ran = run_program(
          arguments, "", {"NOROSHI_CITY=" + path("city.toml"), std::string("LC_ALL=") + language});
      SCOPED_TRACE(std::string(mistake.name) + " " + language + " " + ran.err);
      EXPECT_EQ(ran.exit_code, mistake.exit_code);
      for (const auto& part : language[0] == 'j' ? mistake.ja : mistake.en)
        EXPECT_THAT(ran.err, HasSubstr(part));
    }
  std::filesystem::remove(path("token"));
}

TEST_F(Order, TakesFromAContextWhatIsNotSaid) {
  std::filesystem::create_directories(path("noroshi"));
  write("noroshi/contexts.toml",
        "[tokushima]\ncity = '../city.toml'\nhub = 'https://localhost:1'\ntoken-file = 'none'\n");
  std::filesystem::permissions(
      path("noroshi/contexts.toml"),
      std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  const auto with = [&](const std::string& name, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), NOROSHI_PUBLISH);
    return run_program(
        arguments, "",
        {"XDG_CONFIG_HOME=" + folder_.string(), "NOROSHI_CONTEXT=" + name, "LANG=en_US.UTF-8"});
  };
  const auto ran = with("tokushima", {"order", "--none", "--dry-run"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(with("tokushima", {"drafts"}).err, HasSubstr("noroshi/none")) << "its token file";
  const auto unknown = with("town", {"drafts"});
  EXPECT_EQ(unknown.exit_code, 3);
  EXPECT_THAT(unknown.err, HasSubstr("--context town: no such context."));
  EXPECT_THAT(unknown.err, HasSubstr("contexts.toml: tokushima"));
}

TEST_F(Order, AnswersAWrongCommandLineWithTwo) {
  const std::vector<std::vector<std::string>> wrong = {
      {"order", "--whole", "--hazard", "flood"},
      {"order", "--whole", "--level", "4"},
      {"order", "--whole", "--level", "2", "--hazard", "flood"},
      {"order", "--whole", "--level", "4", "--zone", "--hazard", "flood"},
      {"order", "--whole", "--level", "4", "--hazard", "rain"},
      {"order", "--district", "nowhere", "--level", "4", "--hazard", "flood"},
      {"order", "--whole", "--level", "4", "--hazard", "flood", "--decided", "12:00"},
      {"lift"},
  };
  for (auto arguments : wrong) {
    arguments.emplace_back("--dry-run");
    EXPECT_EQ(publish(arguments).exit_code, 2) << arguments.back();
  }
}

TEST_F(Order, SaysWhereTheCityFileIsWrong) {
  write("city.toml",
        std::string(tokushima) + "colour = 3\n[[groups]]\nid = 7\ndistricts = [\"x\"]\n");
  const auto ran = publish({"order", "--none", "--dry-run"});
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_THAT(ran.err, HasSubstr("city.toml:"));
  EXPECT_THAT(ran.err, HasSubstr("districts: x"));
}

TEST_F(Order, TellsWhatWillBeOnAirAsJson) {
  const auto ran =
      publish({"order", "--level", "5", "--hazard", "tsunami", "--whole", "--dry-run", "--json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const auto words = boost::json::parse(ran.out).as_object().at("words").as_array();
  ASSERT_EQ(words.size(), 3U);
  EXPECT_EQ(words[0].as_object().at("headline"), "徳島市 津波 警戒レベル5 緊急安全確保");
}

}  // namespace
}  // namespace noroshi::publishers
