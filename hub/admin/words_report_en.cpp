#include "hub/admin/report_words.hpp"

namespace noroshi::admin {

std::string_view report_english(ReportSay what) {
  switch (what) {
    case ReportSay::help_report:
      return "Write the after-action report of an alert, with its updates and its end, as HTML "
             "and CSV";
    case ReportSay::flag_alert:
      return "The alert: its sequence, EPOCH-SEQUENCE, identifier, or sender,identifier,sent";
    case ReportSay::flag_out:
      return "A directory that does not exist yet (proofs go there, too), or a file NAME.html, "
             "with NAME.csv beside it (default: report-SEQUENCE)";
    case ReportSay::alert_missing:
      return "no alert is called `{0}`";
    case ReportSay::alert_ambiguous:
      return "`{0}` names several alerts: {1}. Name one by its sequence or as "
             "sender,identifier,sent";
    case ReportSay::report_there:
      return "{0} is there already";
    case ReportSay::report_done:
      return "{0}: the report of {1} alerts. {2}";
    case ReportSay::report_told:
      return "{0}: addressed to {1}, delivered to {2}, shown by {3}";
    case ReportSay::title:
      return "After-action report";
    case ReportSay::made:
      return "Made {0}, environment {1}, log (epoch) {2} up to entry {3}";
    case ReportSay::drill:
      return "Drill {0}. Not an actual alert";
    case ReportSay::cut:
      return "There are more related alerts; {0} of them are here";
    case ReportSay::summary:
      return "Summary";
    case ReportSay::timeline:
      return "Timeline";
    case ReportSay::subscribers:
      return "Each subscriber";
    case ReportSay::proof:
      return "Proof";
    case ReportSay::kind_alert:
      return "Alert";
    case ReportSay::kind_update:
      return "Update";
    case ReportSay::kind_lift:
      return "Lift";
    case ReportSay::kind_cancel:
      return "Cancel";
    case ReportSay::said_accepted:
      return "“{2}” of {0} ({1}) was accepted at {3} and is entry {4} of the log. It was addressed "
             "to {5} subscribers.";
    case ReportSay::said_typed_by:
      return "{0} typed it on their behalf.";
    case ReportSay::said_decided:
      return "It was decided at {0}, {1} before it was accepted.";
    case ReportSay::said_undecided:
      return "The document does not say when it was decided.";
    case ReportSay::said_approved:
      return "{0} drafted it and {1} approved it.";
    case ReportSay::said_drafted:
      return "It was drafted at {0}, {1} before it was approved and accepted.";
    case ReportSay::said_alone:
      return "{0} sent it alone, without waiting for an approval. Reason: {1}";
    case ReportSay::said_states:
      return "Of these now: queued {0}, delivered {1}, shown {2}, replaced {3}, withdrawn {4}, "
             "passed {5}, refused {6}.";
    case ReportSay::said_delivered:
      return "It was delivered to {0}: the first after {1}, the median after {2}, the last after "
             "{3}.";
    case ReportSay::said_not_delivered:
      return "It has been delivered to nobody.";
    case ReportSay::said_shown:
      return "{0} showed it: the first after {1}, the median after {2}, the last after {3} (by "
             "their clocks).";
    case ReportSay::said_not_shown:
      return "Nobody reported that it was shown.";
    case ReportSay::said_earlier:
      return "Of what it refers to ({0}), {1} subscribers show something still and {2} have taken "
             "all down.";
    case ReportSay::said_content:
      return "The accepted document ({0} bytes, SHA-256 {1}) is kept beside the log.";
    case ReportSay::said_content_gone:
      return "The accepted document ({0} bytes, SHA-256 {1}) was archived or erased. Its entry "
             "is in the log all the same, and its proof holds.";
    case ReportSay::ev_decided:
      return "decided";
    case ReportSay::ev_drafted:
      return "drafted by {0}";
    case ReportSay::ev_approved:
      return "approved by {0}";
    case ReportSay::ev_alone:
      return "sent alone by {0}";
    case ReportSay::ev_accepted:
      return "accepted";
    case ReportSay::ev_first_delivered:
      return "first delivered ({0})";
    case ReportSay::ev_last_delivered:
      return "last delivered ({0})";
    case ReportSay::ev_first_shown:
      return "first shown ({0})";
    case ReportSay::ev_last_shown:
      return "last shown ({0})";
    case ReportSay::ev_last_ended:
      return "last taken down ({0})";
    case ReportSay::col_time:
      return "Time";
    case ReportSay::col_after:
      return "After the first acceptance";
    case ReportSay::col_alert:
      return "Alert";
    case ReportSay::col_event:
      return "What happened";
    case ReportSay::col_subscriber:
      return "Subscriber";
    case ReportSay::col_state:
      return "State";
    case ReportSay::col_delivered:
      return "Delivered (after acceptance)";
    case ReportSay::col_medium:
      return "Medium";
    case ReportSay::col_shown:
      return "Shown (after acceptance)";
    case ReportSay::col_ended:
      return "Ended";
    case ReportSay::col_detail:
      return "Detail";
    case ReportSay::state_queued:
      return "queued";
    case ReportSay::state_delivered:
      return "delivered";
    case ReportSay::state_shown:
      return "shown";
    case ReportSay::state_replaced:
      return "replaced";
    case ReportSay::state_withdrawn:
      return "withdrawn";
    case ReportSay::state_passed:
      return "passed";
    case ReportSay::state_refused:
      return "refused";
    case ReportSay::passed_superseded:
      return "entry {0} took its place before it was delivered";
    case ReportSay::passed_cancelled:
      return "entry {0} cancelled it before it was delivered";
    case ReportSay::passed_expired:
      return "it expired before it was delivered";
    case ReportSay::nobody:
      return "It was addressed to nobody";
    case ReportSay::clocks:
      return "Times of decisions, and of what was shown and taken down, are as publishers and "
             "subscribers say; all others are by the hub's clock.";
    case ReportSay::proved_by:
      return "This checkpoint is signed over the whole log. That each alert's entry is in it "
             "is proved by proof-SEQUENCE.json in the report's directory, or by `noroshi-hub "
             "audit prove SEQUENCE --size {0}`; `noroshi-hub audit verify-proof` verifies it "
             "for anyone.";
    case ReportSay::leaf:
      return "Leaf hash of entry {0} (base64) {1}";
    case ReportSay::end:
      break;
  }
  return {};
}

}  // namespace noroshi::admin
