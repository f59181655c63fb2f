#include "subscribers/subscribe/words.hpp"

namespace noroshi::subscribers {

const Words words_ja = {
    .code = "ja",
    .about = "ハブから自局あての情報を受け取り、保存または引き渡しを済ませてから受領を返します。",
    .examples =
        "例:\n"
        "  noroshi-subscribe --hub https://hub.example:8443 --ca ca.pem --token-file tv.token\n"
        "      標準出力へ、1件1行のJSON\n"
        "  noroshi-subscribe --hub https://hub.example:8444 --ca ca.pem \\\n"
        "      --cert subscriber-tv.pem --key subscriber-tv.key\n"
        "      クライアント証明書で、相互 TLS のポートへ\n"
        "  noroshi-subscribe --hub https://a.example:8443 --hub https://b.example:8443 …\n"
        "      a につながらない間は b から。両方から届いた情報は1度だけ引き渡す\n"
        "  noroshi-subscribe … --format ticker\n"
        "      1件1行の日本語\n"
        "  noroshi-subscribe … --format ticker --width 40\n"
        "      発信者が用意した文を、40 文字以内で\n"
        "  noroshi-subscribe … --format radio    読み上げ原稿\n"
        "  noroshi-subscribe … --format geojson  地図用\n"
        "  noroshi-subscribe … --out /var/spool/alerts\n"
        "      <通番>.xml をディスクに書き終えてから受領を返す。続きから再開する\n"
        "  noroshi-subscribe … --out /var/spool/alerts --states --format ticker\n"
        "      置き換え・取消・解除・期限切れも標準出力に出す\n"
        "  noroshi-subscribe --standing --out /var/spool/alerts\n"
        "      いま発表中のもの。ハブには問い合わせない。受信中でもよい\n"
        "  noroshi-subscribe … --exec \"/usr/local/bin/on-air --channel 'studio 1'\"\n"
        "      1件ごとにコマンドを実行 (シェルは使わない)。XMLは標準入力、要点は NOROSHI_… に入る\n"
        "  noroshi-subscribe … --exec /usr/local/bin/l-shape --on-air tv.lshape --receipts "
        "/var/spool/r\n"
        "      コマンドが受け取ったものを放送中とハブに報告する。報告は記録されるまで残る\n"
        "  noroshi-subscribe … --drill shakeout-2026 --token-file tv-drill.token\n"
        "      訓練のストリーム。本番の情報は、並行して動かす本番の受信に届く\n"
        "  noroshi-subscribe witness --help\n"
        "      受信せずにハブのログを見守る。--out のある受信は自分でも確かめる\n"
        "終了コード: 0 指定どおり終了、1 失敗、2 使い方、3 設定、4 許可なし、\n"
        "6 別のログまたは別の受信、130 中断",
    .hub =
        "ハブ: https://ホスト:ポート。複数回 (またはコンマ区切りで) 指定すると、先のものから順に\n"
        "つながるものを使い、先のものが復帰すれば戻る",
    .ca = "ハブのCA証明書のファイル、またはハブごとに1つずつ。省略時はシステムのもの",
    .token_file = "受信者のトークンのファイル、chmod 600。またはハブごとに1つずつ",
    .cert = "トークンの代わりに使うクライアント証明書(相互 TLS のポート用)",
    .key = "その秘密鍵、chmod 600",
    .context = "contexts.toml (~/.config/noroshi) に書いた接続先: hub ca token-file cert key drill",
    .one_identity =
        "--token-file か、--cert と --key の組か、どちらか一方だけを指定してください(NOROSHI_… "
        "も確認)",
    .drill = "本番ではなく、この訓練のストリームを受ける。その訓練専用のトークンが必要",
    .from =
        "この通番から、または now (いま以降。間のものは受領済みになる) から始める。\n"
        "省略時はハブが覚えている位置から。フォルダは前の続きから",
    .format =
        "標準出力の形: json (1 行に 1 件、内容すべて)、xml (受理されたままのバイト列)、geojson\n"
        "(1 行に 1 つの FeatureCollection)、ticker (1 行の文)、radio (読み上げ原稿と空行)",
    .width = "ticker の全角文字数。発信者が用意した文を 1 行ずつ出す",
    .language =
        "ticker、radio、geojson の文の言語。ja-JP、en など。省略時は登録内容、次に LANG のもの",
    .out = "このフォルダに <通番>.xml を書く",
    .exec =
        "1件ごとにこのコマンドを実行する。空白で引数を区切り、'…' と \"…\" でまとめる。\n"
        "展開は一切しない",
    .exec_timeout = "コマンドの制限時間 (秒)",
    .ack =
        "受領を返す時: stored (書き終えた時。--exec では不可) または handled (コマンドが0で\n"
        "終わった時)",
    .states =
        "情報の状態が変わるたびに標準出力へ 1 行出す: stands (発表中)、unlifted "
        "(期限切れ・未解除)、\n"
        "superseded (置き換え)、cancelled (取消)、lifted (解除)、expired (期限切れ)、said\n"
        "(解除の知らせなど、それ自体は何も求めないもの)。--format は json か ticker",
    .standing = "--out のフォルダにある発表中のものを、レベルの高い順に表示して終わる",
    .on_air =
        "保存または処理した情報をこの媒体で放送・表示中と報告し、取消の対象は取り下げたと報告する:"
        "\n"
        "tv.lshape tv.data radio signage app web carnav cell。--out か --receipts が必要",
    .receipts = "ハブが記録するまで報告を置くフォルダー。省略時は --out の中の receipts",
    .count = "この件数で終わる",
    .quiet = "標準エラーにはエラーだけを出す",
    .help = "これを表示して終わる",
    .version = "版を表示して終わる",
    .bad_url = "--hub {}: {}",
    .hubs_and_files =
        "ハブは 8 つまで、--ca と --token-file は全体で 1 つかハブごとに 1 つずつです",
    .bad_drill = "--drill {}: 訓練の ID ではありません",
    .bad_from = "--from {}: 通番でも now でもありません",
    .bad_format = "--format {}: json、xml、geojson、ticker、radio のいずれかです",
    .width_of_ticker = "--width は --format ticker のためのものです",
    .bad_ack = "--ack {}: stored か handled です",
    .ack_needs_store =
        "--ack stored: --exec は保存をしません。--out を使うか、--ack handled にしてください",
    .bad_exec = "--exec: {}",
    .bad_medium =
        "--on-air {}: 媒体ではありません: tv.lshape tv.data radio signage app web carnav cell",
    .needed = "{} が必要です",
    .out_and_format = "--format は標準出力用です。--out や --exec とは使えません",
    .states_format = "状態は --format json か ticker で、--width なしで表示します",
    .unknown_context = "--context {}: そのような接続先はありません。{}",
    .context_unfit = "--context {}: 接続先のファイルが使えません。{}",
    .connected = "{} に {} として接続: チャンネル {}、環境 {}、通番 {} の次から",
    .back = "ハブが復帰しました ({} ぶり)",
    .trying_again = "{}。{} 後にもう一度試します",
    .trying_next = "{}: {}。{} を {} 後に試します",
    .log_changed = "ハブのログが前と別のものです。通番は新しく始まります (エポック {})",
    .declined = "ハブは報告 {} を記録しません: {} ({})",
    .stopping = "終了します。処理中のものは先に済ませます",
    .no_index = "{}: ここではまだ何も受け取っていません",
    .as_of = "発表中 {} 件 (ハブの時計で {} 現在)",
    .passed = "通番 {} は時機を過ぎました ({})。コマンドは実行しません",
    .run_exited = "通番 {}: コマンドが終了コード {} で失敗しました。{} 後にもう一度実行します",
    .run_killed = "通番 {}: コマンドがシグナル {} で終わりました。{} 後にもう一度実行します",
    .run_too_slow =
        "通番 {}: コマンドが制限時間を超えたので終わらせました。{} 後にもう一度実行します",
    .run_not_started = "通番 {}: コマンドを実行できません ({})。{} 後にもう一度実行します",
    .name_unknown = "ハブのホスト名が見つかりません ({})",
    .unreachable = "ハブに接続できません ({})",
    .timed_out = "ハブから応答がありません",
    .certificate_untrusted = "ハブの証明書を信頼できません。--ca は正しいファイルですか ({})",
    .certificate_name = "ハブの証明書は別のホスト名のものです ({})",
    .tls = "安全な接続ができません ({})",
    .not_allowed = "ハブがこのトークンを受け付けません ({})",
    .busy = "ハブがいま受け付けられません ({})",
    .not_a_hub = "接続先はハブのストリームではありません ({})",
    .protocol = "ハブの通信が規約に反しています ({})",
    .silent = "ハブから長いあいだ何も届きません",
    .cut = "ハブとの接続が切れました {}",
    .goodbye = "ハブが接続を終えました ({})",
    .replaced = "同じ受信者の別の受信が引き継ぎました {}",
    .suspended = "この受信者は停止されています {}",
    .rolled_back =
        "ハブのログが手元より前で終わっています。記録が失われています。運用者に連絡してください {}",
    .drill_over = "訓練は終わりました ({})",
    .other_channel = "ハブのストリームが、指定したものと違います: {}。何も受け取っていません",
};

}  // namespace noroshi::subscribers
