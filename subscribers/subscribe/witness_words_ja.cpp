#include "subscribers/subscribe/witness_words.hpp"

namespace noroshi::subscribers {

const WitnessWords witness_words_ja = {
    .witness =
        "ハブのログを確かめる間隔 (秒)。署名された内容が前回の続きかどうかを見る。0 "
        "なら確かめない。"
        "\n"
        "置き場所があるときは 300",
    .witness_state = "最後に確かめたチェックポイントの置き場所。省略時は --out の中の witness",
    .audit_key =
        "ハブのログの鍵。ハブの audit.pub の 1 行、またはそのファイル。ハブごとに 1 つ。\n"
        "省略時はハブが最初に示したもの",
    .cosign = "確かめたものに、この鍵 (`witness init` で作る) で連署し、ハブに渡す",
    .about =
        "情報は受け取らず、ハブのログを見守ります。ハブが署名したものを取り寄せ、前に署名したものの"
        "\n"
        "続きであることを確かめます。ハブに登録のある人なら誰でも、別のハブからでも使えます。\n"
        "標準出力へ、1 回につき 1 行の JSON。",
    .examples =
        "例:\n"
        "  noroshi-subscribe witness --hub https://hub.example:8443 --ca ca.pem \\\n"
        "      --token-file tv.token --state /var/lib/witness\n"
        "      5 分ごと。最初に示された鍵を信じて表示する。audit.pub と見比べること\n"
        "  noroshi-subscribe witness … --state /var/lib/witness --audit-key audit.pub\n"
        "      "
        "この鍵のチェックポイントだけを認める。復元でログの名前が変わり、運用者に確かめた後も\n"
        "      これで指定する\n"
        "  noroshi-subscribe witness … --state /var/lib/witness --once\n"
        "      1 回だけ (cron 用)。0 で終わる。前に見たものと食い違えば 6\n"
        "  noroshi-subscribe witness init tv.example tv-witness.key\n"
        "      鍵を作り (chmod 600)、ハブの運用者が noroshi.toml の witnesses "
        "に書くものを表示する\n"
        "  noroshi-subscribe witness … --state /var/lib/witness --cosign tv-witness.key\n"
        "      続いていれば連署する。ハブは /v1/audit/checkpoint でほかの人に示す\n"
        "終了コード: 0 続いている、1 見られなかった、2 使い方、3 設定、4 許可なし、\n"
        "6 巻き戻し・分岐・署名違い・別のログ (証拠は置き場所に残る)、130 中断",
    .hub = "ハブ: https://ホスト:ポート",
    .ca = "ハブのCA証明書のファイル。省略時はシステムのもの",
    .token_file = "ハブのトークンのファイル、chmod 600",
    .state = "最後に確かめたチェックポイントと証拠の置き場所。複数のハブで共用できる",
    .once = "1 回確かめて終わる",
    .every = "確かめる間隔 (秒)",
    .quiet = "標準エラーにはエラーだけを出す",
    .bad_key = "--audit-key {}: {}",
    .bad_cosigner = "--cosign {}: {}",
    .one_hub = "見守るハブは 1 つずつです",
    .init_usage =
        "使い方: noroshi-subscribe witness init 名前 ファイル。ファイルはまだ無いものを指定します",
    .first =
        "{}: ログを初めて確かめました: {}、{} 件。以後この鍵を信じます。ハブの audit.pub "
        "と見比べて\nください: {}",
    .first_pinned = "{}: ログを初めて確かめました: {}、{} 件。指定された鍵の署名です",
    .consistent = "{}: ログは続いています。{} 件",
    .rolled_back =
        "監査警報 AUDIT ALARM rolled_back: {} のログは {} 件です。以前 {} 件と署名していました。\n"
        "記録が失われたか、隠されています",
    .split =
        "監査警報 AUDIT ALARM split: {} の示す {} 件のログは、以前に示した {} "
        "件の続きではありません。"
        "\n"
        "過去が書き換えられたか、ほかの人には別のものが示されています",
    .wrong_signature =
        "監査警報 AUDIT ALARM wrong_signature: {} "
        "のチェックポイントは、ログの鍵で署名されていません",
    .other_log =
        "監査警報 AUDIT ALARM other_log: {} のログが前と別のものです: {} (前は {}){}。\n"
        "復元や新設であることを運用者に確かめ、新しい audit.pub を --audit-key "
        "で指定してください",
    .same_key = " (署名の鍵は同じ。復元の後はこうなります)",
    .another_key = " (署名の鍵も別)",
    .unseen = "{}: ログを確かめられませんでした: {}",
    .evidence = "証拠: {}",
    .no_evidence = "証拠を書けませんでした: {}",
    .call = "ハブの運用者に連絡し、証拠を保管してください",
    .not_cosigned = "{}: ログは続いていますが、ハブが連署を受け取りません: {}",
};

}  // namespace noroshi::subscribers
