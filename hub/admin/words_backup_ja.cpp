#include "hub/admin/backup_words.hpp"

namespace noroshi::admin {

std::string_view backup_japanese(BackupSay what) {
  switch (what) {
    case BackupSay::help_backup:
      return "ハブのすべてを一つのファイルに書き出す(稼働中でもよい)";
    case BackupSay::help_restore:
      return "バックアップを最初から最後まで検証し、データフォルダーを作る";
    case BackupSay::flag_backup_file:
      return "書き出すファイル(まだ無いもの)。鍵も入るので、データフォルダーと同じく秘密に保つ";
    case BackupSay::flag_restored_file:
      return "`noroshi-hub backup` が書いたファイル";
    case BackupSay::flag_audit_key:
      return "別に保管したそのログの audit.pub。無ければバックアップの中の鍵を信じる";
    case BackupSay::flag_tree_head:
      return "そのログの最後のチェックポイント(失ったフォルダーの tree-head "
             "など)。より古いバックアップを断る";
    case BackupSay::flag_older:
      return "--tree-head より前で終わるバックアップでも復元する";
    case BackupSay::taken:
      return "{0}: "
             "記録{1}"
             "件とデータフォルダーのファイルを封をして書きました。フォルダーと同じく秘密に保ってく"
             "ださい";
    case BackupSay::restored:
      return "{0}: 記録{1}件を復元しました。ログは記録 {1} の次からエポック {2} "
             "として続きます。\n新しい audit.pub "
             "をログを検証する人に渡してください。受信側はそのまま続きます";
    case BackupSay::own_key:
      return "封はバックアップの中の鍵で確かめました。{0} を別に保管した audit.pub "
             "と比べてください(--audit-key)";
    case BackupSay::unreadable:
      return "{0} を読めません。名前と権限を確かめてください";
    case BackupSay::damaged:
      return "{0} は {1} "
             "で壊れているか、バックアップではありません。何も復元していません。別の写しを使ってく"
             "ださい";
    case BackupSay::cut_short:
      return "{0} は途中で終わっています。何も復元していません。別の写しを使ってください";
    case BackupSay::bad_key:
      return "{0}: 封を確かめる鍵が {1} にありません。そのログの audit.pub を --audit-key "
             "で示してください";
    case BackupSay::bad_seal:
      return "{0}: 封がこの内容への {1} "
             "の署名ではありません。壊れているか偽物です。何も復元していません";
    case BackupSay::bad_head:
      return "{0}: {1} は同じログのチェックポイントではありません。何も復元していません";
    case BackupSay::another_history:
      return "{0}: 中のログは既知のチェックポイントと記録 {1} で食い違います。何も復元していません";
    case BackupSay::older:
      return "{0}: このバックアップより新しい記録が{1}件あります。新しいものを探すか、--older "
             "でそれらなしに復元してください";
    case BackupSay::end:
      break;
  }
  return {};
}

}  // namespace noroshi::admin
