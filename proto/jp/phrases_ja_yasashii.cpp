#include "proto/jp/phrases.hpp"

namespace noroshi::jp {

// clang-format off
// やさしい日本語: short sentences, blanks between the words, no polite forms beyond です and ます.
const Phrases phrases_ja_yasashii = {
    .tag = "ja-x-yasashii",
    .orders = {{
        {"evac.l5", "警戒レベル5", "緊急安全確保", "レベル5 とても 危ない", "すぐに 安全な ところへ",
         "すぐに 今いる 場所で いちばん 安全な ところへ 行って ください。"},
        {"evac.l4", "警戒レベル4", "避難指示", "レベル4 逃げて", "全員 逃げて",
         "危ない 場所に いる 人は、全員 すぐに 逃げて ください。"},
        {"evac.l3", "警戒レベル3", "高齢者等避難", "レベル3 早く 逃げて", "時間が かかる 人は 逃げて",
         "逃げるのに 時間が かかる 人は、危ない 場所から 逃げて ください。"},
        {"evac.zone", "", "警戒区域", "入らないで", "入らないで",
         "ここは 危ないです。入らないで ください。中に いる 人は、すぐに 出て ください。"},
    }},
    .hazards = {{
        {"flood", "洪水（川の 水が あふれること）"}, {"landslide", "土砂災害（山や がけが くずれること）"},
        {"stormsurge", "高潮（海の 水が 高くなること）"}, {"earthquake", "地震"},
        {"tsunami", "津波（海から 大きな 波が 来ること）"}, {"largefire", "大きな 火事"},
        {"inlandflood", "雨の 水が たまること"}, {"volcano", "火山（山から 火や 石が 出ること）"},
        {"wind", "強い 風"}, {"snow", "たくさんの 雪"}, {"cbrne", "危ない ガスや 薬"},
        {"attack", "攻撃"}, {"other", "災害"},
    }},
    .reasons = {{
        {"riverlevel", "川の 水が 増えた"}, {"jma", "気象庁が 危ないと 言った"},
        {"damleak", "川や ダムの かべから 水が 出ている"}, {"collapse", "山や がけが くずれそうな"},
        {"tsunami", "津波が 来るかもしれない"}, {"other", ""},
    }},
    .order = "{level} {name}",
    .lift = "{order} 終わり",
    .lifted = "{name} 終わり",
    .null_report = "今は 逃げなくて いいです",
    .null_action = "今、逃げなければ ならない 場所は ありません。",
    .lift_action = "もう 逃げなくて いいです。危ない 場所には、まだ 近くに 行かないで ください。",
    .headline = "{place} {hazard} {order}{districts}",
    .null_headline = "{place} 今は 逃げなくて いいです",
    .listed = "（{districts}）",
    .separator = "、",
    .more = "ほかに {count}",
    .whole = "の 全部",
    .opening = "{order}です。",
    .speaker = "{speaker}からの お知らせです。",
    .issued = "{where}は、{hazard}で 危ないです。{order}が 出ました。",
    .ended = "{where}の {order}は 終わりました。",
    .because = "{reason}からです。",
    .stated = "理由は、{reason}です。",
    .within = "の ",
    .comma = "、",
    .between = " ",
};
// clang-format on

}  // namespace noroshi::jp
