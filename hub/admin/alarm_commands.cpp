#include "hub/admin/command_branches.hpp"

namespace noroshi::admin {

void CommandTree::add_alarms() {
  const std::string ack = "alarm ack deadline.delivered:1024 --by sato --data DIR";
  auto& command = add_command(app_, "alarm", Say::help_alarm, {"alarm list --data DIR", ack});
  command.require_subcommand(1);
  auto& list = add_alarm_verb(command, "list", Say::help_alarm_list, Action::list,
                              {"alarm list --data DIR", "alarm list --all --json --data DIR"});
  list.add_flag("--all", typed_.alarm.with_over, text(Say::flag_alarm_all));
  add_alarm_verb(command, "show", Say::help_alarm_show, Action::show,
                 {"alarm show deadline.delivered:1024 --data DIR"});
  add_alarm_verb(command, "ack", Say::help_alarm_ack, Action::ack, {ack})
      .add_option("--by", typed_.alarm.by, text(Say::flag_alarm_by))
      ->type_name("LOGIN");
}

CLI::App& CommandTree::add_alarm_verb(CLI::App& parent, const std::string& name, Say help,
                                      Action action, const std::vector<std::string>& lines) {
  auto& command = add_verb(parent, name, help, Typed::Verb::alarm, lines);
  command.parse_complete_callback([this, action] {
    typed_.verb = Typed::Verb::alarm;
    typed_.request.subject = Subject::alarm;
    typed_.request.action = action;
  });
  add_data(command);
  if (action != Action::list)
    command.add_option("ID", typed_.request.id, text(Say::flag_alarm))->required()->type_name("");
  return command;
}

}  // namespace noroshi::admin
