#include "publishers/publish/words.hpp"

namespace noroshi::publishers {

const Words words_ja = {
    .language = cap::Language::japanese,
    .code = "ja",
    .about = "情報を検査し、発信し、届き具合を確かめます。",
    .examples =
        "例:\n"
        "  noroshi-publish validate order.xml\n"
        "  noroshi-publish send order.xml --hub https://hub.example:8443 --ca ca.pem \\\n"
        "      --token-file city.token --wait delivered\n"
        "  noroshi-publish status 17 --watch\n"
        "終了コード: 0 成功、1 失敗、2 使い方、3 設定、4 拒否、5 該当なし、6 矛盾、\n"
        "7 受理されたが配達を時間内に確かめられない、130 中断",
    .validate = "ハブを使わずに、CAP 1.2 と CAP-JP の規則で検査します。",
    .validate_examples =
        "例:\n"
        "  noroshi-publish validate order.xml shelter.xml\n"
        "  noroshi-publish validate --json - < order.xml\n"
        "一つでも拒否なら終了コード 4",
    .sign = "情報に XML 署名を付けます。",
    .sign_examples =
        "例:\n"
        "  noroshi-publish sign order.xml --key city.key --cert city.pem --out signed.xml\n"
        "  noroshi-publish sign - --key city.key --cert city.pem < order.xml | noroshi-publish "
        "send - …\n"
        "ハブの運用者は証明書を noroshi-hub publisher key 362018 add city-2026 city.pem "
        "で登録します。\n"
        "署名済みの情報にもう一つ付けると、発信者と集約者の署名になります。",
    .send = "情報をハブへ発信します。",
    .send_examples =
        "例:\n"
        "  noroshi-publish send order.xml --hub https://hub.example:8443 --ca ca.pem \\\n"
        "      --token-file city.token\n"
        "  noroshi-publish send order.xml --hub https://hub.example:8444 --ca ca.pem \\\n"
        "      --cert publisher-362018.pem --key publisher-362018.key\n"
        "  noroshi-publish send - --wait delivered:connected --timeout 10 < order.xml\n"
        "  noroshi-publish send exercise.xml --drill shakeout-2026 --token-file drill.token\n"
        "同じファイルを何度送っても、情報は一つです。\n"
        "終了コード 7: 受理されたが、待った相手の全員には時間内に届いていない",
    .status = "情報が誰に届いているかを示します。",
    .status_examples =
        "例:\n"
        "  noroshi-publish status 17\n"
        "  noroshi-publish status jp-362018-7b0c9f0e-1 --watch --timeout 60",
    .order = "避難情報を発令します。CAP-JP の電文を作り、送信します。",
    .order_examples =
        "例:\n"
        "  noroshi-publish order --level 4 --hazard flood --district kawauchi --district ojin \\\n"
        "      --reason-code riverlevel --city tokushima.toml --hub https://hub.example:8443 \\\n"
        "      --ca ca.pem --token-file city.token\n"
        "  noroshi-publish order --level 5 --update 17                  レベルを引き上げる\n"
        "  noroshi-publish order --level 4 --hazard tsunami --whole --dry-run\n"
        "  noroshi-publish order --none                                 発令中の避難情報なし\n"
        "--city --hub --ca --token-file は NOROSHI_CITY NOROSHI_HUB NOROSHI_CA\n"
        "NOROSHI_TOKEN_FILE でも指定できます。\n"
        "市町村のファイル (手本: ops/docs/tokushima.toml):\n"
        "  code = \"362018\"\n"
        "  sender = \"city.tokushima.lg.jp\"\n"
        "  name = \"徳島市\"\n"
        "  prefecture = \"徳島県\"\n"
        "  [[districts]]\n"
        "  id = \"kawauchi\"\n"
        "  name = \"川内町\"\n"
        "  [[groups]]\n"
        "  id = \"yoshino\"\n"
        "  districts = [\"kawauchi\"]",
    .correct = "誤って送った避難情報を訂正します。新しい発令としては扱われません。",
    .correct_examples =
        "例:\n"
        "  noroshi-publish correct 17 --level 3 --reason '誤って警戒レベル4を発令した'\n"
        "  noroshi-publish correct 17 --reason '理由の誤り' --reason-code jma",
    .lift = "避難情報を、一部の地区または全部で解除します。",
    .lift_examples =
        "例:\n"
        "  noroshi-publish lift 17\n"
        "  noroshi-publish lift 17 --district ojin",
    .cancel = "送るべきでなかった避難情報を取り消します。",
    .cancel_examples =
        "例:\n"
        "  noroshi-publish cancel 17 --reason '誤送信'\n"
        "正しく発令し、終わったものは取消ではなく解除してください。",
    .city = "市町村のファイル: コード、sender、名称、地区 (ops/docs/contract.md)",
    .from = "変更するアラートのファイル。ハブに問い合わせません",
    .level = "3、4、5 のいずれか",
    .zone = "警戒区域。レベルはありません",
    .none = "発令中の避難情報がないことを報告します",
    .hazard =
        "flood landslide stormsurge earthquake tsunami largefire inlandflood volcano wind "
        "snow cbrne attack other のいずれか",
    .district = "市町村のファイルにある地区またはグループ。いくつでも",
    .lift_district = "地区またはグループ。なければ発令中のすべて",
    .whole = "市町村全域",
    .order_reason = "理由を短く。例 吉野川の水位の上昇。correct と cancel では、その理由",
    .reason_code = "riverlevel jma damleak collapse tsunami other のいずれか",
    .local = "とるべき行動に続けて伝える、市町村からの一文",
    .update = "更新するアラート",
    .decided = "発令を決めた時刻。例 2026-11-22T11:50:00+09:00。省略すると現在",
    .late = "遅延入力。新しい発令としては表示されません",
    .as_draft = "下書きとして出し、二人目の承認を待ちます",
    .dry_run = "電文と、放送される言葉を表示します。送信しません",
    .files = "CAPのファイル (複数可)。- は標準入力",
    .file = "CAPのファイル。- は標準入力",
    .alert = "情報の通番またはCAPのidentifier",
    .hub = "ハブ: https://ホスト:ポート",
    .ca = "ハブのCA証明書のファイル。省略時はシステムのもの",
    .token_file = "発信者のトークンのファイル、chmod 600",
    .cert = "トークンの代わりに使うクライアント証明書(相互 TLS のポート用)",
    .key = "その秘密鍵、chmod 600",
    .context =
        "contexts.toml (~/.config/noroshi) に書いた接続先: hub ca token-file cert key city drill",
    .one_identity =
        "--token-file か、--cert と --key の組か、どちらか一方だけを指定してください(NOROSHI_… "
        "も確認)",
    .drill = "本番ではなく、この訓練に送る。その訓練専用のトークンが必要",
    .wait =
        "あて先の全員、接続中の全員、または N 者が保存し終えるまで待つ:\n"
        "delivered[:all]、delivered:connected、delivered:N。放送・表示の報告まで待つなら\n"
        "shown[:all]、shown:connected、shown:N",
    .timeout = "全体の制限時間 (秒)",
    .watch =
        "全員に届く (--wait があればそのとおりになる) か、制限時間になる (終了コード 7)\n"
        "まで続ける。端末では表を書き直し、それ以外や NO_COLOR では変わった行を出す。\n"
        "切れた接続は自動でつなぎ直し、過ぎた期限は「期限超過」と示す",
    .json = "JSONで出力する",
    .quiet = "標準エラーにはエラーだけを出す",
    .help = "これを表示して終わる",
    .version = "版を表示して終わる",
    .draft = "もう一人の承認が要る情報を起案する(担当者用)",
    .draft_examples =
        "例:\n"
        "  noroshi-publish draft order.xml --hub https://hub.example:8443 --ca ca.pem \\\n"
        "      --token-file kato.token\n"
        "  noroshi-publish draft edited.xml --replaces 4f1c…\n"
        "10分間承認を待ちます。直したものは新しい下書きで、古い下書きは無効になります。",
    .drafts = "この1日の下書きを一覧する",
    .approve = "下書きを承認する(内容そのものに署名。起案者以外の担当者用)",
    .approve_examples =
        "例:\n"
        "  noroshi-publish approve 4f1c… --token-file mori.token\n"
        "放送される内容を示し、レベル(または 解除・取消・はい)の入力を求めます。",
    .withdraw = "下書きを取り下げる",
    .confirm =
        "ハブの確認(409 confirm.required)に「はい」と答える。付けなければ端末で尋ね、\n"
        "端末がなければ送らない(終了コード4)",
    .break_glass = "担当者が一人で送る理由(承認を待てないとき)",
    .replaces = "新しい下書きが受け付けられたら、この ID の下書きを取り下げる",
    .yes = "尋ねない",
    .reason = "理由(監査に残る)",
    .draft_id = "下書きの ID",
    .sign_key = "署名に使う秘密鍵 (PEM、暗号化なし): RSA 2048ビット以上、P-256、P-384",
    .sign_certificate = "その鍵の証明書 (PEM)",
    .sign_out = "書き込むファイル。省くと標準出力",
    .needed = "{} が必要です",
    .bad_url = "--hub {}: {}",
    .bad_drill = "--drill {}: 訓練の ID ではありません",
    .bad_wait =
        "--wait {}: delivered か shown、続けて :all、:connected、:N のいずれかを付けられます",
    .one_stdin = "- (標準入力) は一度だけです",
    .bad_time = "{}: 2026-11-22T11:50:00+09:00 の形の時刻ではありません",
    .bad_word = "{} {}: 使えるのは次のものです: {}",
    .bad_usage = "書き方が違います: {}。--help で確かめてください",
    .needed_identity =
        "発信者が分かりません。--token-file FILE か、--cert FILE と --key FILE か、--context NAME "
        "を付けるか、"
        "NOROSHI_TOKEN_FILE を設定してください",
    .unknown_context = "--context {}: そのような接続先はありません。{}",
    .context_unfit = "--context {}: 接続先のファイルが使えません。{}",
    .valid = "{}: 受理できます",
    .invalid = "{}: 拒否されます",
    .accepted = "受理されました: 通番 {}、あて先 {} 者",
    .known = "すでに受理されています: 通番 {}、あて先 {} 者",
    .drill_mark = "【訓練 {}】",
    .unread = "ハブが読めず、そのまま大きな扱いで配信したもの: {}",
    .trying_again = "{}。{} 後にもう一度試します",
    .waiting = "待っています: {}/{} 者が受領",
    .all_have_it = "{}/{} 者が受領しました",
    .not_in_time = "受理されましたが、時間内に受領したのは {}/{} 者です",
    .report = "通番 {0}: {2}/{3} 者が受領 ({1})",
    .report_shown = "通番 {0}: {2}/{3} 者が放送・表示 ({1})",
    .earlier_shown = "対象をまだ放送・表示しています",
    .earlier_withdrawn = "対象を取り下げました",
    .queued = "配達待ち",
    .delivered = "受領",
    .passed = "見送り",
    .refused = "受取拒否",
    .shown = "放送",
    .replaced = "差替え",
    .withdrawn = "取下げ",
    .connected = "接続中",
    .away = "未接続",
    .overdue = "期限超過: {}",
    .deadline_kept = "  期限 {} {} 秒以内: 全員",
    .deadline_open = "  期限 {} {} 秒以内 ({} まで): あと {} 者",
    .deadline_overdue = "  期限超過 {} {} 秒以内 ({} まで): あと {} 者",
    .medium_counts = "  媒体 {}: 放送中 {}、取下げ {}",
    .more_rows = "  ほか {} 者",
    .line_lost = "再接続中: {}",
    .drafted = "下書き {} は {} まで承認を待ちます",
    .no_drafts = "下書きはありません",
    .draft_withdrawn = "下書き {} を取り下げました",
    .orders = "【発令】",
    .lifts = "【解除】",
    .level_3 = "警戒レベル3(赤)高齢者等避難",
    .level_4 = "警戒レベル4(紫)避難指示",
    .level_5 = "警戒レベル5(黒)緊急安全確保",
    .and_more = " ほか{}件",
    .unreadable = "内容を読み取れません",
    .sign_yes = "はい",
    .sign_lift = "解除",
    .sign_cancel = "取消",
    .type_to_agree = "この内容で送るなら、次のとおり入力してください: {}",
    .nobody_to_ask =
        "尋ねる端末がありません。内容を確かめて --confirm(approve は --yes)を付けてください",
    .not_agreed = "送りませんでした",
    .sign_done = "署名しました: {}",
    .has_signatures = "{}: 署名 {} 個。確かめられるのは、鍵を登録したハブだけです",
    .sign_invalid =
        "{}: CAPの規則に合わないので署名しません。noroshi-publish validate で確かめてください",
    .sign_charset = "{}: UTF-8 の文書にだけ署名できます",
    .sign_end = "{}: alert の後にコメントなどがあるので署名しません。取り除いてください",
    .sign_full = "{}: 署名がもう2個あります",
    .sign_key_unfit =
        "{}: 使える秘密鍵がありません (PEM、暗号化なし、RSA 2048ビット以上・P-256・P-384)",
    .sign_certificate_unfit = "{}: 使える証明書がありません (PEM)",
    .sign_mismatch = "{}: その鍵の証明書ではありません",
    .sign_expired = "{}: 証明書の期限が切れています",
    .sign_not_yet = "{}: 証明書はまだ有効ではありません",
    .too_large = "{}: 2 MiB を超えています",
    .name_unknown = "ハブのホスト名が見つかりません ({})",
    .unreachable =
        "ハブに接続できません ({})。--hub "
        "の宛先とネットワークを確かめ、急ぐときは電話など別の手段も使ってください",
    .timed_out = "ハブが時間内に応答しません {}",
    .certificate_untrusted = "ハブの証明書を信頼できません。--ca は正しいファイルですか ({})",
    .certificate_name = "ハブの証明書は別のホスト名のものです ({})",
    .tls = "安全な接続ができません ({})",
    .cut = "応答の前にハブとの接続が切れました {}",
    .not_a_hub = "接続先はハブではないようです ({})",
    .problem = "ハブが拒否しました: {}",
    .unknown_alert = "ハブに {} という情報はありません",
    .unknown_district = "--district {}: {} にそのような地区・グループはありません。あるもの: {}",
    .not_continued = "この市町村の CAP-JP の避難情報ではないため、変更できません: {}",
    .nothing_in_force =
        "{}: 発令中の地区はもうありません。新しく発令するには --update や ALERT を付けずに order "
        "を使ってください",
    .not_in_force_there =
        "--district {}: {} ではこの地区に発令していません。地区を確かめてください",
    .ambiguous_district = "--district {}: {} に同じ名前の地区が複数あります。id で指定してください",
    .city_unfit =
        "市町村のファイルが使えません (読めない、または不足・重複・知らない項目。書き方は "
        "noroshi-publish order --help)\n{}",
    .identity_unfit = "トークン、証明書、CA のいずれかが使えません: {}",
};

}  // namespace noroshi::publishers
