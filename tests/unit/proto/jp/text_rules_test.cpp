// What is live must not look like a drill, and a drill not like the real thing; emergency mail.
#include <gtest/gtest.h>

#include "proto/jp/codes.hpp"
#include "proto/jp/drill_text.hpp"
#include "proto/jp/mail_text.hpp"
#include "tests/unit/proto/jp/sample.hpp"

namespace noroshi::jp {
namespace {

using cap::Alert;
using sample::expect_all;
using sample::set;

struct Words {
  const char* text;
  bool marked, test, broadcast, mentioned, denied;
};
constexpr Words table[] = {
    {"徳島市 洪水 警戒レベル4 避難指示", false, false, false, false, false},
    {"【訓練】徳島市 避難指示", true, false, false, true, false},
    {"（訓練）徳島市 避難指示", true, false, false, true, false},
    {"〔訓練〕徳島市 避難指示", true, false, false, true, false},
    {"(訓練) 徳島市", true, false, false, true, false},
    {"［ 訓　練 ］徳島市", true, false, false, true, false},
    {"■【訓練】■ 徳島市", true, false, false, true, false},
    {"\u200B【訓\u200B練】徳島市", true, false, false, true, false},
    {"【訓\uF996】徳島市", true, false, false, true, false},
    {"これは訓練です。徳島市は", true, false, false, true, false},
    {"「これは訓練です」徳島市は", true, false, false, true, false},
    {"訓練です。訓練です。", true, false, false, true, false},
    {"これは訓練ではありません。直ちに避難", false, false, false, true, true},
    {"訓練 ではありません", false, false, false, true, true},
    {"徳島市では、これは訓練です", false, false, false, true, false},
    {"【防災訓練】のお知らせ", false, false, false, true, false},
    {"防災訓練は中止", false, false, false, true, false},
    {"職業訓練校を避難所として開設", false, false, false, true, false},
    {"訓練", false, false, false, true, false},
    {"ただいまから訓練放送を行います", false, false, true, true, false},
    {"【訓練放送】徳島市", false, false, true, true, false},
    {"テスト", false, true, false, false, false},
    {"テスト 徳島市 避難指示", false, true, false, false, false},
    {"【テスト】徳島市", false, true, false, false, false},
    {"テスト：徳島市", false, true, false, false, false},
    {"テストです", false, true, false, false, false},
    {"ﾃｽﾄ 徳島市", false, true, false, false, false},
    {"テストコース周辺の火災", false, false, false, false, false},
    {"テスト配信", false, false, false, false, false},
    {"コンテスト会場の火災", false, false, false, false, false},
    {"徳島市 テスト", false, false, false, false, false},
    {"", false, false, false, false, false},
};

TEST(DrillText, IsToldByItsWords) {
  for (const auto& row : table) {
    EXPECT_EQ(marked_as_drill(row.text), row.marked) << row.text;
    EXPECT_EQ(begins_as_test(row.text), row.test) << row.text;
    EXPECT_EQ(is_drill_broadcast(row.text), row.broadcast) << row.text;
    EXPECT_EQ(mentions_drill(row.text), row.mentioned) << row.text;
    EXPECT_EQ(denies_drill(row.text), row.denied) << row.text;
  }
}

TEST(DrillText, AMentionIsShownWithWhatStandsAroundIt) {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "前";
  text += "職業訓練校";
  for (int i = 0; i < 50; ++i) text += "後";
  const std::string shown(mention(text));
  EXPECT_TRUE(shown.starts_with("前")) << shown;
  EXPECT_NE(shown.find("職業訓練校"), std::string::npos);
  EXPECT_TRUE(shown.ends_with("後")) << shown;
  EXPECT_LT(shown.size(), 100u);
}

TEST(ProfileTexts, OfTheLivePath) {
  const auto headline = [](const char* text) {
    return [=](Alert& a) { a.info[0].headline = text; };
  };
  const auto description = [](const char* text) {
    return [=](Alert& a) { a.info[0].description = text; };
  };
  expect_all({
      {"Aichi 2018: a drill sent as real",
       headline("【訓練】徳島市 洪水 警戒レベル4 避難指示"),
       {"livetext:marked"}},
      {"marked in the description", description("これは訓練です。"), {"livetext:marked"}},
      {"marked in the event",
       [](Alert& a) { a.info[1].event = "（訓練）Evacuation Order"; },
       {"livetext:marked"}},
      {"a drill broadcast", description("こちらは訓練放送です。"), {"livetext:broadcast"}},
      {"a drill broadcast to be read out",
       [](Alert& a) { set(a.info[0], "ReadText", "ただいまから訓練放送を行います"); },
       {"livetext:broadcast"}},
      {"a marked ticker",
       [](Alert& a) { set(a.info[0], "Ticker15", "【訓練】避難指示"); },
       {"livetext:marked"}},
      {"a test", headline("テスト 徳島市 洪水 警戒レベル4 避難指示"), {"livetext:test"}},
      {"no test", description("テストコース周辺で火災が発生しました。"), {}},
      {"a school as shelter",
       description("職業訓練校を避難所として開設しました。"),
       {"livetext:mentioned!"}},
      {"a school as district",
       [](Alert& a) { a.info[0].area[0].area_desc = "徳島県徳島市職業訓練校"; },
       {"livetext:mentioned!"}},
      {"no drill", description("これは訓練ではありません。"), {"livetext:mentioned!"}},
      {"no drill today", description("防災訓練は中止します。"), {"livetext:mentioned!"}},
      {"in what to do",
       [](Alert& a) { a.info[0].instruction->value += "訓練センターへ。"; },
       {"livetext:mentioned!"}},
      {"in the mail",
       [](Alert& a) {
         set(a.info[0], "UrgentMailTitle", "避難指示");
         set(a.info[0], "UrgentMailBody", "訓練ではありません。");
       },
       {"livetext:mentioned!"}},
  });
}

Alert exercise() {
  auto alert = sample::order();
  alert.status = "Exercise";
  alert.note = "徳島県総合防災訓練";
  for (auto& info : alert.info) {
    info.headline->value.insert(0, drill_mark);
    set(info, "DrillId", "tokushima-2026");
  }
  return alert;
}

TEST(ProfileTexts, OfAnExercise) {
  expect_all(
      {
          {"sound", [](Alert&) {}, {}},
          {"says everywhere that it is a drill",
           [](Alert& a) { a.info[0].description = "これは訓練です。訓練放送。"; },
           {}},
          {"without the mark",
           [](Alert& a) { a.info[0].headline->value.erase(0, 12); },
           {"drilltext:headline"}},
          {"with another mark",
           [](Alert& a) { a.info[0].headline->value.replace(0, 12, "（訓練）"); },
           {"drilltext:headline"}},
          {"with a blank before the mark",
           [](Alert& a) { a.info[0].headline->value.insert(0, " "); },
           {"drilltext:headline"}},
          {"without headline",
           [](Alert& a) { a.info[1].headline.reset(); },
           {"drilltext:headline"}},
          {"Hawaii 2018: says that it is no drill",
           [](Alert& a) { a.info[0].description = "これは訓練ではありません。"; },
           {"drilltext:denied"}},
          {"… in what is read out",
           [](Alert& a) { set(a.info[0], "ReadText", "訓練では ありません"); },
           {"drilltext:denied"}},
          {"without its session",
           [](Alert& a) {
             for (auto& i : a.info) sample::drop(i, "DrillId");
           },
           {"drillid:missing"}},
          {"of a blank session",
           [](Alert& a) {
             for (auto& i : a.info) set(i, "DrillId", " ");
           },
           {"drillid:missing"}},
          {"of two sessions",
           [](Alert& a) { set(a.info[1], "DrillId", "other"); },
           {"parameter:differs"}},
          {"a test needs neither",
           [](Alert& a) {
             a.status = "Test";
             for (auto& i : a.info) sample::drop(i, "DrillId");
             a.info[0].headline->value.erase(0, 12);
           },
           {}},
      },
      exercise);
}

std::string times(const char* text, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

TEST(ProfileTexts, OfAnEmergencyMail) {
  const auto mail = [](const std::string& title, const std::string& body) {
    return [=](Alert& a) {
      set(a.info[0], "UrgentMailTitle", title);
      set(a.info[0], "UrgentMailBody", body);
    };
  };
  expect_all({
      {"sound", mail("避難指示", "川内町・応神町に避難指示。～ 直ちに避難（徳島市）"), {}},
      {"15 in the title", mail(times("字", 15), "本文"), {}},
      {"16 in the title", mail(times("字", 16), "本文"), {"mail:title"}},
      {"200 together", mail(times("字", 15), times("文", 185)), {}},
      {"201 together", mail(times("字", 15), times("文", 186)), {"mail:length"}},
      {"a title alone",
       [](Alert& a) { set(a.info[0], "UrgentMailTitle", "避難指示"); },
       {"mail:missing"}},
      {"an address of a page",
       mail("避難指示", "詳しくは https://tokushima.example/"),
       {"mail:url"}},
      {"a domain", mail("避難指示", "詳しくは city.tokushima.lg.jp へ"), {"mail:url"}},
      {"a mail address", mail("避難指示", "a@example"), {"mail:address"}},
      {"a telephone number", mail("避難指示", "電話 088-621-5111"), {"mail:telephone"}},
      {"a telephone number in wide digits",
       mail("避難指示", "０８８（６２１）５１１１"),
       {"mail:telephone"}},
      {"110 and a date", mail("避難指示", "2026-11-22 03:05 110番、119番"), {}},
      {"a circled number", mail("避難指示", "①川内町"), {"mail:character"}},
      {"half-width katakana in the title", mail("ﾋﾅﾝ", "川内町"), {"mail:character"}},
  });
  expect_all({{"mail without text",
               [](Alert& a) {
                 for (auto& info : a.info) {
                   sample::code(info, "Event", "urgentmail");
                   sample::drop(info, "WarningLevel");
                 }
                 a.info.pop_back();
               },
               {"mail:missing", "mail:missing"}}});
}

TEST(MailText, FindsWhatMustNotBeThere) {
  for (const auto* page :
       {"http://a.b", "ｈｔｔｐｓ：／／ａ", "www.example", "tokushima.jp", "a.com/x"})
    EXPECT_NE(web_address(page), "") << page;
  for (const auto* plain : {"徳島市", "a.b", "3.5 m", "x.jpg", "。.jp"})
    EXPECT_EQ(web_address(plain), "") << plain;
  for (const auto* number : {"0886215111", "088-621-5111", "090-1234-5678", "0120（123）456",
                             "０９０－１２３４－５６７８", "090 1234 5678", "+81-88-621-5111"})
    EXPECT_NE(telephone_number(number), "") << number;
  for (const auto* plain : {"119", "110番", "2026-11-22", "770-8571", "012345678", "012345678901",
                            "世帯数 1200", "#7119"})
    EXPECT_EQ(telephone_number(plain), "") << plain;
  for (const auto* foreign : {"①", "㈱", "Ⅳ", "ｶ", "髙", "﨑", "☔", "😀", "㎡", "№", "\uE000"})
    EXPECT_EQ(foreign_character(std::string("徳島市") + foreign + "へ"), foreign);
  for (const auto* plain :
       {"徳島市", "～", "－", "—", "★", "A1!", "々〆", "\n", "", "（）「」、。・"})
    EXPECT_EQ(foreign_character(plain), "") << plain;
}

}  // namespace
}  // namespace noroshi::jp
