#include "hub/admin/command_branches.hpp"

namespace noroshi::admin {

void CommandTree::add_drills() {
  const std::string open =
      "drill open shakeout-2026 --name 県総合防災訓練 --publishers 362018 --subscribers demo-tv "
      "--start 2026-11-23T09:00:00+09:00 --end 2026-11-23T12:00:00+09:00 --data DIR";
  auto& command = add_command(
      app_, "drill", Say::help_drill,
      {open, "drill list --data DIR", "publisher token 362018 --drill shakeout-2026 --data DIR"});
  command.require_subcommand(1);

  auto& opening = add_drill_verb(command, "open", Say::help_drill_open, Action::open, {open});
  auto& options = typed_.drill;
  opening.add_option("--name", typed_.request.name, text(Say::flag_drill_name))->type_name("NAME");
  add_repeatable(opening, "--publishers", options.publishers, Say::flag_drill_publishers, "CODES")
      ->delimiter(',');
  add_repeatable(opening, "--subscribers", options.subscribers, Say::flag_drill_subscribers, "IDS")
      ->delimiter(',');
  opening.add_option("--start", options.start, text(Say::flag_drill_start))->type_name("TIME");
  opening.add_option("--end", options.end, text(Say::flag_drill_end))->type_name("TIME");
  add_drill_verb(command, "close", Say::help_drill_close, Action::close,
                 {"drill close shakeout-2026 --reason REASON --data DIR"})
      .add_option("--reason", typed_.request.reason, text(Say::flag_reason))
      ->type_name("TEXT");
  add_drill_verb(command, "list", Say::help_drill_list, Action::list,
                 {"drill list --data DIR", "drill list --json --data DIR"});
  add_drill_verb(command, "show", Say::help_drill_show, Action::show,
                 {"drill show shakeout-2026 --data DIR"});
}

CLI::App& CommandTree::add_drill_verb(CLI::App& parent, const std::string& name, Say help,
                                      Action action, const std::vector<std::string>& lines) {
  auto& command = add_verb(parent, name, help, Typed::Verb::drill, lines);
  command.parse_complete_callback([this, action] {
    typed_.verb = Typed::Verb::drill;
    typed_.request.subject = Subject::drill;
    typed_.request.action = action;
  });
  add_data(command);
  if (action != Action::list)
    command.add_option("ID", typed_.request.id, text(Say::flag_drill))->required()->type_name("");
  return command;
}

}  // namespace noroshi::admin
