#include "hub/admin/audit_words.hpp"
#include "hub/admin/command_branches.hpp"
#include "hub/admin/report_words.hpp"

namespace noroshi::admin {

void CommandTree::add_audit() {
  const std::string verify_proof = "audit verify-proof proof.json";
  auto& command = add_command(app_, "audit", say(language_, AuditSay::help_audit),
                              {"audit checkpoint --data DIR", verify_proof});
  command.require_subcommand(1);
  auto& offline =
      add_audit_verb(command, "verify-proof", AuditSay::help_verify_proof, Action::status,
                     {verify_proof, "audit verify-proof --json *.json"});
  offline.add_option("FILE", typed_.proof_files, say(language_, AuditSay::flag_proof_files))
      ->required()
      ->type_name("");
  add_data(add_audit_verb(command, "checkpoint", AuditSay::help_checkpoint, Action::checkpoint,
                          {"audit checkpoint --data DIR"}));
  auto& prove = add_audit_verb(
      command, "prove", AuditSay::help_prove, Action::prove,
      {"audit prove 1024 --data DIR > proof.json", "audit prove 1024 --size 2000 --data DIR"});
  add_data(prove);
  prove.add_option("ENTRY", typed_.proved_entry, say(language_, AuditSay::flag_entry))
      ->required()
      ->type_name("");
  prove.add_option("--size", typed_.proved_size, say(language_, AuditSay::flag_size))
      ->type_name("N");
  add_report(command);
  add_verify(command);
  auto& exporting = add_audit_verb(command, "export", AuditSay::help_export, Action::export_,
                                   {"audit export log-2026-11 --data DIR"});
  add_data(exporting);
  exporting.add_option("DIRECTORY", typed_.exported_to, say(language_, AuditSay::flag_export))
      ->required()
      ->type_name("");
}

void CommandTree::add_report(CLI::App& audit) {
  auto& command = add_command(audit, "report", say(language_, ReportSay::help_report),
                              {"audit report 1024 --data DIR",
                               "audit report 362018-20261122-001 --out flood.html --data DIR"});
  add_output_flags(command);
  command.parse_complete_callback([this] { typed_.verb = Typed::Verb::report; });
  add_data(command);
  command.add_option("ALERT", typed_.proved_entry, say(language_, ReportSay::flag_alert))
      ->required()
      ->type_name("");
  command.add_option("--out", typed_.report_to, say(language_, ReportSay::flag_out))
      ->type_name("DIRECTORY|FILE");
}

// Of the data directory, or of an export, wherever that is.
void CommandTree::add_verify(CLI::App& audit) {
  auto& command =
      add_audit_verb(audit, "verify", AuditSay::help_verify, Action::verify,
                     {"audit verify --data DIR", "audit verify log-2026-11 --key audit.pub"});
  add_data(command);
  auto* exported =
      command.add_option("DIRECTORY", typed_.exported_to, say(language_, AuditSay::flag_exported))
          ->type_name("");
  command.add_option("--key", typed_.audit_key_file, say(language_, AuditSay::flag_key))
      ->needs(exported)
      ->type_name("FILE");
}

CLI::App& CommandTree::add_audit_verb(CLI::App& parent, const std::string& name, AuditSay help,
                                      Action action, const std::vector<std::string>& lines) {
  auto& command = add_command(parent, name, say(language_, help), lines);
  add_output_flags(command);
  command.parse_complete_callback([this, action] {
    typed_.verb = action == Action::status ? Typed::Verb::verify_proof : Typed::Verb::audit;
    if (action == Action::export_) typed_.verb = Typed::Verb::export_;
    if (action == Action::verify && !typed_.exported_to.empty())
      typed_.verb = Typed::Verb::verify_export;
    typed_.request.subject = Subject::audit;
    typed_.request.action = action;
  });
  return command;
}

}  // namespace noroshi::admin
