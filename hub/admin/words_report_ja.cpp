#include "hub/admin/report_words.hpp"

namespace noroshi::admin {

std::string_view report_japanese(ReportSay what) {
  switch (what) {
    case ReportSay::help_report:
      return "発信とその更新・取消の経過報告を HTML と CSV で書き出す";
    case ReportSay::flag_alert:
      return "発信の番号、「エポック-番号」、identifier、または「sender,identifier,sent」";
    case ReportSay::flag_out:
      return "まだ存在しないディレクトリ(証明も書く)、または .html のファイル名。既定: report-番"
             "号";
    case ReportSay::alert_missing:
      return "`{0}` という発信はありません";
    case ReportSay::alert_ambiguous:
      return "`{0}` という発信は複数あります: {1}。番号か「sender,identifier,sent」で指定して"
             "ください";
    case ReportSay::report_there:
      return "{0} はすでにあります";
    case ReportSay::report_done:
      return "{0}: 発信 {1} 件の報告を書き出しました。{2}";
    case ReportSay::report_told:
      return "{0} 番: 対象 {1} 件、受領 {2} 件、表示 {3} 件";
    case ReportSay::title:
      return "発信の経過報告";
    case ReportSay::made:
      return "作成 {0}、環境 {1}、記録(エポック){2}、{3} 番まで";
    case ReportSay::drill:
      return "訓練 {0}。実際の発信ではありません";
    case ReportSay::cut:
      return "関連する発信が多いため、{0} 件だけを載せています";
    case ReportSay::summary:
      return "要約";
    case ReportSay::timeline:
      return "経過";
    case ReportSay::subscribers:
      return "購読者ごとの状況";
    case ReportSay::proof:
      return "証明";
    case ReportSay::kind_alert:
      return "発信";
    case ReportSay::kind_update:
      return "更新";
    case ReportSay::kind_lift:
      return "解除";
    case ReportSay::kind_cancel:
      return "取消";
    case ReportSay::said_accepted:
      return "{0}({1})の「{2}」は {3} に受理され、{4} 番として記録されました。配信の対象は購読"
             "者 {5} 件です。";
    case ReportSay::said_typed_by:
      return "{0} が代わって入力しました。";
    case ReportSay::said_decided:
      return "決定は {0}。受理まで {1}。";
    case ReportSay::said_undecided:
      return "文書に決定の時刻はありません。";
    case ReportSay::said_approved:
      return "{0} が起案し、{1} が承認しました。";
    case ReportSay::said_drafted:
      return "起案は {0}。承認・受理まで {1}。";
    case ReportSay::said_alone:
      return "{0} が承認を待たずに一人で発信しました。理由: {1}";
    case ReportSay::said_states:
      return "現在、配達待ち {0} 件、受領 {1} 件、放送・表示中 {2} 件、差替え {3} 件、取下げ "
             "{4} 件、見送り {5} 件、受取拒否 {6} 件です。";
    case ReportSay::said_delivered:
      return "{0} 件が受領しました。受理から最初の受領まで {1}、中央 {2}、最後の受領まで {3}。";
    case ReportSay::said_not_delivered:
      return "まだ、どこも受領していません。";
    case ReportSay::said_shown:
      return "{0} 件が表示しました。受理から最初の表示まで {1}、中央 {2}、最後の表示まで {3}(購"
             "読者の時計による)。";
    case ReportSay::said_not_shown:
      return "表示の報告はありません。";
    case ReportSay::said_earlier:
      return "これが終わらせた発信({0})を、まだ表示している購読者は {1} 件、表示を終えた購読者"
             "は {2} 件です。";
    case ReportSay::said_content:
      return "受理した文書({0} バイト、SHA-256 {1})は記録とともに保管されています。";
    case ReportSay::said_content_gone:
      return "受理した文書({0} バイト、SHA-256 {1})は、別の場所へ移されたか、消去されました。"
             "記録の項目は残り、その証明は有効です。";
    case ReportSay::ev_decided:
      return "決定";
    case ReportSay::ev_drafted:
      return "起案({0})";
    case ReportSay::ev_approved:
      return "承認({0})";
    case ReportSay::ev_alone:
      return "一人で発信({0})";
    case ReportSay::ev_accepted:
      return "受理";
    case ReportSay::ev_first_delivered:
      return "最初の受領({0})";
    case ReportSay::ev_last_delivered:
      return "最後の受領({0})";
    case ReportSay::ev_first_shown:
      return "最初の表示({0})";
    case ReportSay::ev_last_shown:
      return "最後の表示({0})";
    case ReportSay::ev_last_ended:
      return "最後の表示終了({0})";
    case ReportSay::col_time:
      return "時刻";
    case ReportSay::col_after:
      return "最初の受理から";
    case ReportSay::col_alert:
      return "発信";
    case ReportSay::col_event:
      return "できごと";
    case ReportSay::col_subscriber:
      return "購読者";
    case ReportSay::col_state:
      return "状態";
    case ReportSay::col_delivered:
      return "受領(受理から)";
    case ReportSay::col_medium:
      return "媒体";
    case ReportSay::col_shown:
      return "表示(受理から)";
    case ReportSay::col_ended:
      return "表示の終わり";
    case ReportSay::col_detail:
      return "詳細";
    case ReportSay::state_queued:
      return "配達待ち";
    case ReportSay::state_delivered:
      return "受領";
    case ReportSay::state_shown:
      return "放送・表示中";
    case ReportSay::state_replaced:
      return "差替え";
    case ReportSay::state_withdrawn:
      return "取下げ";
    case ReportSay::state_passed:
      return "見送り";
    case ReportSay::state_refused:
      return "受取拒否";
    case ReportSay::passed_superseded:
      return "届く前に {0} 番に替わった";
    case ReportSay::passed_cancelled:
      return "届く前に {0} 番で取り消された";
    case ReportSay::passed_expired:
      return "届く前に期限が切れた";
    case ReportSay::nobody:
      return "対象の購読者はいません";
    case ReportSay::clocks:
      return "決定・表示・取下げの時刻は発信者と購読者の申告、ほかはハブの時計によります。";
    case ReportSay::proved_by:
      return "次のチェックポイントが記録全体に署名しています。各発信の項目が含まれることの証明"
             "は、報告のディレクトリの proof-番号.json か `noroshi-hub audit prove 番号 --size "
             "{0}` で得られ、`noroshi-hub audit verify-proof` で誰でも検証できます。";
    case ReportSay::leaf:
      return "項目 {0} のハッシュ(base64) {1}";
    case ReportSay::end:
      break;
  }
  return {};
}

}  // namespace noroshi::admin
