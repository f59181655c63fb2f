// What is said on air, word for word: read it as a newsreader would, with every change.
#include <gtest/gtest.h>

#include <ostream>

#include "proto/jp/compose.hpp"

namespace noroshi::jp {
namespace {

constexpr std::int64_t ten_to_noon = 1'795'315'800'000;  // 2026-11-22T11:50:00+09:00

struct Row {
  const Phrases& phrases;
  std::string said;  // "drill lift evac.l4"
  std::string headline, ticker15, ticker40, radio;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.phrases.tag << " " << row.said; }

Composition composition_of(std::string said) {
  Composition composition;
  composition.office = {"362018", "city.tokushima.lg.jp", "徳島市", "とくしまし",
                        "徳島県", "Tokushima City",       ""};
  composition.decided_ms = ten_to_noon;
  composition.reason_code = "riverlevel";
  if (said.starts_with("drill ")) {
    composition.drill = "shakeout";
    said.erase(0, 6);
  }
  const auto kind = said.substr(0, said.find(' '));
  composition.kind = kind == "lift" ? "update" : kind;
  Ordered line{
      said.substr(kind.size() + 1),
      "flood",
      kind == "lift" ? Direction::lift : Direction::issue,
      {{"kawauchi", "川内町", "かわうちちょう", "Kawauchi"}, {"ojin", "応神町", "", "Ojin"}}};
  if (line.event == "evac.none") line.hazard = {}, line.districts = {};
  composition.lines = {line};
  return composition;
}

const auto& ja = phrases_ja;
const auto& easy = phrases_ja_yasashii;
const auto& en = phrases_en;

// clang-format off
const Row rows[] = {
{ja, "drill new evac.l5",
 "【訓練】徳島市 洪水 警戒レベル5 緊急安全確保（川内町・応神町）",
 "【訓練】徳島市 緊急安全確保", "【訓練】徳島市 洪水 レベル5緊急安全確保 川内町・応神町 直ちに安全確保",
 "これは訓練です。警戒レベル5 緊急安全確保。徳島市からお知らせします。徳島市（とくしまし）の川内町（かわうちちょう）、応神町に、洪水の警戒レベル5 緊急安全確保を発令しました。川の水位が上がったためです。命の危険 直ちに安全確保！すでに災害が起きているか、差し迫っています。今いる場所で、少しでも安全なところへ移ってください。以上は訓練です。"},
{ja, "new evac.l4",
 "徳島市 洪水 警戒レベル4 避難指示（川内町・応神町）",
 "徳島市 洪水 レベル4避難指示", "徳島市 洪水 レベル4避難指示 川内町・応神町 全員避難",
 "警戒レベル4 避難指示。徳島市からお知らせします。徳島市（とくしまし）の川内町（かわうちちょう）、応神町に、洪水の警戒レベル4 避難指示を発令しました。川の水位が上がったためです。危険な場所から全員避難してください。外に出るのが危ないときは、近くの建物の高い階へ移ってください。"},
{ja, "new evac.l3",
 "徳島市 洪水 警戒レベル3 高齢者等避難（川内町・応神町）",
 "徳島市 レベル3高齢者等避難", "徳島市 洪水 レベル3高齢者等避難 川内町・応神町 高齢者等は避難",
 "警戒レベル3 高齢者等避難。徳島市からお知らせします。徳島市（とくしまし）の川内町（かわうちちょう）、応神町に、洪水の警戒レベル3 高齢者等避難を発令しました。川の水位が上がったためです。危険な場所から高齢者等は避難してください。ほかの人も、避難の準備をしてください。"},
{ja, "new evac.zone",
 "徳島市 洪水 警戒区域（川内町・応神町）",
 "徳島市 洪水 警戒区域", "徳島市 洪水 警戒区域 川内町・応神町 立入禁止",
 "警戒区域。徳島市からお知らせします。徳島市（とくしまし）の川内町（かわうちちょう）、応神町に、洪水による警戒区域を設定しました。川の水位が上がったためです。警戒区域に入らないでください。中にいる人は、直ちに外へ出てください。"},
{ja, "lift evac.l4",
 "徳島市 洪水 警戒レベル4 避難指示 解除（川内町・応神町）",
 "徳島市 洪水 避難指示 解除", "徳島市 洪水 避難指示 解除 川内町・応神町",
 "警戒レベル4 避難指示、解除。徳島市からお知らせします。徳島市（とくしまし）の川内町（かわうちちょう）、応神町に出していた、洪水の警戒レベル4 避難指示を解除しました。避難の必要はなくなりました。危険な場所には、引き続き近づかないでください。"},
{ja, "lift evac.zone",
 "徳島市 洪水 警戒区域 解除（川内町・応神町）",
 "徳島市 洪水 警戒区域 解除", "徳島市 洪水 警戒区域 解除 川内町・応神町",
 "警戒区域、解除。徳島市からお知らせします。徳島市（とくしまし）の川内町（かわうちちょう）、応神町に設定していた、洪水による警戒区域を解除しました。立入りの制限はなくなりました。引き続き、足元などに気を付けてください。"},
{ja, "correction evac.l3",
 "【訂正】徳島市 洪水 警戒レベル3 高齢者等避難（川内町・応神町）",
 "徳島市 レベル3高齢者等避難", "【訂正】徳島市 洪水 レベル3高齢者等避難 川内町・応神町 高齢者等は避難",
 "警戒レベル3 高齢者等避難。徳島市からお知らせします。先ほどお伝えした内容には誤りがありました。正しくは次のとおりです。徳島市（とくしまし）の川内町（かわうちちょう）、応神町に、洪水の警戒レベル3 高齢者等避難を発令しました。川の水位が上がったためです。危険な場所から高齢者等は避難してください。ほかの人も、避難の準備をしてください。"},
{ja, "late evac.l4",
 "【11月22日11時50分発令】徳島市 洪水 警戒レベル4 避難指示（川内町・応神町）",
 "【発令済み】徳島市 避難指示", "【発令済み】徳島市 洪水 レベル4避難指示 川内町・応神町 全員避難",
 "警戒レベル4 避難指示。徳島市からお知らせします。徳島市（とくしまし）の川内町（かわうちちょう）、応神町に、洪水の警戒レベル4 避難指示を発令しました。これは、11月22日11時50分に発令したものです。川の水位が上がったためです。危険な場所から全員避難してください。外に出るのが危ないときは、近くの建物の高い階へ移ってください。"},
{ja, "drill cancel evac.l4",
 "【訓練】【取消】徳島市 洪水 警戒レベル4 避難指示（川内町・応神町）",
 "【訓練】徳島市 避難指示 取消", "【訓練】徳島市 洪水 避難指示 取消 川内町・応神町",
 "これは訓練です。警戒レベル4 避難指示、取消。徳島市からお知らせします。徳島市（とくしまし）の川内町（かわうちちょう）、応神町に出した、洪水の警戒レベル4 避難指示は誤りでした。取り消します。この情報に従う必要はありません。ほかの避難情報が出ていないか、確かめてください。以上は訓練です。"},
{ja, "new evac.none",
 "徳島市 発令中の避難情報なし（11月22日11時50分現在）",
 "徳島市 発令中の避難情報なし", "徳島市 発令中の避難情報なし（11月22日11時50分現在）",
 "発令中の避難情報なし。徳島市からお知らせします。11月22日11時50分現在、徳島市に発令中の避難情報はありません。"},
{easy, "drill new evac.l5",
 "【訓練】徳島市 洪水（川の 水が あふれること） 警戒レベル5 緊急安全確保（川内町、応神町）",
 "【訓練】レベル5 危ない", "【訓練】徳島市 洪水（川の 水が あふれること） レベル5 とても 危ない",
 "これは 訓練です。逃げる 練習です。 警戒レベル5 緊急安全確保です。 徳島市からの お知らせです。 徳島市（とくしまし）の 川内町（かわうちちょう）、応神町は、洪水（川の 水が あふれること）で 危ないです。警戒レベル5 緊急安全確保が 出ました。 川の 水が 増えたからです。 すぐに 今いる 場所で いちばん 安全な ところへ 行って ください。 これは 訓練でした。"},
{easy, "new evac.l4",
 "徳島市 洪水（川の 水が あふれること） 警戒レベル4 避難指示（川内町、応神町）",
 "徳島市 レベル4 全員 逃げて", "徳島市 洪水（川の 水が あふれること） レベル4 全員 逃げて 川内町、応神町",
 "警戒レベル4 避難指示です。 徳島市からの お知らせです。 徳島市（とくしまし）の 川内町（かわうちちょう）、応神町は、洪水（川の 水が あふれること）で 危ないです。警戒レベル4 避難指示が 出ました。 川の 水が 増えたからです。 危ない 場所に いる 人は、全員 すぐに 逃げて ください。"},
{easy, "new evac.l3",
 "徳島市 洪水（川の 水が あふれること） 警戒レベル3 高齢者等避難（川内町、応神町）",
 "徳島市 レベル3 準備して", "徳島市 洪水（川の 水が あふれること） レベル3 お年寄りは 逃げて",
 "警戒レベル3 高齢者等避難です。 徳島市からの お知らせです。 徳島市（とくしまし）の 川内町（かわうちちょう）、応神町は、洪水（川の 水が あふれること）で 危ないです。警戒レベル3 高齢者等避難が 出ました。 川の 水が 増えたからです。 逃げるのに 時間が かかる 人は、危ない 場所から 逃げて ください。"},
{easy, "new evac.zone",
 "徳島市 洪水（川の 水が あふれること） 警戒区域（川内町、応神町）",
 "徳島市 入らないで", "徳島市 洪水（川の 水が あふれること） 入らないで 川内町、応神町",
 "警戒区域です。 徳島市からの お知らせです。 徳島市（とくしまし）の 川内町（かわうちちょう）、応神町は、洪水（川の 水が あふれること）で 危ないです。入っては いけない 場所（警戒区域）に なりました。 川の 水が 増えたからです。 ここは 危ないです。入らないで ください。中に いる 人は、すぐに 出て ください。"},
{easy, "lift evac.l4",
 "徳島市 洪水（川の 水が あふれること） 警戒レベル4 避難指示 終わり（川内町、応神町）",
 "徳島市 レベル4 終わり", "徳島市 洪水（川の 水が あふれること） レベル4 終わり 川内町、応神町",
 "警戒レベル4 避難指示は 終わりました。 徳島市からの お知らせです。 徳島市（とくしまし）の 川内町（かわうちちょう）、応神町の 警戒レベル4 避難指示は 終わりました。 もう 逃げなくて いいです。危ない 場所には、まだ 近くに 行かないで ください。"},
{easy, "lift evac.zone",
 "徳島市 洪水（川の 水が あふれること） 警戒区域 終わり（川内町、応神町）",
 "徳島市 入っても いい", "徳島市 洪水（川の 水が あふれること） 入っても いい 川内町、応神町",
 "警戒区域は 終わりました。 徳島市からの お知らせです。 徳島市（とくしまし）の 川内町（かわうちちょう）、応神町は、入っては いけない 場所（警戒区域）では なくなりました。 入る ことが できます。気を つけて ください。"},
{easy, "correction evac.l3",
 "【訂正】徳島市 洪水（川の 水が あふれること） 警戒レベル3 高齢者等避難（川内町、応神町）",
 "徳島市 レベル3 準備して", "【訂正】徳島市 洪水（川の 水が あふれること） レベル3 お年寄りは 逃げて",
 "警戒レベル3 高齢者等避難です。 徳島市からの お知らせです。 さっきの お知らせに まちがいが ありました。これが 正しい お知らせです。 徳島市（とくしまし）の 川内町（かわうちちょう）、応神町は、洪水（川の 水が あふれること）で 危ないです。警戒レベル3 高齢者等避難が 出ました。 川の 水が 増えたからです。 逃げるのに 時間が かかる 人は、危ない 場所から 逃げて ください。"},
{easy, "late evac.l4",
 "【11月22日 11時50分に 出ました】徳島市 洪水（川の 水が あふれること） 警戒レベル4 避難指示（川内町、応神町）",
 "【前に出た】レベル4 逃げて", "【前に出た】徳島市 洪水（川の 水が あふれること） レベル4 全員 逃げて",
 "警戒レベル4 避難指示です。 徳島市からの お知らせです。 徳島市（とくしまし）の 川内町（かわうちちょう）、応神町は、洪水（川の 水が あふれること）で 危ないです。警戒レベル4 避難指示が 出ました。 これは、11月22日 11時50分に 出た お知らせです。 川の 水が 増えたからです。 危ない 場所に いる 人は、全員 すぐに 逃げて ください。"},
{easy, "drill cancel evac.l4",
 "【訓練】【まちがいでした】徳島市 洪水（川の 水が あふれること） 警戒レベル4 避難指示（川内町、応神町）",
 "【訓練】レベル4 まちがい", "【訓練】徳島市 洪水（川の 水が あふれること） レベル4 まちがい",
 "これは 訓練です。逃げる 練習です。 警戒レベル4 避難指示は まちがいでした。 徳島市からの お知らせです。 徳島市（とくしまし）の 川内町（かわうちちょう）、応神町の 警戒レベル4 避難指示は、まちがいでした。取り消します。 この お知らせは 守らなくて いいです。ほかの お知らせが ないか、見て ください。 これは 訓練でした。"},
{easy, "new evac.none",
 "徳島市 避難の お知らせは 出て いません（11月22日 11時50分）",
 "徳島市 お知らせ なし", "徳島市 避難の お知らせは 出て いません（11月22日 11時50分）",
 "避難の お知らせは 出て いません。 徳島市からの お知らせです。 11月22日 11時50分、徳島市では 避難の お知らせは 出て いません。"},
{en, "drill new evac.l5",
 "【訓練】DRILL: Tokushima City: flooding, Warning Level 5, Emergency Safety Measures (Kawauchi, Ojin)",
 "DRILL LEVEL 5", "DRILL LV5 GET SAFE: Tokushima City",
 "This is a drill. Warning Level 5, Emergency Safety Measures. This is an announcement from Tokushima City. Level 5 Emergency Safety Measures are in effect for Kawauchi and Ojin in Tokushima City because of the danger of flooding. The river has risen. Your life is in danger. Go to the safest place you can reach where you are, now. This was a drill."},
{en, "new evac.l4",
 "Tokushima City: flooding, Warning Level 4, Evacuation Order (Kawauchi, Ojin)",
 "LV4 EVACUATE", "LV4 EVACUATE: flooding, Tokushima City",
 "Warning Level 4, Evacuation Order. This is an announcement from Tokushima City. A Level 4 Evacuation Order is in effect for Kawauchi and Ojin in Tokushima City because of the danger of flooding. The river has risen. Everyone must leave dangerous places now. If going out is dangerous, move to a high floor of a building nearby."},
{en, "new evac.l3",
 "Tokushima City: flooding, Warning Level 3, Evacuation of the Elderly, Etc. (Kawauchi, Ojin)",
 "LV3 ELDERLY GO", "LV3 ELDERLY GO: flooding, Tokushima City",
 "Warning Level 3, Evacuation of the Elderly, Etc. This is an announcement from Tokushima City. A Level 3 Evacuation of the Elderly, Etc. is in effect for Kawauchi and Ojin in Tokushima City because of the danger of flooding. The river has risen. Elderly people, and all who need time, must leave dangerous places now. Everyone else: get ready."},
{en, "new evac.zone",
 "Tokushima City: flooding, Restricted Area (Kawauchi, Ojin)",
 "KEEP OUT", "KEEP OUT: flooding, Tokushima City",
 "Restricted Area. This is an announcement from Tokushima City. A Restricted Area has been set up in Kawauchi and Ojin in Tokushima City because of the danger of flooding. The river has risen. Do not enter the restricted area. If you are in it, leave at once."},
{en, "lift evac.l4",
 "Tokushima City: flooding, Warning Level 4, Evacuation Order lifted (Kawauchi, Ojin)",
 "LV4 LIFTED", "LV4 LIFTED: flooding, Tokushima City",
 "Warning Level 4, Evacuation Order lifted. This is an announcement from Tokushima City. The Level 4 Evacuation Order issued for Kawauchi and Ojin in Tokushima City because of the danger of flooding has been lifted. There is no need to evacuate any more. Still keep away from dangerous places."},
{en, "lift evac.zone",
 "Tokushima City: flooding, Restricted Area lifted (Kawauchi, Ojin)",
 "KEEP-OUT LIFTED", "KEEP-OUT LIFTED: Tokushima City",
 "Restricted Area lifted. This is an announcement from Tokushima City. The Restricted Area set up in Kawauchi and Ojin in Tokushima City because of the danger of flooding has been lifted. You may enter again. Still take care."},
{en, "correction evac.l3",
 "CORRECTION: Tokushima City: flooding, Warning Level 3, Evacuation of the Elderly, Etc. (Kawauchi, Ojin)",
 "LV3 ELDERLY GO", "CORRECTION LEVEL 3: Tokushima City",
 "Warning Level 3, Evacuation of the Elderly, Etc. This is an announcement from Tokushima City. Our last announcement was wrong. This is the correct one. A Level 3 Evacuation of the Elderly, Etc. is in effect for Kawauchi and Ojin in Tokushima City because of the danger of flooding. The river has risen. Elderly people, and all who need time, must leave dangerous places now. Everyone else: get ready."},
{en, "late evac.l4",
 "Ordered at 11:50 on November 22: Tokushima City: flooding, Warning Level 4, Evacuation Order (Kawauchi, Ojin)",
 "EARLIER LEVEL 4", "EARLIER LV4 EVACUATE: Tokushima City",
 "Warning Level 4, Evacuation Order. This is an announcement from Tokushima City. A Level 4 Evacuation Order is in effect for Kawauchi and Ojin in Tokushima City because of the danger of flooding. This was ordered at 11:50 on November 22. The river has risen. Everyone must leave dangerous places now. If going out is dangerous, move to a high floor of a building nearby."},
{en, "drill cancel evac.l4",
 "【訓練】DRILL: CANCELLED: Tokushima City: flooding, Warning Level 4, Evacuation Order (Kawauchi, Ojin)",
 "DRILL CANCELLED", "DRILL LV4 CANCELLED: Tokushima City",
 "This is a drill. Warning Level 4, Evacuation Order cancelled. This is an announcement from Tokushima City. The Level 4 Evacuation Order announced for Kawauchi and Ojin in Tokushima City because of the danger of flooding was a mistake and is cancelled. You need not act on it. Check whether other orders are in effect. This was a drill."},
{en, "new evac.none",
 "Tokushima City: no evacuation order in force as of 11:50 on November 22",
 "NO ORDER NOW", "No evacuation order: Tokushima City",
 "No evacuation order in force. This is an announcement from Tokushima City. No evacuation order is in force in Tokushima City as of 11:50 on November 22."},
};
// clang-format on

class OnAir : public ::testing::TestWithParam<Row> {};

TEST_P(OnAir, IsSaidLikeThis) {
  const auto& row = GetParam();
  const auto composition = composition_of(row.said);
  const auto saying = saying_of(composition, composition.lines[0], row.phrases);
  EXPECT_EQ(headline(saying, row.phrases), row.headline);
  EXPECT_EQ(ticker(saying, row.phrases, 15), row.ticker15);
  EXPECT_EQ(ticker(saying, row.phrases, 40), row.ticker40);
  EXPECT_EQ(radio_script(saying, row.phrases), row.radio);
}

INSTANTIATE_TEST_SUITE_P(ReadyText, OnAir, ::testing::ValuesIn(rows));

}  // namespace
}  // namespace noroshi::jp
