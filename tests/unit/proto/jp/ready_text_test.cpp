#include "proto/jp/ready_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "proto/cap/utf8.hpp"
#include "proto/jp/codes.hpp"
#include "proto/jp/levels.hpp"
#include "tests/unit/proto/jp/sample.hpp"

namespace noroshi::jp {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::size_t length(const std::string& text) { return cap::utf8::characters(text); }

Saying flood() {
  Saying saying;
  saying.event = "evac.l4";
  saying.hazard = "flood";
  saying.place = {"徳島市", ""};
  saying.districts = {{"川内町", "かわうちちょう"}, {"応神町", ""}, {"国府町", "こくふちょう"}};
  saying.reason_code = "riverlevel";
  return saying;
}

Saying lifted(Saying saying) {
  saying.direction = Direction::lift;
  return saying;
}

Saying null_report() {
  Saying saying;
  saying.event = "evac.none";
  saying.place = {"徳島市", ""};
  saying.decided_ms = 1'795'316'400'000;  // 2026-11-22T12:00:00+09:00
  return saying;
}

TEST(ReadyText, InJapanese) {
  const auto saying = flood();
  EXPECT_EQ(event_text(saying, phrases_ja), "避難指示");
  EXPECT_EQ(headline(saying, phrases_ja),
            "徳島市 洪水 警戒レベル4 避難指示（川内町・応神町・国府町）");
  EXPECT_EQ(ticker(saying, phrases_ja, 15), "徳島市 洪水 レベル4避難指示");
  EXPECT_EQ(ticker(saying, phrases_ja, 40),
            "徳島市 洪水 レベル4避難指示 川内町・応神町・国府町 全員避難");
  EXPECT_EQ(radio_script(saying, phrases_ja),
            "警戒レベル4 避難指示。徳島市からお知らせします。"
            "徳島市の川内町（かわうちちょう）、応神町、国府町（こくふちょう）に、"
            "洪水の警戒レベル4 避難指示を発令しました。川の水位が上がったためです。"
            "危険な場所から全員避難してください。"
            "外に出るのが危ないときは、近くの建物の高い階へ移ってください。");
}

TEST(ReadyText, AReasonInTheCitysOwnWordsComesFirst) {
  auto saying = flood();
  saying.reason = "吉野川の水位上昇";
  EXPECT_THAT(radio_script(saying, phrases_ja),
              HasSubstr("発令しました。理由は、吉野川の水位上昇です。危険な"));
  saying.reason.clear();
  saying.reason_code = "other";
  EXPECT_THAT(radio_script(saying, phrases_ja), HasSubstr("発令しました。危険な"));
  saying.local = "川には近づかないでください。";
  EXPECT_TRUE(
      radio_script(saying, phrases_ja).ends_with("移ってください。川には近づかないでください。"));
}

TEST(ReadyText, OfALift) {
  const auto saying = lifted(flood());
  EXPECT_EQ(event_text(saying, phrases_ja), "避難指示 解除");
  EXPECT_EQ(headline(saying, phrases_ja),
            "徳島市 洪水 警戒レベル4 避難指示 解除（川内町・応神町・国府町）");
  EXPECT_EQ(ticker(saying, phrases_ja, 15), "徳島市 洪水 避難指示 解除");
  EXPECT_THAT(radio_script(saying, phrases_ja), HasSubstr("を解除しました。避難の必要はなく"));
  EXPECT_EQ(event_text(saying, phrases_en), "Evacuation Order lifted");
}

TEST(ReadyText, OfANullReport) {
  EXPECT_EQ(event_text(null_report(), phrases_ja), "発令中の避難情報なし");
  EXPECT_EQ(headline(null_report(), phrases_ja), "徳島市 発令中の避難情報なし（11月22日12時現在）");
  EXPECT_EQ(ticker(null_report(), phrases_ja, 15), "徳島市 発令中の避難情報なし");
  EXPECT_EQ(instruction(null_report(), phrases_en),
            "No evacuation order is in force in 徳島市 as of 12:00 on November 22.");
  EXPECT_EQ(radio_script(null_report(), phrases_ja),
            "発令中の避難情報なし。徳島市からお知らせします。"
            "11月22日12時現在、徳島市に発令中の避難情報はありません。");
}

// 「今は 逃げなくて いいですです。」 was wrong twice: no order is not the same as no danger.
TEST(ReadyText, ANullReportNeverSaysThatAllIsWell) {
  const auto script = radio_script(null_report(), phrases_ja_yasashii);
  EXPECT_THAT(script, Not(HasSubstr("ですです")));
  EXPECT_THAT(script, Not(HasSubstr("いいです")));
  EXPECT_TRUE(script.starts_with("避難の お知らせは 出て いません。 ")) << script;
}

TEST(ReadyText, NoSentenceEndsTwice) {
  for (const auto* each : all_phrases())
    for (const auto& level : levels())
      for (const auto manner :
           {Manner::plain, Manner::correction, Manner::late, Manner::retraction})
        for (auto saying : {flood(), lifted(flood())}) {
          saying.event = level.event;
          saying.manner = manner;
          for (const auto& text : {radio_script(saying, *each), ticker(saying, *each, 80)})
            for (const auto* twice : {"..", "。。", "ですです", "  ", " .", "{", "}"})
              EXPECT_THAT(text, Not(HasSubstr(twice)));
        }
}

TEST(ReadyText, EveryTextOfADrillSaysSo) {
  for (const auto* each : all_phrases())
    for (const auto& level : levels())
      for (auto saying : {flood(), lifted(flood()), null_report()}) {
        if (!saying.hazard.empty()) saying.event = level.event;
        saying.channel = Channel::drill;
        const auto* mark = each == &phrases_en ? "DRILL" : "訓練";
        EXPECT_TRUE(headline(saying, *each).starts_with("【訓練】"));
        for (const auto& text : {headline(saying, *each), instruction(saying, *each),
                                 ticker(saying, *each, 15), ticker(saying, *each, 40)}) {
          EXPECT_THAT(text, HasSubstr(mark));
          EXPECT_FALSE(text.ends_with("…")) << text;
        }
        const auto script = radio_script(saying, *each);
        const auto* said = each == &phrases_en ? "drill." : "訓練";
        EXPECT_LT(script.find(said), 20U) << "first thing: " << script;
        EXPECT_GT(script.rfind(said) + 30, script.size()) << "last thing: " << script;
      }
}

TEST(ReadyText, ALiftSaysWhatStillStands) {
  auto saying = lifted(flood());
  saying.still_ordered = true;
  EXPECT_THAT(radio_script(saying, phrases_ja), Not(HasSubstr("避難の必要はなく")));
  EXPECT_THAT(radio_script(saying, phrases_ja), HasSubstr("まだ続いています"));
}

// Wakayama 2018: who reads only the ticker must not be told to leave.
TEST(ReadyText, WhatIsTakenBackTellsNobodyToAct) {
  for (const auto* each : all_phrases())
    for (const auto& level : levels())
      for (const std::size_t most : {15U, 40U, 80U}) {
        auto saying = flood();
        saying.event = level.event;
        saying.manner = Manner::retraction;
        for (const auto* act : {"逃げて", "EVACUATE", "GO", "全員避難", "KEEP OUT"})
          EXPECT_THAT(ticker(saying, *each, most), Not(HasSubstr(act)));
      }
}

TEST(ReadyText, InEnglishAndEasyJapanese) {
  auto saying = flood();
  saying.place = {"Tokushima City", ""};
  saying.districts = {};
  EXPECT_EQ(headline(saying, phrases_en),
            "Tokushima City: flooding, Warning Level 4, Evacuation Order");
  EXPECT_EQ(radio_script(saying, phrases_en),
            "Warning Level 4, Evacuation Order. This is an announcement from Tokushima City. A "
            "Level 4 Evacuation Order is in effect for all of Tokushima City because of the danger "
            "of flooding. The river has risen. Everyone must leave dangerous places now. If going "
            "out is dangerous, move to a high floor of a building nearby.");
  saying.districts = {{"", ""}, {"Ojin", ""}};
  EXPECT_THAT(radio_script(saying, phrases_en), HasSubstr("in effect for parts of Tokushima City"))
      << "a list with a hole says too little";
  EXPECT_EQ(instruction(flood(), phrases_ja_yasashii),
            "危ない 場所に いる 人は、全員 すぐに 逃げて ください。");
  EXPECT_THAT(radio_script(flood(), phrases_ja_yasashii), HasSubstr("川の 水が 増えたからです。"));
}

TEST(ReadyText, TheZoneHasNoLevel) {
  auto saying = flood();
  saying.event = "evac.zone";
  EXPECT_EQ(headline(saying, phrases_ja), "徳島市 洪水 警戒区域（川内町・応神町・国府町）");
  saying.districts.clear();
  EXPECT_EQ(headline(saying, phrases_en), "徳島市: flooding, Restricted Area");
}

TEST(ReadyText, ManyDistrictsAreCounted) {
  auto saying = flood();
  saying.districts.assign(400, {"川内町", ""});
  const auto text = headline(saying, phrases_ja);
  EXPECT_LE(length(text), headline_characters_max);
  EXPECT_GT(length(text), headline_characters_max - 4) << "as many as fit";
  EXPECT_TRUE(text.ends_with("地区）")) << text;
  EXPECT_EQ(ticker(saying, phrases_ja, 40),
            "徳島市 洪水 レベル4避難指示 川内町・川内町・川内町・ほか397地区 全員避難");
}

TEST(ReadyText, WhatIsUnknownIsSaidAsItIs) {
  auto saying = flood();
  saying.event = "evac.l6";
  saying.hazard = "meteor";
  EXPECT_EQ(event_text(saying, phrases_ja), "evac.l6");
  EXPECT_EQ(headline(saying, phrases_ja), "徳島市 meteor evac.l6（川内町・応神町・国府町）");
  EXPECT_THAT(ticker(saying, phrases_ja, 80), HasSubstr("evac.l6"));
}

TEST(ReadyText, ATickerIsNeverLonger) {
  for (const auto* each : all_phrases())
    for (const auto& level : levels())
      for (const auto* place :
           {"津市", "徳島市", "かすみがうら市", "とても長い名前の市がここにあるとして市"})
        for (const auto direction : {Direction::issue, Direction::lift})
          for (const std::size_t most : {15U, 40U, 80U}) {
            auto saying = flood();
            saying.event = level.event;
            saying.direction = direction;
            saying.place.name = place;
            const auto text = ticker(saying, *each, most);
            EXPECT_LE(length(text), most) << text;
            EXPECT_GE(length(text), 4u) << text;
          }
}

TEST(ReadyText, OrdersMadeOfItBreakNoRule) {
  for (const auto& level : levels()) {
    auto saying = flood();
    saying.event = level.event;
    saying.districts.pop_back();
    auto alert = sample::order();
    for (auto& info : alert.info) {
      const auto& words = *phrases(std::string(*info.language));
      sample::code(info, "Event", std::string(level.event));
      if (level.number == 0)
        sample::drop(info, "WarningLevel");
      else
        sample::set(info, "WarningLevel", std::to_string(level.number));
      info.event = event_text(saying, words);
      info.headline = headline(saying, words);
      info.instruction = instruction(saying, words);
      info.urgency = std::string(level.issue.urgency);
      info.severity = std::string(level.issue.severity);
      info.certainty = std::string(level.issue.certainty[0]);
      info.response_type = {std::string(level.issue.response)};
      for (const std::size_t most : {15U, 40U, 80U})
        sample::set(info, "Ticker" + std::to_string(most), ticker(saying, words, most));
      sample::set(info, "ReadText", radio_script(saying, words));
    }
    EXPECT_THAT(sample::broken(alert), IsEmpty()) << level.event;
  }
}

TEST(Phrases, EveryLanguageHasAllOfThem) {
  for (const auto* each : all_phrases()) {
    SCOPED_TRACE(each->tag);
    EXPECT_EQ(phrases(each->tag), each);
    for (std::size_t i = 0; i < levels().size(); ++i) {
      const auto& order = each->orders.at(i);
      EXPECT_EQ(order.event, levels()[i].event);
      EXPECT_EQ(order.level.empty(), levels()[i].number == 0);
      for (const auto text :
           {order.name, order.ticker, order.brief, order.act, order.action, order.lift_ticker,
            order.lift_brief, order.lift_action, order.retract_ticker, order.retract_brief,
            order.issued, order.ended, order.taken_back})
        EXPECT_FALSE(text.empty()) << order.event;
    }
    std::set<std::string_view> hazards;
    for (const auto& hazard : each->hazards) {
      EXPECT_TRUE(is_hazard(hazard.code)) << hazard.code;
      EXPECT_FALSE(hazard.word.empty()) << hazard.code;
      hazards.insert(hazard.code);
    }
    EXPECT_EQ(hazards.size(), each->hazards.size());
    for (const auto& reason : each->reasons) {
      EXPECT_TRUE(is_reason(reason.code)) << reason.code;
      EXPECT_EQ(reason.word.empty(), reason.code == "other");
    }
    for (const auto text : {each->order,
                            each->lift,
                            each->retract,
                            each->lifted,
                            each->null_report,
                            each->null_action,
                            each->still_ordered,
                            each->retract_action,
                            each->headline,
                            each->null_headline,
                            each->listed,
                            each->separator,
                            each->more,
                            each->parts,
                            each->parts_of,
                            each->opening,
                            each->lift_opening,
                            each->retract_opening,
                            each->null_opening,
                            each->speaker,
                            each->because,
                            each->stated,
                            each->whole,
                            each->within,
                            each->comma,
                            each->last_comma,
                            each->drill.ticker,
                            each->drill.script,
                            each->correction.headline,
                            each->correction.ticker,
                            each->correction.script,
                            each->late.headline,
                            each->late.ticker,
                            each->late.script,
                            each->drill_closing,
                            each->time,
                            each->full_hour})
      EXPECT_FALSE(text.empty());
  }
  EXPECT_EQ(phrases("ja"), &phrases_ja);
  EXPECT_EQ(phrases("fr"), nullptr);
  EXPECT_EQ(phrases_ja.orders[1].name, level("evac.l4")->name);
}

}  // namespace
}  // namespace noroshi::jp
