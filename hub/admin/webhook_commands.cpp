#include "hub/admin/command_branches.hpp"

namespace noroshi::admin {

void CommandTree::add_webhooks(CLI::App& subscriber) {
  const auto line = [](const std::string& rest) {
    return "subscriber webhook demo-tv " + rest + " --data DIR";
  };
  auto& command =
      add_command(subscriber, "webhook", Say::help_webhook,
                  {line("set --url https://tv.example.jp/noroshi --payload cap"),
                   line("secret add"), line("show"), line("dead"), line("replay --all")});
  command.add_option("ID", typed_.request.id, text(Say::flag_id))->required()->type_name("");
  command.require_subcommand(1);
  add_webhook_verb(command, "show", Say::help_webhook_show, Action::show, {line("show --json")});
  auto& set = add_webhook_verb(command, "set", Say::help_webhook_set, Action::set,
                               {line("set --url https://tv.example.jp/noroshi --payload json")});
  set.add_option("--url", typed_.webhook.url, text(Say::flag_webhook_url))->type_name("URL");
  set.add_option("--payload", typed_.webhook.payload, text(Say::flag_webhook_payload))
      ->type_name("cap|json");
  add_reason(set);
  auto& secret = add_command(command, "secret", Say::help_webhook_secret,
                             {line("secret add"), line("secret rotate"), line("secret remove")});
  secret.require_subcommand(1);
  add_webhook_verb(secret, "add", Say::help_webhook_secret_add, Action::add, {line("secret add")});
  add_webhook_verb(secret, "rotate", Say::help_webhook_secret_rotate, Action::renew,
                   {line("secret rotate")});
  add_webhook_verb(secret, "remove", Say::help_webhook_secret_remove, Action::revoke,
                   {line("secret remove")});
  const auto drill = [&](CLI::App& verb) {
    verb.add_option("--drill", typed_.request.drill, text(Say::flag_webhook_drill))
        ->type_name("ID");
  };
  drill(add_webhook_verb(command, "dead", Say::help_webhook_dead, Action::list,
                         {line("dead"), line("dead --json")}));
  auto& replay = add_webhook_verb(command, "replay", Say::help_webhook_replay, Action::replay,
                                  {line("replay 412"), line("replay --all")});
  auto* sequence =
      replay.add_option("SEQUENCE", typed_.webhook.sequence, text(Say::flag_webhook_sequence));
  sequence->type_name("");
  replay.add_flag("--all", typed_.webhook.all, text(Say::flag_webhook_all))->excludes(sequence);
  drill(replay);
}

CLI::App& CommandTree::add_webhook_verb(CLI::App& parent, const std::string& name, Say help,
                                        Action action, const std::vector<std::string>& lines) {
  auto& command = add_verb(parent, name, help, Typed::Verb::webhook, lines);
  command.parse_complete_callback([this, action] {
    typed_.verb = Typed::Verb::webhook;
    typed_.request.subject = Subject::webhook;
    typed_.request.action = action;
  });
  add_data(command);
  return command;
}

}  // namespace noroshi::admin
