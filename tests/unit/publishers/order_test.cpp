// order, correct, lift and cancel as an officer types them, without a hub.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  Order() : folder_(std::filesystem::path(::testing::TempDir()) / "order_test") {
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
}

TEST_F(Order, NeverMeansTheWholeCityBySilence) {
  EXPECT_EQ(publish({"order", "--level", "4", "--hazard", "flood", "--dry-run"}).exit_code, 2);
  EXPECT_THAT(lines(dry("1.xml", {"order", "--level", "4", "--hazard", "flood", "--whole"})),
              ElementsAre("issue evac.l4 362018:*"));
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
