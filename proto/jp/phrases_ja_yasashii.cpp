#include "proto/jp/phrases.hpp"

namespace noroshi::jp {
namespace {

constexpr std::string_view issued = "{where}は、{hazard}で 危ないです。{order}が 出ました。";
constexpr std::string_view ended = "{where}の {order}は 終わりました。";
constexpr std::string_view taken_back = "{where}の {order}は、まちがいでした。取り消します。";
constexpr std::string_view lift_action =
    "もう 逃げなくて いいです。危ない 場所には、まだ 近くに 行かないで ください。";

}  // namespace

// clang-format off
// やさしい日本語: short sentences, blanks between the words, no polite forms beyond です and ます.
const Phrases phrases_ja_yasashii = {
    .tag = "ja-x-yasashii",
    .orders = {{
        {"evac.l5", "警戒レベル5", "緊急安全確保", "レベル5 とても 危ない", "レベル5 危ない", "すぐに 安全な ところへ",
         "すぐに 今いる 場所で いちばん 安全な ところへ 行って ください。",
         "レベル5 終わり", "レベル5 終わり", lift_action, "レベル5 まちがい", "レベル5 まちがい", issued, ended, taken_back},
        {"evac.l4", "警戒レベル4", "避難指示", "レベル4 全員 逃げて", "レベル4 逃げて", "危ない 場所から すぐに 出て",
         "危ない 場所に いる 人は、全員 すぐに 逃げて ください。",
         "レベル4 終わり", "レベル4 終わり", lift_action, "レベル4 まちがい", "レベル4 まちがい", issued, ended, taken_back},
        {"evac.l3", "警戒レベル3", "高齢者等避難", "レベル3 お年寄りは 逃げて", "レベル3 準備して", "時間が かかる 人は 逃げて",
         "逃げるのに 時間が かかる 人は、危ない 場所から 逃げて ください。",
         "レベル3 終わり", "レベル3 終わり", lift_action, "レベル3 まちがい", "レベル3 まちがい", issued, ended, taken_back},
        {"evac.zone", "", "警戒区域", "入らないで", "入らないで", "中に いる 人は すぐに 出て",
         "ここは 危ないです。入らないで ください。中に いる 人は、すぐに 出て ください。",
         "入っても いい", "入っても いい",
         "入る ことが できます。気を つけて ください。",
         "警戒区域 まちがい", "警戒区域 まちがい",
         "{where}は、{hazard}で 危ないです。入っては いけない 場所（警戒区域）に なりました。",
         "{where}は、入っては いけない 場所（警戒区域）では なくなりました。",
         "{where}が 入っては いけない 場所（警戒区域）だと いう お知らせは、まちがいでした。取り消します。"},
    }},
    .hazards = {{
        {"flood", "洪水（川の 水が あふれること）"}, {"landslide", "土砂災害（山や がけが くずれること）"},
        {"stormsurge", "高潮（海の 水が 高くなること）"}, {"earthquake", "地震"},
        {"tsunami", "津波（海から 大きな 波が 来ること）"}, {"largefire", "大きな 火事"},
        {"inlandflood", "大雨（道や 家に 水が たまること）"}, {"volcano", "火山（山から 火や 石が 出ること）"},
        {"wind", "強い 風"}, {"snow", "たくさんの 雪"}, {"cbrne", "危ない ガスや 薬"},
        {"attack", "攻撃"}, {"other", "災害"},
    }},
    .reasons = {{
        {"riverlevel", "川の 水が 増えた"}, {"jma", "気象庁が 危ないと 言った"},
        {"damleak", "川や ダムの かべから 水が 出ている"}, {"collapse", "山や がけが くずれそうだ"},
        {"tsunami", "津波が 来るかもしれない"}, {"other", ""},
    }},
    .order = "{level} {name}",
    .lift = "{order} 終わり",
    .retract = "【まちがいでした】",
    .lifted = "{name} 終わり",
    .null_report = "避難の お知らせは 出て いません",
    .null_action = "{time}、{place}では 避難の お知らせは 出て いません。",
    .still_ordered = "でも、同じ 場所に ほかの お知らせが 出て います。まだ 逃げて いて ください。",
    .retract_action = "この お知らせは 守らなくて いいです。ほかの お知らせが ないか、見て ください。",
    .headline = "{place} {hazard} {order}{districts}",
    .null_headline = "{place} 避難の お知らせは 出て いません（{time}）",
    .tickers = {"{mark}{place} {hazard} {short} {districts} {act}",
                "{mark}{place} {hazard} {short} {districts}",
                "{mark}{place} {hazard} {short} {act}",
                "{mark}{place} {hazard} {short}",
                "{mark}{place} {short}",
                "{mark}{place} {brief}",
                "{mark}{short}",
                "{mark}{brief}"},
    .null_tickers = {"{mark}{place} 避難の お知らせは 出て いません（{time}）",
                     "{mark}{place} 避難の お知らせは 出て いません",
                     "{mark}{place} お知らせ なし",
                     "{mark}避難の お知らせ なし"},
    .listed = "（{districts}）",
    .separator = "、",
    .more = "ほかに {count}か所",
    .parts = "一部の 場所",
    .parts_of = "{place}の 一部の 場所",
    .opening = "{order}です。",
    .lift_opening = "{order}は 終わりました。",
    .retract_opening = "{order}は まちがいでした。",
    .null_opening = "避難の お知らせは 出て いません。",
    .speaker = "{speaker}からの お知らせです。",
    .because = "{reason}からです。",
    .stated = "理由は、{reason}です。",
    .whole = "{place}の 全部",
    .within = "{place}の {districts}",
    .comma = "、",
    .last_comma = "、",
    .between = " ",
    .drill = {"", "【訓練】", "これは 訓練です。逃げる 練習です。"},
    .correction = {"【訂正】", "【訂正】", "さっきの お知らせに まちがいが ありました。これが 正しい お知らせです。"},
    .late = {"【{time}に 出ました】", "【前に出た】", "これは、{time}に 出た お知らせです。"},
    .drill_closing = "これは 訓練でした。",
    .time = "{month}月{day}日 {hour}時{minute}分",
    .full_hour = "{month}月{day}日 {hour}時",
    .months = {},
};
// clang-format on

}  // namespace noroshi::jp
