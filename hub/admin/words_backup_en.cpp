#include "hub/admin/backup_words.hpp"

namespace noroshi::admin {

std::string_view backup_english(BackupSay what) {
  switch (what) {
    case BackupSay::help_backup:
      return "Write everything the hub is made of to one file, while it runs";
    case BackupSay::help_restore:
      return "Make a data directory from a backup, verified from its first byte to its last";
    case BackupSay::flag_backup_file:
      return "The file to write; it must not exist. It holds the keys: keep it as secret as the "
             "data directory";
    case BackupSay::flag_restored_file:
      return "A file that `noroshi-hub backup` wrote";
    case BackupSay::flag_audit_key:
      return "The log's audit.pub, kept elsewhere; without it the backup's own key is believed";
    case BackupSay::flag_tree_head:
      return "The last checkpoint known of that log, such as tree-head of the lost directory: an "
             "older backup is refused";
    case BackupSay::flag_older:
      return "Restore although the backup ends before --tree-head";
    case BackupSay::taken:
      return "{0}: {1} entries and the files of the data directory, sealed; as secret as the "
             "directory";
    case BackupSay::restored:
      return "{0}: restored {1} entries; the log goes on as epoch {2}, which entry {1} + 1 "
             "begins.\nGive the new audit.pub to whoever checks the log; receivers go on by "
             "themselves";
    case BackupSay::own_key:
      return "The seal was checked with the key in the backup itself. Compare {0} with an "
             "audit.pub from elsewhere (--audit-key)";
    case BackupSay::unreadable:
      return "{0} cannot be read. Check the name and the rights";
    case BackupSay::damaged:
      return "{0} is damaged or no backup at {1}. Nothing was restored; take another copy";
    case BackupSay::cut_short:
      return "{0} ends in the middle. Nothing was restored; take another copy";
    case BackupSay::bad_key:
      return "{0}: no key to check the seal with in {1}. Give the audit.pub of that log with "
             "--audit-key";
    case BackupSay::bad_seal:
      return "{0}: the seal is not one of {1} over this content: damaged or forged. Nothing was "
             "restored";
    case BackupSay::bad_head:
      return "{0}: {1} is not a checkpoint of the same log. Nothing was restored";
    case BackupSay::another_history:
      return "{0}: the log in it differs from the known checkpoint at entry {1}. Nothing was "
             "restored";
    case BackupSay::older:
      return "{0}: {1} entries of the log are newer than this backup. Look for a newer one, or "
             "restore without them with --older";
    case BackupSay::end:
      break;
  }
  return {};
}

}  // namespace noroshi::admin
