#include "hub/admin/command_branches.hpp"

namespace noroshi::admin {

void CommandTree::add_certificates() {
  auto& command =
      add_command(app_, "cert", Say::help_cert,
                  {"cert issue publisher 362018 --out DIR --data DIR",
                   "cert issue subscriber demo-tv --csr demo-tv.csr --out DIR --data DIR",
                   "cert revoke --identity subscriber:demo-tv --data DIR"});
  command.require_subcommand(1);

  auto& issue = add_certificate_verb(
      command, "issue", Say::help_cert_issue, Action::issue,
      {"cert issue publisher 362018 --out DIR --data DIR",
       "cert issue subscriber demo-tv --csr demo-tv.csr --days 90 --out DIR --data DIR"});
  add_holder(issue, {"publisher", "subscriber"});
  add_issuing(issue);

  add_certificate_verb(command, "list", Say::help_cert_list, Action::list,
                       {"cert list --data DIR", "cert list --json --data DIR"});

  auto& renew =
      add_certificate_verb(command, "renew", Say::help_cert_renew, Action::renew,
                           {"cert renew publisher 362018 --overlap 14 --out NEW-DIR --data DIR",
                            "cert renew hub --host hub.example.jp --data DIR"});
  add_holder(renew, {"publisher", "subscriber", "hub"});
  add_issuing(renew);
  renew.add_option("--overlap", typed_.certificate.overlap_days, text(Say::flag_overlap))
      ->type_name("DAYS")
      ->check(CLI::Range(0, 365));
  add_repeatable(renew, "--host", typed_.certificate.hosts, Say::flag_init_host, "NAME");

  auto& revoke =
      add_certificate_verb(command, "revoke", Say::help_cert_revoke, Action::revoke,
                           {"cert revoke SERIAL --reason REASON --data DIR",
                            "cert revoke --identity publisher:362018 --reason REASON --data DIR"});
  revoke.add_option("SERIAL", typed_.serial, text(Say::flag_serial))->type_name("");
  revoke.add_option("--identity", typed_.certificate.identity, text(Say::flag_identity))
      ->type_name("KIND:ID");
  revoke.add_option("--reason", typed_.request.reason, text(Say::flag_reason))->type_name("TEXT");
}

CLI::App& CommandTree::add_certificate_verb(CLI::App& parent, const std::string& name, Say help,
                                            Action action, const std::vector<std::string>& lines) {
  auto& command = add_verb(parent, name, help, Typed::Verb::certificate, lines);
  command.parse_complete_callback([this, action] {
    typed_.verb = Typed::Verb::certificate;
    typed_.request.subject = Subject::certificate;
    typed_.request.action = action;
    typed_.request.certificate.emplace().serial = typed_.serial;
  });
  add_data(command);
  return command;
}

void CommandTree::add_holder(CLI::App& command, const std::vector<std::string>& kinds) {
  command.add_option("KIND", typed_.certificate.kind, text(Say::flag_kind))
      ->required()
      ->type_name("")
      ->check(CLI::IsMember(kinds));
  command.add_option("ID", typed_.request.id, text(Say::flag_holder))->type_name("");
}

void CommandTree::add_issuing(CLI::App& command) {
  auto& options = typed_.certificate;
  command.add_option("--days", options.days, text(Say::flag_days))
      ->type_name("DAYS")
      ->check(CLI::Range(1, 365));
  command.add_option("--out", options.out, text(Say::flag_out))->type_name("DIR");
  command.add_option("--csr", options.csr, text(Say::flag_csr))->type_name("FILE");
  command.add_option("--ca-key", options.ca_key, text(Say::flag_ca_key))->type_name("FILE");
}

}  // namespace noroshi::admin
