#include "hub/admin/audit_words.hpp"

namespace noroshi::admin {

std::string_view audit_english(AuditSay what) {
  switch (what) {
    case AuditSay::help_audit:
      return "Proofs that the log was not rewritten, and their verification";
    case AuditSay::help_verify_proof:
      return "Verify proofs in JSON files (needs neither a hub nor a data directory)";
    case AuditSay::help_checkpoint:
      return "Print the signed checkpoint of the whole log";
    case AuditSay::help_prove:
      return "Print as JSON the proof that an entry is in the log (verify-proof takes it)";
    case AuditSay::help_verify:
      return "Verify every entry of the log, its tree, and tree-head";
    case AuditSay::flag_proof_files:
      return "JSON files, one proof each, 1 MiB at most";
    case AuditSay::flag_entry:
      return "Sequence of the entry, or EPOCH-SEQUENCE; of an alert also its identifier, or "
             "sender,identifier,sent";
    case AuditSay::flag_size:
      return "Prove it for the tree of so many entries (default: the whole log)";
    case AuditSay::proof_unreadable:
      return "{0}: cannot be read";
    case AuditSay::proof_too_large:
      return "{0}: more than {1} bytes";
    case AuditSay::proof_malformed:
      return "{0}: not a proof ({1})";
    case AuditSay::proof_wrong:
      return "{0}: does not prove it ({1})";
    case AuditSay::entry_malformed:
      return "`{0}` is neither a sequence (from 1) nor EPOCH-SEQUENCE";
    case AuditSay::entry_other_log:
      return "`{0}` is of another log; the epoch of this one is {1}";
    case AuditSay::entry_missing:
      return "there is no entry {0}; the log ended at {1} then";
    case AuditSay::size_missing:
      return "the log never had {0} entries; it ends at {1}";
    case AuditSay::log_good:
      return "all {0} entries are what the tree stands for";
    case AuditSay::log_bad_tree:
      return "the root over {0} entries is not the one the log keeps";
    case AuditSay::head_behind:
      return "{0}: entries up to {1} were signed, but journal.db ends at {2}. It was replaced by "
             "an "
             "older file, or cut short";
    case AuditSay::head_other_root:
      return "{0}: the first {1} entries of journal.db are not those that were signed. They were "
             "rewritten";
    case AuditSay::head_other_log:
      return "{0}: of another log ({1}); journal.db is {2}";
    case AuditSay::head_other_key:
      return "{0}: not signed by this hub's audit key, keys/audit.key ({1})";
    case AuditSay::head_malformed:
      return "{0}: not a checkpoint ({1})";
    case AuditSay::head_way_out:
      return "Not started; the log was not changed. Bring back the newest copy of journal.db, or "
             "the "
             "keys/audit.key that belongs to it. Only if you have decided that this journal.db is "
             "the right one, move {0} elsewhere and start again (what was proved before can then "
             "no "
             "longer be checked)";
    case AuditSay::head_absent:
      return "{0} is not there: the log up to {1} is taken as it is, and a new one is made";
    case AuditSay::help_export:
      return "Write the log to a directory that anyone can verify off-line";
    case AuditSay::flag_export:
      return "A directory that does not exist yet";
    case AuditSay::flag_exported:
      return "An exported log, in place of --data";
    case AuditSay::flag_key:
      return "Whose signature to believe: audit.pub from elsewhere (default: the export's own)";
    case AuditSay::export_done:
      return "{0}: {1} entries, with their checkpoint";
    case AuditSay::export_good:
      return "all {0} entries are what the checkpoint was signed over; {1} documents are there, "
             "{2} "
             "are not (archived, erased or taken out)";
    case AuditSay::export_own_key:
      return "The key was the export's own: compare audit.pub with one from elsewhere, or give it "
             "with --key";
    case AuditSay::export_bad_key:
      return "{0} is no public key of a log";
    case AuditSay::export_bad_checkpoint:
      return "{0} is no checkpoint of this log, signed with this key";
    case AuditSay::export_short:
      return "{0}: entries are missing, damaged or out of order";
    case AuditSay::export_long:
      return "{0}: there is more than the checkpoint was signed over";
    case AuditSay::export_other_root:
      return "{0}: not the entries that the checkpoint was signed over";
    case AuditSay::export_bad_content:
      return "{0}: not the document that was accepted";
    case AuditSay::end:
      break;
  }
  return {};
}

}  // namespace noroshi::admin
