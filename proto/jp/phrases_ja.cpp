#include "proto/jp/phrases.hpp"

namespace noroshi::jp {
namespace {

constexpr std::string_view issued = "{where}に、{hazard}の{order}を発令しました。";
constexpr std::string_view ended = "{where}に出していた、{hazard}の{order}を解除しました。";
constexpr std::string_view taken_back =
    "{where}に出した、{hazard}の{order}は誤りでした。取り消します。";
constexpr std::string_view lift_action =
    "避難の必要はなくなりました。危険な場所には、引き続き近づかないでください。";

}  // namespace

// clang-format off
const Phrases phrases_ja = {
    .tag = "ja-JP",
    .orders = {{
        {"evac.l5", "警戒レベル5", "緊急安全確保", "レベル5緊急安全確保", "緊急安全確保", "直ちに安全確保",
         "命の危険 直ちに安全確保！すでに災害が起きているか、差し迫っています。今いる場所で、少しでも安全なところへ移ってください。",
         "緊急安全確保 解除", "緊急安全確保解除", lift_action, "緊急安全確保 取消", "緊急安全確保取消", issued, ended, taken_back},
        {"evac.l4", "警戒レベル4", "避難指示", "レベル4避難指示", "避難指示", "全員避難",
         "危険な場所から全員避難してください。外に出るのが危ないときは、近くの建物の高い階へ移ってください。",
         "避難指示 解除", "避難指示解除", lift_action, "避難指示 取消", "避難指示取消", issued, ended, taken_back},
        {"evac.l3", "警戒レベル3", "高齢者等避難", "レベル3高齢者等避難", "高齢者等避難", "高齢者等は避難",
         "危険な場所から高齢者等は避難してください。ほかの人も、避難の準備をしてください。",
         "高齢者等避難 解除", "高齢者等避難解除", lift_action, "高齢者等避難 取消", "高齢者等避難取消", issued, ended, taken_back},
        {"evac.zone", "", "警戒区域", "警戒区域", "警戒区域", "立入禁止",
         "警戒区域に入らないでください。中にいる人は、直ちに外へ出てください。",
         "警戒区域 解除", "警戒区域解除",
         "立入りの制限はなくなりました。引き続き、足元などに気を付けてください。",
         "警戒区域 取消", "警戒区域取消",
         "{where}に、{hazard}による警戒区域を設定しました。",
         "{where}に設定していた、{hazard}による警戒区域を解除しました。",
         "{where}に設定した、{hazard}による警戒区域は誤りでした。取り消します。"},
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
    .retract = "【取消】",
    .lifted = "{name} 解除",
    .null_report = "発令中の避難情報なし",
    .null_action = "{time}現在、{place}に発令中の避難情報はありません。",
    .still_ordered = "ただし、同じ場所に出ている別の避難情報は、まだ続いています。避難を続けてください。",
    .retract_action = "この情報に従う必要はありません。ほかの避難情報が出ていないか、確かめてください。",
    .headline = "{place} {hazard} {order}{districts}",
    .null_headline = "{place} 発令中の避難情報なし（{time}現在）",
    .tickers = {"{mark}{place} {hazard} {short} {districts} {act}",
                "{mark}{place} {hazard} {short} {districts}",
                "{mark}{place} {hazard} {short} {act}",
                "{mark}{place} {hazard} {short}",
                "{mark}{place} {short}",
                "{mark}{place} {brief}",
                "{mark}{short}",
                "{mark}{brief}"},
    .null_tickers = {"{mark}{place} 発令中の避難情報なし（{time}現在）",
                     "{mark}{place} 発令中の避難情報なし",
                     "{mark}{place} 避難情報なし",
                     "{mark}避難情報なし"},
    .listed = "（{districts}）",
    .separator = "・",
    .more = "ほか{count}地区",
    .parts = "一部の地区",
    .parts_of = "{place}の一部の地区",
    .opening = "{order}。",
    .lift_opening = "{order}、解除。",
    .retract_opening = "{order}、取消。",
    .null_opening = "発令中の避難情報なし。",
    .speaker = "{speaker}からお知らせします。",
    .because = "{reason}ためです。",
    .stated = "理由は、{reason}です。",
    .whole = "{place}全域",
    .within = "{place}の{districts}",
    .comma = "、",
    .last_comma = "、",
    .between = "",
    .drill = {"", "【訓練】", "これは訓練です。"},
    .correction = {"【訂正】", "【訂正】", "先ほどお伝えした内容には誤りがありました。正しくは次のとおりです。"},
    .late = {"【{time}発令】", "【発令済み】", "これは、{time}に発令したものです。"},
    .drill_closing = "以上は訓練です。",
    .time = "{month}月{day}日{hour}時{minute}分",
    .full_hour = "{month}月{day}日{hour}時",
    .months = {},
};
// clang-format on

}  // namespace noroshi::jp
