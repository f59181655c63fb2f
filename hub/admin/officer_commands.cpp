#include "hub/admin/command_branches.hpp"

namespace noroshi::admin {

void CommandTree::add_officers() {
  const auto line = [](const std::string& rest) { return "officer " + rest + " --data DIR"; };
  const std::string kato = "kato --publisher 362018 --role drafter";
  auto& command =
      add_command(app_, "officer", Say::help_officer,
                  {line("add " + kato), line("add mori --publisher 362018 --role approver"),
                   line("list --publisher 362018"), line("suspend kato")});
  command.require_subcommand(1);

  auto& add = add_officer_verb(command, "add", Say::help_add_officer, Action::add,
                               {line("add " + kato + " --token-file kato.token")});
  add_employer(add);
  add_roles(add);
  add_token_file(add);
  add_roles(add_officer_verb(command, "set", Say::help_set_officer, Action::set,
                             {line("set kato --role drafter --role approver")}));
  add_employer(add_officer_verb(command, "list", Say::help_list, Action::list,
                                {line("list"), line("list --json")}));
  add_officer_verb(command, "show", Say::help_show, Action::show, {line("show kato")});
  add_reason(add_officer_verb(command, "suspend", Say::help_suspend, Action::suspend,
                              {line("suspend kato --reason REASON")}));
  add_reason(
      add_officer_verb(command, "resume", Say::help_resume, Action::resume, {line("resume kato")}));
  add_token_file(add_officer_verb(command, "reset", Say::help_token, Action::token,
                                  {line("reset kato --token-file FILE")}));
  auto& token =
      add_officer_verb(command, "token", Say::help_officer_token, Action::token,
                       {line("token kato --drill shakeout-2026 --token-file kato-drill.token")});
  token.add_option("--drill", typed_.request.drill, text(Say::flag_drill_token))
      ->required()
      ->type_name("ID");
  add_token_file(token);
}

CLI::App& CommandTree::add_officer_verb(CLI::App& parent, const std::string& name, Say help,
                                        Action action, const std::vector<std::string>& lines) {
  auto& command = add_verb(parent, name, help, Typed::Verb::registration, lines);
  command.parse_complete_callback([this, action] {
    typed_.verb = Typed::Verb::registration;
    typed_.request.subject = Subject::officer;
    typed_.request.action = action;
  });
  add_data(command);
  if (action == Action::list) return command;
  command.add_option("LOGIN", typed_.request.id, text(Say::flag_login))->required()->type_name("");
  return command;
}

void CommandTree::add_employer(CLI::App& command) {
  command.add_option("--publisher", typed_.request.publisher, text(Say::flag_officer_publisher))
      ->type_name("CODE");
}

void CommandTree::add_roles(CLI::App& command) {
  add_repeatable(command, "--role", typed_.request.roles, Say::flag_role, "ROLE")->delimiter(',');
}

}  // namespace noroshi::admin
