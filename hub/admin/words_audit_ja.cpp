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
      return "記録の番号、または「エポック-番号」。発信は identifier または "
             "「sender,identifier,sent」でもよい";
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
    case AuditSay::help_export:
      return "記録全体を、誰でも単独で検証できるディレクトリに書き出す";
    case AuditSay::flag_export:
      return "まだ存在しないディレクトリ";
    case AuditSay::flag_exported:
      return "--data の代わりに、書き出した記録のディレクトリ";
    case AuditSay::flag_key:
      return "信用する署名者の公開鍵: 別の経路で得た audit.pub(既定: 書き出したもの自身の鍵)";
    case AuditSay::export_done:
      return "{0}: {1} 項目をチェックポイントとともに書き出しました";
    case AuditSay::export_good:
      return "{0} "
             "項目すべてがチェックポイントの署名と一致します。文書は {1} 件あり、{2} "
             "件はありません(保管・消去済み、または取り除かれたもの)";
    case AuditSay::export_own_key:
      return "書き出したもの自身の鍵で検証しました。別の経路で得た audit.pub "
             "と見比べるか、--key で指定してください";
    case AuditSay::export_bad_key:
      return "{0}: 記録の公開鍵ではありません";
    case AuditSay::export_bad_checkpoint:
      return "{0}: この鍵で署名された、この記録のチェックポイントではありません";
    case AuditSay::export_short:
      return "{0}: 項目が足りない、壊れている、または順序が違います";
    case AuditSay::export_long:
      return "{0}: チェックポイントの署名より後のものが含まれています";
    case AuditSay::export_other_root:
      return "{0}: チェックポイントが署名した内容と一致しません";
    case AuditSay::export_bad_content:
      return "{0}: 受理した文書と一致しません";
    case AuditSay::end:
      break;
  }
  return {};
}

std::string_view export_readme() {
  return "狼煙の記録 / a log of noroshi\n"
         "\n"
         "検証 / verify:  noroshi-hub audit verify このディレクトリ --key 別の経路で得た "
         "audit.pub\n"
         "\n"
         "checkpoint  署名付きチェックポイント。項目数と木の根 (C2SP tlog-checkpoint, "
         "signed-note)\n"
         "            the signed checkpoint: number of entries, and the root of their tree\n"
         "audit.pub   署名の公開鍵 (Ed25519) / whose signature it bears\n"
         "entries     項目。長さ(可変長整数)の後に本体 (Protocol Buffers, noroshi.v1.Entry)\n"
         "            the entries in order, each behind its length as a varint\n"
         "contents/   受理した文書。名前は SHA-256 / the accepted documents by their SHA-256\n"
         "\n"
         "自分で確かめるには / to verify it by other means (RFC 6962):\n"
         "  leaf = SHA-256(0x00 || entry), node = SHA-256(0x01 || left || right)\n";
}

}  // namespace noroshi::admin
