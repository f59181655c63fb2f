#include "hub/admin/words.hpp"

namespace noroshi::admin {

// One sentence a case: the table is as long as what there is to say.
std::string_view japanese(Say what) {
  switch (what) {
    case Say::directory_missing:
      return "{0}: データディレクトリがありません。`noroshi-hub init {0}` で作ってください";
    case Say::directory_unfinished:
      return "{0}: 前回の `noroshi-hub init` か `restore` "
             "が途中で止まり、このディレクトリは未完成です。警報は入っていません。削除してから "
             "やり直してください";
    case Say::directory_foreign:
      return "{0}: noroshi のデータディレクトリではありません(`format` ファイルがありません)";
    case Say::directory_format:
      return "{0}/format: 形式 {1} はこの版では扱えません(扱えるのは {2})。何も変更していません";
    case Say::directory_not_empty:
      return "{0}: "
             "空ではありません。何も変更していません。新しいディレクトリか空のディレクトリを指定し"
             "てください";
    case Say::init_failed_half_way:
      return "{0}\n{1} は未完成です。削除してからやり直してください";
    case Say::init_done:
      return "ハブのデータディレクトリ {0} を作りました(環境: {1})。\n起動:                   "
             "noroshi-hub serve --data {0}\n利用者に配る認証局証明書: "
             "{0}/tls/ca.pem\n運用者のトークン:       {0}/keys/operator.token\n認証局の秘密鍵:     "
             "    {0}/tls/ca.key(起動には不要。別の場所に保管できます)";
    case Say::init_demo_done:
      return "見本の県の発信者 {0} 件と購読者 {1} 件を登録しました。トークン: {2}/demo/ID.token";
    case Say::bad_code:
      return "`{0}` は団体コード(6桁)でも "
             "ID(英小文字で始まる英小文字・数字・ハイフン、63字以内)でもありません";
    case Say::bad_check_digit:
      return "`{0}`: 検査数字が違います。正しくは {1} です";
    case Say::bad_area:
      return "`{0}` は地域ではありません。都道府県(36)、市区町村(362018)、またはすべてを表す '*' "
             "を指定してください";
    case Say::bad_subscriber_id:
      return "`{0}` は購読者の ID "
             "ではありません(英小文字・数字・ハイフン、63字以内、両端はハイフン以外)";
    case Say::bad_login:
      return "{0} は login として使えません(英小文字で始まる、英小文字・数字・. - _ @ の2〜63文字)";
    case Say::bad_name:
      return "名称は制御文字を含まない 1〜200 バイトの文字列にしてください";
    case Say::bad_sender:
      return "`{0}` は CAP の sender として使えません(空白・コンマ・<・& を含まない 255 "
             "バイト以内。'*' はすべてを許可)";
    case Say::bad_event:
      return "`{0}` はイベントコードの先頭部分ではありません(evac "
             "のような英小文字・数字・ピリオド・ハイフン)";
    case Say::bad_language:
      return "`{0}` は言語タグ (BCP 47) ではありません。例: ja、en、ja-JP。'*' は言語を問いません";
    case Say::bad_outlet:
      return "`{0}` という出力はありません。使えるもの: {1}";
    case Say::districts_malformed:
      return "JSON として読めません({0} バイト目の後)";
    case Say::districts_no_collection:
      return "features を持つ GeoJSON の FeatureCollection ではありません";
    case Say::districts_too_many:
      return "地物が {0} 件を超えています";
    case Say::districts_too_long:
      return "地区の登録が {0} バイトを超えています。図形を簡略化してください";
    case Say::districts_points:
      return "図形の点が {0} あり、上限の {1} を超えています。簡略化してください";
    case Say::districts_nothing:
      return "何も登録していません";
    case Say::districts_no_municipality:
      return "{0} は市区町村ではありません。地区を持てるのは6桁のコードの団体だけです";
    case Say::districts_done:
      return "{0} の地区を {1} 件登録しました(うち図形あり {2} 件)";
    case Say::districts_removed:
      return "{0} の地区の登録をなくしました";
    case Say::district_place:
      return "{0}: {1} 番目の地物({2}): {3}";
    case Say::district_field:
      return "`{0}` の値が正しくありません";
    case Say::district_bad_id:
      return "id は、空白と : * ; = , を含まない {0} バイト以内の文字列か、整数です";
    case Say::district_twice:
      return "同じ id の地物が他にあります";
    case Say::bad_role:
      return "{0} という役割はありません。{1} から1つ以上指定してください";
    case Say::bad_territory:
      return "{0}: 区域として使えません: {1}";
    case Say::territory_unreadable:
      return "ファイルがないか、読めないか、空です";
    case Say::territory_too_long:
      return "{0} バイトを超えています。簡略化してください";
    case Say::bad_proxy:
      return "`{0}` は代行の指定ではありません。別の発信者のコードと最終日を 360007:2027-03-31 "
             "のように指定します";
    case Say::bad_proxy_end:
      return "`{0}`: 代行権の期限は、現在より後で1年以内にします";
    case Say::proxy_unknown:
      return "{0} に {1} の代行権はありません";
    case Say::too_many_proxies:
      return "代行者は1団体につき {0} までです";
    case Say::list_unreadable:
      return "{0}: ファイルがないか、読めないか、空か、{1} バイトを超えています";
    case Say::list_charset:
      return "UTF-8 でも CP932(Shift_JIS)でもありません";
    case Say::list_too_long:
      return "{0} 行を超えています。残りは読んでいません";
    case Say::list_without_name:
      return "{0} は都道府県ではないのに市区町村名がありません";
    case Say::list_twice:
      return "{0} が重複しています";
    case Say::import_nothing:
      return "何も取り込んでいません。これらの行を直すか、--skip-bad で除いてください";
    case Say::import_would:
      return "登録 {0} 件、名称変更 {1} 件、変更なし {2} 件になります。何も変更していません";
    case Say::import_done:
      return "登録 {0} 件、名称変更 {1} 件、変更なし {2} 件。新しい発信者は sender(`publisher set "
             "CODE --sender VALUE`)とトークン(`publisher token CODE`)を設定すると発信できます";
    case Say::bad_level:
      return "`{0}` は警戒レベルではありません。0(すべて)から 5 を指定してください";
    case Say::bad_host:
      return "`{0}` はホスト名でも IP アドレスでもありません";
    case Say::bad_environment:
      return "`{0}` という環境はありません。使えるもの: live, training, demo";
    case Say::areas_wanted:
      return "{0} には --areas が必要です(コンマ区切りのコード、または '*')";
    case Say::name_wanted:
      return "{0} には --name が必要です";
    case Say::officer_publisher_wanted:
      return "{0}: どの団体の担当者か --publisher CODE で指定してください";
    case Say::officer_publisher_fixed:
      return "{0} は {1} の担当者です。別の団体には別の login を登録してください";
    case Say::nothing_to_set:
      return "{0} について変更する項目がありません";
    case Say::publisher_exists:
      return "発信者 {0} は登録済みです。変更は `publisher set`、トークンの再発行は `publisher "
             "token` で行います";
    case Say::subscriber_exists:
      return "購読者 {0} は登録済みです。変更は `subscriber set`、トークンの再発行は `subscriber "
             "token` で行います";
    case Say::officer_exists:
      return "担当者 {0} は登録済みです。役割の変更は `officer set` で行います";
    case Say::publisher_unknown:
      return "発信者 {0} は登録されていません。`publisher list` で一覧を表示します";
    case Say::subscriber_unknown:
      return "購読者 {0} は登録されていません。`subscriber list` で一覧を表示します";
    case Say::officer_unknown:
      return "担当者 {0} は登録されていません";
    case Say::publisher_registered:
      return "発信者 {0} {1} を登録しました";
    case Say::subscriber_registered:
      return "購読者 {0} {1} を登録しました";
    case Say::officer_registered:
      return "担当者 {0}({1})を登録しました";
    case Say::no_sender:
      return "{0} には sender の値が登録されていないため、警報は拒否されます(auth.sender): "
             "noroshi-hub publisher set {0} --sender VALUE";
    case Say::changed:
      return "{0} を変更しました";
    case Say::suspended:
      return "{0} を停止しました";
    case Say::suspended_already:
      return "{0} はすでに停止中です。何も変更していません";
    case Say::resumed:
      return "{0} を再開しました";
    case Say::resumed_already:
      return "{0} はすでに有効です。何も変更していません";
    case Say::token_replaced:
      return "{0} に新しいトークンを発行しました。古いトークンは無効です";
    case Say::token_written:
      return "トークンは {0} にあります";
    case Say::token_shown_once:
      return "トークン(表示はこの一度だけです):";
    case Say::list_empty:
      return "登録はありません";
    case Say::state_active:
      return "有効";
    case Say::state_suspended:
      return "停止中";
    case Say::label_code:
      return "コード";
    case Say::label_id:
      return "ID";
    case Say::label_login:
      return "login";
    case Say::label_publisher:
      return "団体";
    case Say::label_name:
      return "名称";
    case Say::label_senders:
      return "sender";
    case Say::label_areas:
      return "地域";
    case Say::label_events:
      return "イベント";
    case Say::label_min_level:
      return "最低レベル";
    case Say::label_territory:
      return "区域";
    case Say::label_proxies:
      return "代行者";
    case Say::label_policy:
      return "方針";
    case Say::territory_registered:
      return "登録あり";
    case Say::profile_required:
      return "CAP-JP のみ";
    case Say::anything:
      return "すべて";
    case Say::nothing:
      return "なし";
    case Say::label_keys:
      return "署名の鍵";
    case Say::label_signature:
      return "署名必須";
    case Say::label_districts:
      return "地区";
    case Say::districts_count:
      return "{0} 件(うち図形あり {1} 件)";
    case Say::key_pinned:
      return "{0}(SHA-256 {1}、登録 {2}、期限 {3})";
    case Say::label_polygon:
      return "多角形";
    case Say::polygon_size:
      return "{0} 点、{1:.1f} km2";
    case Say::label_language:
      return "文言の言語";
    case Say::label_outlets:
      return "出力";
    case Say::label_roles:
      return "役割";
    case Say::label_two_people:
      return "二人承認";
    case Say::yes:
      return "あり";
    case Say::no:
      return "なし";
    case Say::label_state:
      return "状態";
    case Say::cert_issued:
      return "{1} の証明書 {0} を発行しました。有効期限: {2}";
    case Say::cert_former_end:
      return "以前の証明書 {0} 件は {1} から拒否します";
    case Say::cert_none_valid:
      return "{0} に有効な証明書はありません。`cert issue` で発行してください";
    case Say::cert_key_taken:
      return "この鍵はすでに {0}(証明書 {1})に登録されています。新しい鍵を作ってください";
    case Say::cert_too_many:
      return "{0} には有効な証明書がすでに {1} 件あります。先に失効させてください";
    case Say::cert_revoked:
      return "{1} の証明書 {0} を失効させました。稼働中のハブはその接続を 5 秒以内に閉じます";
    case Say::cert_revoked_already:
      return "証明書 {0} はすでに失効しています。何も変更していません";
    case Say::cert_unknown:
      return "証明書 {0} はありません。発行済みのものは `cert list` で確認できます";
    case Say::cert_list_empty:
      return "発行済みの証明書はありません";
    case Say::cert_state_valid:
      return "有効";
    case Say::cert_state_ends:
      return "有効({0} から拒否)";
    case Say::cert_state_not_yet:
      return "有効期間前";
    case Say::cert_state_expired:
      return "期限切れ";
    case Say::cert_state_revoked:
      return "失効";
    case Say::cert_written:
      return "証明書: {0}";
    case Say::cert_key_written:
      return "秘密鍵: {0}(0600。持ち主以外に渡さないでください)";
    case Say::cert_authority_missing:
      return "{0}: 認証局の秘密鍵がありません。オフラインに移した場合は、その媒体を用意して "
             "--ca-key FILE で指定してください";
    case Say::cert_authority_ends:
      return "認証局の証明書の期限を超えます。--days を短くしてください";
    case Say::cert_csr_bad:
      return "{0}: PEM 形式の PKCS #10 署名要求ではありません";
    case Say::cert_csr_proof:
      return "{0}: "
             "署名要求がそれ自身の鍵で署名されていないため、送り主がその鍵を持つか確認できません";
    case Say::cert_csr_key:
      return "{0}: 鍵は P-256 に限ります: openssl ecparam -name prime256v1 -genkey";
    case Say::cert_file_exists:
      return "{0} はすでにあります。何も発行していません。別の --out を指定してください";
    case Say::cert_bad_identity:
      return "`{0}` は識別名ではありません。publisher:コード か subscriber:ID "
             "の形で指定してください";
    case Say::cert_serial_or_identity:
      return "シリアル番号か --identity のどちらか一方を指定してください";
    case Say::cert_hub_renewed:
      return "ハブの証明書を {0} まで更新しました(対象: {1})。稼働中のハブには SIGHUP(systemctl "
             "reload noroshi-hub)で反映され、配信は続きます";
    case Say::bad_key_name:
      return "`{0}` は鍵の名前にできません。英小文字・数字・`.`・`-`・`_` で、city-2026 "
             "のように付けます";
    case Say::key_unreadable:
      return "X.509 証明書がありません(PEM または DER、32 kB まで)";
    case Say::key_unfit:
      return "情報の署名に使えない鍵です。RSA 2048〜8192 ビット、P-256、P-384 のいずれかにします";
    case Say::key_too_many:
      return "署名の鍵は1団体につき {0} までです。先にひとつ外してください";
    case Say::key_exists:
      return "{0} にはその証明書か同じ名前の鍵が {1} として登録済みです。先に外してください";
    case Say::key_unknown:
      return "{0} に署名の鍵 {1} はありません";
    case Say::key_added:
      return "{0} の情報への署名に {1} を使えるようにしました: {2}、{3}、期限 {4}";
    case Say::key_removed:
      return "{0} の署名の鍵 {1} を外しました";
    case Say::key_none_left:
      return "{0} は署名が必須ですが鍵が残っていません。このままでは情報をひとつも受け付けません";
    case Say::key_list_empty:
      return "{0} に署名の鍵はありません";
    case Say::webhook_hub_wanted:
      return "動いているハブを通して行います。先に起動してください";
    case Say::webhook_bad_url:
      return "Webhook の URL が使えません: {0}";
    case Say::webhook_bad_payload:
      return "内容は cap か json です";
    case Say::webhook_url_wanted:
      return "{0} にはまだ Webhook がありません。--url で送り先を指定してください";
    case Say::webhook_set:
      return "{0} の Webhook を {1} に送ります(内容 {2})";
    case Say::webhook_secret_wanted:
      return "秘密がないうちは送りません: `noroshi-hub subscriber webhook {0} secret add`";
    case Say::webhook_none:
      return "{0} に Webhook はありません";
    case Say::webhook_shown:
      return "送り先: {0}\n内容: {1}";
    case Say::webhook_standing:
      return "秘密: {0} 個\n届けられなかったもの: {1} 件";
    case Say::webhook_gone:
      return "{0} は 410 Gone と答えたため、再送するか `set` し直すまで送りません";
    case Say::webhook_one_secret:
      return "{0} の秘密は一つだけなので外せません";
    case Say::webhook_has_secret:
      return "{0} にはすでに秘密があります。`secret rotate` で新しいものを並べます";
    case Say::webhook_secret_removed:
      return "{0} の前の秘密による署名を終えました";
    case Say::webhook_secret_rotated:
      return "{0} の新しい秘密です。二度と表示しません。`secret remove` まで両方で署名します";
    case Say::webhook_secret_added:
      return "{0} の秘密です。二度と表示しません。受け手はこれで署名を確かめます";
    case Say::webhook_no_dead:
      return "{0} に届けられなかったものはありません";
    case Say::webhook_not_dead:
      return "{0} にそのような未達はありません。`dead` で確かめてください";
    case Say::webhook_replaying:
      return "{0} へ {1} 件を送り直します";
    case Say::drill_opened:
      return "訓練 {0}({1})を {2} から {3} まで開設しました。発信者 {4} 件、購読者 {5} "
             "件。それぞれに訓練専用のトークンが必要です: `publisher token CODE --drill {0}`、"
             "`subscriber token ID --drill {0}`。職員には `officer token LOGIN --drill {0}`";
    case Say::drill_exists:
      return "訓練 {0} はすでにあります。ID は一度しか使えません";
    case Say::drill_unknown:
      return "訓練 {0} はありません。`drill list` で一覧を表示します";
    case Say::drill_bad_id:
      return "`{0}` は訓練の ID "
             "ではありません(英小文字・数字・ハイフン、63字以内、両端はハイフン以外)";
    case Say::drill_bad_time:
      return "`{0}` は日時ではありません。now、または 2026-11-23T09:00:00+09:00 "
             "の形で指定してください";
    case Say::drill_ends_first:
      return "訓練の終了が開始より前です";
    case Say::drill_over_before:
      return "訓練の終了がすでに過ぎています";
    case Say::drill_too_long:
      return "訓練は最長 {0} 日です";
    case Say::drill_nobody:
      return "訓練には発信者と購読者がそれぞれ1件以上必要です(--publishers、--subscribers)";
    case Say::drill_too_many:
      return "終わっていない訓練が {0} "
             "件あり、これ以上同時には開設できません。先に1件を終えてください";
    case Say::drill_closed:
      return "訓練 {0} を終了しました。稼働中のハブは5秒以内にその接続を切ります";
    case Say::drill_closed_already:
      return "訓練 {0} はすでに終わっています。何も変更していません";
    case Say::drill_list_empty:
      return "訓練は開設されていません";
    case Say::drill_not_taking_part:
      return "{0} は訓練 {1} に参加していません。参加者は `drill show {1}` で表示します";
    case Say::drill_over:
      return "訓練 {0} は終わっています";
    case Say::drill_token_issued:
      return "{0} に、訓練 {1} "
             "専用のトークンを発行しました(/v1/drills/{1}/…)。本番のトークンはそのまま使えます";
    case Say::drill_state_waiting:
      return "開始前";
    case Say::drill_state_open:
      return "実施中";
    case Say::drill_state_over:
      return "終了";
    case Say::label_from:
      return "開始";
    case Say::label_until:
      return "終了予定";
    case Say::label_publishers:
      return "発信者";
    case Say::label_subscribers:
      return "購読者";
    case Say::label_reason:
      return "理由";
    case Say::journal_refused:
      return "ジャーナルが変更を拒否しました: {0}";
    case Say::journal_unknown:
      return "ジャーナルが変更を確認できませんでした。変更されたかどうか不明です: {0}。`show` "
             "で確かめてやり直してください";
    case Say::journal_locked:
      return "{0}: 別のプロセスがジャーナルを使用中ですが、admin.sock "
             "に応答がありません(起動中・停止中のハブ、または別の管理コマンド)"
             "。数秒後にやり直してください";
    case Say::request_malformed:
      return "要求の形式が正しくありません: {0}";
    case Say::request_too_long:
      return "要求が {0} バイトを超えています";
    case Say::peer_refused:
      return "ユーザー {0} はこのハブを管理できません。管理できるのは root "
             "とハブの実行ユーザーだけです";
    case Say::hub_silent:
      return "{0}: ハブから応答がありません: {1}";
    case Say::hub_answer_malformed:
      return "{0}: ハブの応答を読み取れません。版が違う可能性があります";
    case Say::socket_failed:
      return "{0}: {1}";
    case Say::another_hub:
      return "{0}: このデータディレクトリでは別のハブが動いています";
    case Say::no_hub:
      return "{0} ではハブが動いていません。`noroshi-hub serve --data {0}` で起動します";
    case Say::probe_arrived:
      return "{0}  応答あり({1} ms)";
    case Say::probe_not_connected:
      return "{0}  届かず: 接続していません";
    case Say::probe_unanswered:
      return "{0}  届かず: 接続していますが応答がありません";
    case Say::probe_without_steps:
      return "この受信者には、試験を送る経路がありません";
    case Say::probe_unknown:
      return "試験 {0} は見つかりません。ハブが再起動した可能性があります";
    case Say::probe_under_way:
      return "{0} 秒待っても試験が終わりません。接続中の受信者が応答していません";
    case Say::help_test:
      return "受信者のすべての経路に試験を送り、応答を待つ(誰にも表示されません)。"
             "届かない経路があれば終了コード 7";
    case Say::flag_test_timeout:
      return "待つ秒数(1~600)";
    case Say::check_clean:
      return "{0}: 問題はありません";
    case Say::check_unreadable:
      return "{0}: 読めません: {1}";
    case Say::check_mode:
      return "{0}: モード {1:o} では他のユーザーも読めます。次を実行してください: chmod {2:o} {0}";
    case Say::check_certificate:
      return "{0}: 証明書または鍵として読み取れません";
    case Say::check_key_mismatch:
      return "{0}: {1} の鍵ではありません";
    case Say::check_expired:
      return "{0}: 証明書の有効期限は {1} に切れました";
    case Say::check_expires_soon:
      return "{0}: 証明書の有効期限は {1} です";
    case Say::check_not_yet:
      return "{0}: 証明書は {1} から有効です。この機器の時計は正しいですか";
    case Say::check_journal:
      return "{0}: {1}";
    case Say::check_journal_in_use:
      return "{0}: 動作中のハブが使用しています(起動時に検査済み)";
    case Say::usage_hint:
      return "{0}\n使い方は `{1} --help` で表示します。";
    case Say::unexpected_argument:
      return "解釈できない引数です: {0}";
    case Say::missing_argument:
      return "足りない引数があります: {0}";
    case Say::help_program:
      return "noroshi-hub: 自治体の災害情報を放送事業者などへ届けるハブ";
    case Say::help_init:
      return "データディレクトリ(設定・認証局・鍵・ジャーナル)を作る";
    case Say::help_serve:
      return "ハブを動かす";
    case Say::help_check:
      return "設定・ファイルの権限・証明書・ジャーナルを検査する";
    case Say::help_publisher:
      return "発信者: 警報を送れる団体とその地域";
    case Say::help_subscriber:
      return "購読者: 警報の届け先とその範囲";
    case Say::help_officer:
      return "担当者(警報を起案・承認する人)";
    case Say::help_status:
      return "動作中のハブの状態を表示する";
    case Say::help_explain:
      return "コードや規則 ID の意味、直し方、根拠を表示する";
    case Say::flag_explain_code:
      return "コードか規則 ID(auth.area、cap.R012、jp.level など)";
    case Say::flag_explain_list:
      return "すべてのコードと規則 ID を一覧する";
    case Say::explain_laid_down:
      return "定めている文書: {0}";
    case Say::explain_from:
      return "もとになる規格: {0}";
    case Say::explain_unknown:
      return "{0} というコードはありません。一覧は `noroshi-hub explain --list` で表示します";
    case Say::explain_near:
      return "{0} というコードはありません。近いもの: {1}";
    case Say::help_add_publisher:
      return "発信者を登録しトークンを発行する";
    case Say::help_add_subscriber:
      return "購読者を登録しトークンを発行する";
    case Say::help_add_officer:
      return "担当者を登録し、本人用トークンを発行する";
    case Say::help_set_publisher:
      return "登録内容を変更する(指定した項目だけ)";
    case Say::help_set_subscriber:
      return "登録内容を変更する(指定した項目だけ)";
    case Say::help_set_officer:
      return "担当者の役割を変える";
    case Say::help_list:
      return "一覧を1行に1件ずつ表示する";
    case Say::help_show:
      return "1件を表示する";
    case Say::help_suspend:
      return "停止する(以後トークンは拒否される)";
    case Say::help_resume:
      return "停止を解除する";
    case Say::help_token:
      return "トークンを再発行する(古いものは無効になる)";
    case Say::help_officer_token:
      return "訓練で使う職員のトークンを発行する";
    case Say::help_import:
      return "全国地方公共団体コードの一覧(CSV)から発信者を登録する";
    case Say::help_districts:
      return "市区町村の地区とその図形を登録する(それまでの登録と入れ替える)";
    case Say::help_cert:
      return "証明書: 相互 TLS の入口での識別と、ハブ自身の証明書";
    case Say::help_cert_issue:
      return "クライアント証明書を発行し、鍵を登録する";
    case Say::help_cert_list:
      return "発行済みのクライアント証明書を一覧する";
    case Say::help_cert_renew:
      return "同じ識別名の新しい証明書を発行する。またはハブ自身の証明書を更新する";
    case Say::help_cert_revoke:
      return "以後その証明書を拒否する。開いている接続も閉じる";
    case Say::help_key:
      return "その発信者の情報への XML 署名に使える鍵";
    case Say::help_key_add:
      return "署名の鍵を証明書で登録する";
    case Say::help_key_list:
      return "署名の鍵の一覧: 名前、方式、主体、開始、期限、SHA-256";
    case Say::help_key_remove:
      return "署名の鍵を外す";
    case Say::help_webhook:
      return "Webhook の送り先、署名の秘密、届けられなかったもの";
    case Say::help_webhook_show:
      return "送り先と様子を表示する";
    case Say::help_webhook_set:
      return "送り先と内容の形を決める";
    case Say::help_webhook_secret:
      return "署名に使う秘密";
    case Say::help_webhook_secret_add:
      return "最初の秘密を作り、一度だけ表示する";
    case Say::help_webhook_secret_rotate:
      return "今の秘密と並べて新しい秘密を作る";
    case Say::help_webhook_secret_remove:
      return "切り替えを終え、前の秘密を外す";
    case Say::help_webhook_dead:
      return "届けられなかったものの一覧";
    case Say::help_webhook_replay:
      return "届けられなかったものを送り直す";
    case Say::help_drill:
      return "訓練: 情報がすべて訓練として扱われ、参加者だけに届く期間";
    case Say::help_drill_open:
      return "参加者と期間を決めて訓練を開設する";
    case Say::help_drill_close:
      return "訓練をいま終了する(接続を切り、以後は受け付けない)";
    case Say::help_drill_list:
      return "訓練を1行に1件表示する";
    case Say::help_drill_show:
      return "訓練を1件表示する";
    case Say::flag_help:
      return "この説明を表示する";
    case Say::flag_version:
      return "版を表示する";
    case Say::flag_data:
      return "データディレクトリ(環境変数 NOROSHI_DATA でも可)";
    case Say::flag_json:
      return "機械可読の出力(1行に1つの JSON)";
    case Say::flag_quiet:
      return "結果とエラーのほかは表示しない";
    case Say::flag_demo:
      return "徳島県の24市町村と放送事業者3件を登録する";
    case Say::flag_init_host:
      return "証明書に載せるこのハブの名前またはアドレス(複数可)";
    case Say::flag_environment:
      return "live, training, demo のいずれか";
    case Say::flag_init_directory:
      return "作るディレクトリ";
    case Say::flag_listen:
      return "待ち受けるアドレス";
    case Say::flag_port:
      return "HTTPS のポート。0 は空いているポート";
    case Say::flag_mtls_port:
      return "クライアント証明書(相互 TLS)のポート。既定は --port "
             "の次、使用中なら空いているポート。0 は空いているポート";
    case Say::flag_admin_port:
      return "稼働状況と計測のポート。0 は空いているポート";
    case Say::flag_serve_host:
      return "このハブを呼ぶときの名前(複数可)";
    case Say::flag_code:
      return "団体コード(362018 など)";
    case Say::flag_id:
      return "購読者の ID(demo-tv など)";
    case Say::flag_login:
      return "担当者の login(例: kato)";
    case Say::flag_officer_publisher:
      return "所属する団体のコード(例: 362018)";
    case Say::flag_role:
      return "役割: drafter(起案)、approver(承認)、admin、operator(複数指定可)";
    case Say::flag_name:
      return "名称(徳島市 など)";
    case Say::flag_sender:
      return "使ってよい CAP の sender の値、または '*'(複数可)";
    case Say::flag_two_people:
      return "レベル4・5、解除、取消には別の担当者の承認を求める";
    case Say::flag_areas:
      return "コンマ区切りのコード(36,362018 など)、または '*'";
    case Say::flag_events:
      return "コンマ区切りのイベントコードの先頭部分、または '*'";
    case Say::flag_min_level:
      return "これより低い警戒レベルの警報を除く(0〜5)";
    case Say::flag_list:
      return "一覧: 団体コード、都道府県名、市区町村名。UTF-8 または CP932";
    case Say::flag_districts:
      return "GeoJSON の FeatureCollection。地物1件が1地区で、id と name を持つ";
    case Say::flag_dry_run:
      return "何も変更せず、結果だけを示す";
    case Say::flag_skip_bad:
      return "誤りのある行を除いて取り込む";
    case Say::flag_event_rights:
      return "発信できる種別。例: 'outage.*,notice.lifeline'、すべては '*'";
    case Say::flag_territory:
      return "発信する図形が収まるべき区域(GeoJSON のポリゴン)";
    case Say::flag_no_territory:
      return "区域の制限をなくす";
    case Say::flag_proxy:
      return "CODE による代行を、その日または時刻まで(1年以内)認める(繰り返し可)";
    case Say::flag_no_proxy:
      return "代行をやめさせる(繰り返し可)";
    case Say::flag_profile_required:
      return "CAP-JP に従う文書だけを受け付ける";
    case Say::flag_texts_language:
      return "送る文言の言語 (BCP 47)。例: ja-JP。'*' は問わない";
    case Say::flag_polygon:
      return "GeoJSON の多角形。区域を図示した警報は、これに触れるものだけを受け取る";
    case Say::flag_no_polygon:
      return "多角形をなくし、地域内のどこでも受け取る";
    case Say::flag_outlets:
      return "コンマ区切りの出力: stream, events, webhook, feed, tcp";
    case Say::flag_token_file:
      return "トークンを表示せずこのファイル(0600)に書く";
    case Say::flag_reason:
      return "理由(監査記録に残る)";
    case Say::flag_kind:
      return "publisher、subscriber、または renew では hub";
    case Say::flag_holder:
      return "コードか ID(例: 362018、demo-tv)";
    case Say::flag_days:
      return "有効日数(1〜365)";
    case Say::flag_out:
      return "KIND-ID.pem と KIND-ID.key を書くフォルダー";
    case Say::flag_csr:
      return "この PKCS #10 要求の鍵を証明する。秘密鍵は持ち主の手元に残る";
    case Say::flag_ca_key:
      return "認証局の秘密鍵(オフラインで保管しているとき)";
    case Say::flag_overlap:
      return "以前の証明書をこの日数だけ有効にしておく";
    case Say::flag_serial:
      return "`cert list` が示すシリアル番号";
    case Say::flag_identity:
      return "この識別名の証明書すべて";
    case Say::flag_key_name:
      return "鍵の名前(例: city-2026)";
    case Say::flag_key_certificate:
      return "その証明書のファイル(PEM または DER)";
    case Say::flag_signature_required:
      return "登録済みの鍵で署名された情報だけを受け付ける";
    case Say::flag_webhook_url:
      return "送り先(https)";
    case Say::flag_webhook_payload:
      return "cap: 受け付けた文書そのもの、json: GET /v1/alerts/SEQUENCE と同じ";
    case Say::flag_webhook_drill:
      return "本番でなくこの訓練のもの";
    case Say::flag_webhook_sequence:
      return "情報の通番";
    case Say::flag_webhook_all:
      return "届けられなかったものすべて";
    case Say::flag_drill:
      return "訓練の ID(例: shakeout-2026)";
    case Say::flag_drill_name:
      return "名称(例: 県総合防災訓練)";
    case Say::flag_drill_publishers:
      return "参加する発信者のコード(コンマ区切り)";
    case Say::flag_drill_subscribers:
      return "参加する購読者の ID(コンマ区切り)";
    case Say::flag_drill_start:
      return "開始日時(例: 2026-11-23T09:00:00+09:00)。省略時は今";
    case Say::flag_drill_end:
      return "終了日時。開始から30日以内";
    case Say::flag_drill_token:
      return "この訓練だけで使えるトークンを発行する。本番のトークンはそのまま使える";
    case Say::label_usage:
      return "使い方";
    case Say::label_options:
      return "オプション";
    case Say::label_positionals:
      return "引数";
    case Say::label_subcommands:
      return "サブコマンド";
    case Say::label_examples:
      return "例";
    case Say::label_required:
      return "(必須)";
    case Say::alarm_list_empty:
      return "立っている警報はありません";
    case Say::alarm_unknown:
      return "警報 `{0}` はありません。`noroshi-hub alarm list --all` で一覧できます";
    case Say::alarm_acknowledged:
      return "{0} を確認済みにしました({1})。以後は通知しません";
    case Say::alarm_acknowledged_already:
      return "{0} はすでに確認済みか終わっています。何も変えていません";
    case Say::alarm_state_standing:
      return "発生中";
    case Say::alarm_state_acknowledged:
      return "確認済み";
    case Say::alarm_state_cleared:
      return "終了";
    case Say::bad_deadline:
      return "`{0}` は期限として読めません。delivered(到達) shown(表示) withdrawn(終了) のどれかに "
             "= と 1s から 24h "
             "の時間を続けてください(例: delivered=10s)";
    case Say::help_alarm:
      return "警報: 誰かが確かめるべきこと";
    case Say::help_alarm_list:
      return "立っている警報を一覧する";
    case Say::help_alarm_show:
      return "警報を一つ表示する";
    case Say::help_alarm_ack:
      return "警報を確認済みにして、通知の繰り返しを止める";
    case Say::flag_alarm:
      return "警報の ID(一覧のとおり)";
    case Say::flag_alarm_all:
      return "終わった警報も含める";
    case Say::flag_alarm_by:
      return "確認した人(ログイン名)。既定は operator";
    case Say::flag_deadline:
      return "宛先の全員がこの時間内に達しなければ警報にする: delivered=10s(到達) shown=1m(表示) "
             "withdrawn=2m(取消・解除後の終了)。繰り返し可";
    case Say::flag_no_deadlines:
      return "期限をなくす(同時に指定したものを除く)";
    case Say::label_alarm:
      return "警報";
    case Say::label_deadlines:
      return "期限";
    case Say::end:
      break;
  }
  return {};
}

}  // namespace noroshi::admin
