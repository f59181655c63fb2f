#include "hub/admin/audit_words.hpp"

namespace noroshi::admin {

std::string_view audit_japanese(AuditSay what) {
  switch (what) {
    case AuditSay::help_audit:
      return "記録(ログ)が書き換えられていないことの証明と検証";
    case AuditSay::help_verify_proof:
      return "証明の JSON ファイルを検証する(ハブもデータディレクトリも不要)";
    case AuditSay::help_checkpoint:
      return "記録全体の署名付きチェックポイントを出力する";
    case AuditSay::help_prove:
      return "ある記録が含まれることの証明を JSON で出力する(verify-proof で検証できる)";
    case AuditSay::help_verify:
      return "記録の全項目、木、tree-head を検証する";
    case AuditSay::flag_proof_files:
      return "証明の JSON ファイル(1ファイルに1つ、1 MiB まで)";
    case AuditSay::flag_entry:
      return "記録の番号、または「エポック-番号」";
    case AuditSay::flag_size:
      return "この項目数の時点の木に対して証明する(既定: 現在の全体)";
    case AuditSay::proof_unreadable:
      return "{0}: 読めません";
    case AuditSay::proof_too_large:
      return "{0}: {1} バイトを超えています";
    case AuditSay::proof_malformed:
      return "{0}: 証明の形式ではありません({1})";
    case AuditSay::proof_wrong:
      return "{0}: 証明になっていません({1})";
    case AuditSay::entry_malformed:
      return "`{0}` は記録の番号(1 以上)でも「エポック-番号」でもありません";
    case AuditSay::entry_other_log:
      return "`{0}` は別の記録のものです。この記録のエポックは {1} です";
    case AuditSay::entry_missing:
      return "{0} 番はありません。その時点の記録は {1} 番までです";
    case AuditSay::size_missing:
      return "項目数 {0} の時点はまだありません。記録は {1} 番までです";
    case AuditSay::log_good:
      return "{0} 項目すべてが署名の対象の木と一致します";
    case AuditSay::log_bad_tree:
      return "{0} 項目から計算した木の根が、記録にある根と一致しません";
    case AuditSay::head_behind:
      return "{0}: 署名済みの記録は {1} 番までありますが、journal.db は {2} "
             "番までしかありません。古いファイルに置き換えられたか、切り詰められています";
    case AuditSay::head_other_root:
      return "{0}: journal.db の先頭 {1} "
             "項目が、署名済みの内容と一致しません。書き換えられています";
    case AuditSay::head_other_log:
      return "{0}: 別の記録({1})のものです。journal.db は {2} です";
    case AuditSay::head_other_key:
      return "{0}: このハブの監査鍵 (keys/audit.key) の署名ではありません({1})";
    case AuditSay::head_malformed:
      return "{0}: チェックポイントとして読めません({1})";
    case AuditSay::head_way_out:
      return "起動しません。記録は変更していません。journal.db の最新の複製、"
             "またはそれに対応する keys/audit.key を戻してください。この journal.db "
             "を正とすると決めた場合だけ、{0} "
             "を別の場所に移してから起動してください(それまでの証明は確認できなくなります)";
    case AuditSay::head_absent:
      return "{0} がありません。記録は {1} 番までをそのまま信頼し、新しく作ります";
    case AuditSay::end:
      break;
  }
  return {};
}

}  // namespace noroshi::admin
