#include "hub/admin/backup_words.hpp"
#include "hub/admin/command_branches.hpp"

namespace noroshi::admin {

void CommandTree::add_backup() {
  auto& command = add_command(app_, "backup", say(language_, BackupSay::help_backup),
                              {"backup /media/usb/noroshi-2026-11-23 --data /var/lib/noroshi"});
  add_output_flags(command);
  add_data(command);
  command.add_option("FILE", typed_.backup_file, say(language_, BackupSay::flag_backup_file))
      ->required()
      ->type_name("");
  command.parse_complete_callback([this] { typed_.verb = Typed::Verb::backup; });
}

void CommandTree::add_restore() {
  auto& command = add_command(
      app_, "restore", say(language_, BackupSay::help_restore),
      {"restore noroshi-2026-11-23 --data /var/lib/noroshi --audit-key audit.pub",
       "restore noroshi-2026-11-23 --data new-hub --tree-head /var/lib/noroshi.lost/tree-head"});
  add_output_flags(command);
  add_data(command);
  command.add_option("FILE", typed_.restore.file, say(language_, BackupSay::flag_restored_file))
      ->required()
      ->type_name("");
  command
      .add_option("--audit-key", typed_.restore.audit_key,
                  say(language_, BackupSay::flag_audit_key))
      ->type_name("FILE");
  auto* known = command
                    .add_option("--tree-head", typed_.restore.tree_head,
                                say(language_, BackupSay::flag_tree_head))
                    ->type_name("FILE");
  command.add_flag("--older", typed_.restore.older, say(language_, BackupSay::flag_older))
      ->needs(known);
  command.parse_complete_callback([this] { typed_.verb = Typed::Verb::restore; });
}

}  // namespace noroshi::admin
