#include "proto/jp/phrases.hpp"

namespace noroshi::jp {

// clang-format off
const Phrases phrases_ja = {
    .tag = "ja-JP",
    .orders = {{
        {"evac.l5", "警戒レベル5", "緊急安全確保", "レベル5緊急安全確保", "直ちに安全確保",
         "命の危険 直ちに安全確保！すでに災害が起きているか、差し迫っています。今いる場所で、少しでも安全なところへ移ってください。"},
        {"evac.l4", "警戒レベル4", "避難指示", "レベル4避難指示", "全員避難",
         "危険な場所から全員避難してください。外に出るのが危ないときは、近くの建物の高い階へ移ってください。"},
        {"evac.l3", "警戒レベル3", "高齢者等避難", "レベル3高齢者等避難", "高齢者等は避難",
         "危険な場所から高齢者等は避難してください。ほかの人も、避難の準備をしてください。"},
        {"evac.zone", "", "警戒区域", "警戒区域", "立入禁止",
         "警戒区域に入らないでください。中にいる人は、直ちに外へ出てください。"},
    }},
    .hazards = {{
        {"flood", "洪水"}, {"landslide", "土砂災害"}, {"stormsurge", "高潮"},
        {"earthquake", "地震"}, {"tsunami", "津波"}, {"largefire", "大規模な火事"},
        {"inlandflood", "内水氾濫"}, {"volcano", "火山現象"}, {"wind", "暴風"}, {"snow", "大雪"},
        {"cbrne", "有害物質"}, {"attack", "武力攻撃"}, {"other", "災害"},
    }},
    .reasons = {{
        {"riverlevel", "川の水位が上がった"}, {"jma", "気象庁の発表があった"},
        {"damleak", "堤防やダムから水が漏れている"}, {"collapse", "斜面が崩れるおそれがある"},
        {"tsunami", "津波のおそれがある"}, {"other", ""},
    }},
    .order = "{level} {name}",
    .lift = "{order} 解除",
    .lifted = "{name} 解除",
    .null_report = "発令中の避難情報なし",
    .null_action = "現在、発令中の避難情報はありません。",
    .lift_action = "避難の必要はなくなりました。危険な場所には、引き続き近づかないでください。",
    .headline = "{place} {hazard} {order}{districts}",
    .null_headline = "{place} 発令中の避難情報なし",
    .listed = "（{districts}）",
    .separator = "・",
    .more = "ほか{count}地区",
    .whole = "全域",
    .opening = "{order}。",
    .speaker = "{speaker}からお知らせします。",
    .issued = "{where}に、{hazard}の{order}を発令しました。",
    .ended = "{where}の、{hazard}の{order}を解除しました。",
    .because = "{reason}ためです。",
    .stated = "理由は、{reason}です。",
    .within = "の",
    .comma = "、",
    .between = "",
};
// clang-format on

}  // namespace noroshi::jp
