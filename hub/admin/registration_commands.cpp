#include "hub/admin/command_branches.hpp"
#include "hub/admin/preview_words.hpp"

namespace noroshi::admin {

void CommandTree::add_registrations(const std::string& name, Subject subject) {
  const bool publisher = subject == Subject::publisher;
  const std::string id = publisher ? "362018" : "demo-tv";
  const std::string what = publisher ? "--name 徳島市 --sender city.tokushima.lg.jp"
                                     : "--name デモテレビ --areas 36 --min-level 3";
  const auto line = [&](const std::string& rest) { return name + " " + rest + " --data DIR"; };
  auto& command =
      add_command(app_, name, publisher ? Say::help_publisher : Say::help_subscriber,
                  {line("add " + id + " " + what), line("list"), line("suspend " + id)});
  command.require_subcommand(1);

  auto& add =
      add_action(command, "add", publisher ? Say::help_add_publisher : Say::help_add_subscriber,
                 subject, Action::add, {line("add " + id + " " + what)});
  add_terms(add, subject);
  add_token_file(add);
  auto& set = add_action(
      command, "set", publisher ? Say::help_set_publisher : Say::help_set_subscriber, subject,
      Action::set,
      publisher ? std::vector<std::string>{line("set 362018 --territory 362018.geojson"),
                                           line("set 362018 --proxy 360007:2027-03-31"),
                                           line("set 362018 --deadline delivered=10s "
                                                "--deadline withdrawn=2m"),
                                           line("set relay-power --events 'outage.*'")}
                : std::vector<std::string>{line("set " + id + " --areas 36"),
                                           line("set " + id + " --polygon reach.geojson"),
                                           line("set " + id + " --language ja-JP")});
  add_terms(set, subject);
  if (publisher) add_import(command);
  if (publisher) add_districts(command);
  add_action(command, "list", Say::help_list, subject, Action::list,
             {line("list"), line("list --json")});
  add_action(command, "show", Say::help_show, subject, Action::show, {line("show " + id)});
  const auto reason = [&](CLI::App& verb) {
    verb.add_option("--reason", typed_.request.reason, text(Say::flag_reason))->type_name("TEXT");
  };
  reason(add_action(command, "suspend", Say::help_suspend, subject, Action::suspend,
                    {line("suspend " + id + " --reason REASON")}));
  reason(add_action(command, "resume", Say::help_resume, subject, Action::resume,
                    {line("resume " + id)}));
  auto& token = add_action(command, "token", Say::help_token, subject, Action::token,
                           {line("token " + id + " --token-file FILE"),
                            line("token " + id + " --drill shakeout-2026 --token-file FILE")});
  add_token_file(token);
  if (publisher) add_keys(command);
  if (!publisher) add_webhooks(command);
  if (!publisher) add_test(command);
  if (!publisher) add_preview(command);
  token.add_option("--drill", typed_.request.drill, text(Say::flag_drill_token))->type_name("ID");
}

CLI::App& CommandTree::add_action(CLI::App& parent, const std::string& name, Say help,
                                  Subject subject, Action action,
                                  const std::vector<std::string>& lines) {
  auto& command = add_verb(parent, name, help, Typed::Verb::registration, lines);
  command.parse_complete_callback([this, subject, action] {
    typed_.verb = Typed::Verb::registration;
    typed_.request.subject = subject;
    typed_.request.action = action;
  });
  add_data(command);
  if (action == Action::list) return command;
  const bool publisher = subject == Subject::publisher;
  command
      .add_option(publisher ? "CODE" : "ID", typed_.request.id,
                  text(publisher ? Say::flag_code : Say::flag_id))
      ->required()
      ->type_name("");
  return command;
}

void CommandTree::add_terms(CLI::App& command, Subject subject) {
  auto& request = typed_.request;
  command.add_option("--name", request.name, text(Say::flag_name))->type_name("NAME");
  add_repeatable(command, "--areas", request.areas, Say::flag_areas, "CODES")->delimiter(',');
  if (subject == Subject::publisher) {
    command.add_flag("--two-people,!--no-two-people", request.two_people,
                     text(Say::flag_two_people));
    add_repeatable(command, "--sender", request.senders, Say::flag_sender, "VALUE");
    command.add_flag("--signature-required,!--no-signature-required", request.signature_required,
                     text(Say::flag_signature_required));
    add_rights(command);
    return;
  }
  add_repeatable(command, "--events", request.events, Say::flag_events, "PREFIXES")->delimiter(',');
  command.add_option("--min-level", request.min_level, text(Say::flag_min_level))
      ->type_name("LEVEL");
  add_repeatable(command, "--outlets", request.outlets, Say::flag_outlets, "OUTLETS")
      ->delimiter(',');
  command.add_option("--language", request.texts_language, text(Say::flag_texts_language))
      ->type_name("TAG");
  auto* polygon = command.add_option("--polygon", typed_.polygon_file, text(Say::flag_polygon))
                      ->type_name("FILE");
  command
      .add_flag_callback(
          "--no-polygon", [&request] { request.polygon = ""; }, text(Say::flag_no_polygon))
      ->excludes(polygon);
}

void CommandTree::add_test(CLI::App& subscriber) {
  auto& command = add_action(subscriber, "test", Say::help_test, Subject::subscriber, Action::test,
                             {"subscriber test demo-tv --data DIR",
                              "subscriber test demo-tv --json --timeout 10 --data DIR"});
  command.parse_complete_callback([this] {
    typed_.verb = Typed::Verb::test;
    typed_.request.subject = Subject::subscriber;
    typed_.request.action = Action::test;
  });
  command.add_option("--timeout", typed_.patience_s, text(Say::flag_test_timeout))
      ->check(CLI::Range(1, 600))
      ->type_name("S");
}

void CommandTree::add_preview(CLI::App& subscriber) {
  auto& command = add_command(
      subscriber, "preview", say(language_, PreviewSay::help_preview),
      {"subscriber preview demo-tv --data DIR",
       "subscriber preview demo-tv --areas 36 --min-level 4 --days 90 --data DIR",
       "subscriber preview new-signage --areas 362018 --polygon reach.geojson --data DIR"});
  add_output_flags(command);
  command.parse_complete_callback([this] {
    typed_.verb = Typed::Verb::registration;
    typed_.request.subject = Subject::subscriber;
    typed_.request.action = Action::preview;
    typed_.request.preview = typed_.preview;
  });
  add_data(command);
  command.add_option("ID", typed_.request.id, text(Say::flag_id))->required()->type_name("");
  add_terms(command, Subject::subscriber);
  command.add_option("--days", typed_.preview.days, say(language_, PreviewSay::flag_days))
      ->check(CLI::Range(std::uint32_t{1}, PreviewTerms::days_max))
      ->type_name("N");
}

void CommandTree::add_rights(CLI::App& command) {
  auto& rights = typed_.rights;
  add_repeatable(command, "--events", typed_.request.events, Say::flag_event_rights, "PREFIXES")
      ->delimiter(',');
  auto* territory =
      command.add_option("--territory", typed_.territory_file, text(Say::flag_territory))
          ->type_name("FILE");
  command
      .add_flag_callback(
          "--no-territory", [&rights] { rights.territory = ""; }, text(Say::flag_no_territory))
      ->excludes(territory);
  add_repeatable(command, "--proxy", rights.proxies, Say::flag_proxy, "CODE:UNTIL");
  add_repeatable(command, "--no-proxy", rights.no_proxies, Say::flag_no_proxy, "CODE");
  command.add_flag("--profile-required,!--no-profile-required", rights.profile_required,
                   text(Say::flag_profile_required));
  add_repeatable(command, "--deadline", rights.deadlines, Say::flag_deadline, "STEP=TIME");
  command.add_flag("--no-deadlines", rights.no_deadlines, text(Say::flag_no_deadlines));
}

void CommandTree::add_import(CLI::App& parent) {
  auto& command = add_verb(parent, "import", Say::help_import, Typed::Verb::import_,
                           {"publisher import codes.csv --dry-run --data DIR",
                            "publisher import codes.csv --skip-bad --data DIR"});
  command.parse_complete_callback([this] {
    typed_.verb = Typed::Verb::import_;
    typed_.request.subject = Subject::publisher;
    typed_.request.action = Action::import_;
  });
  add_data(command);
  auto& options = typed_.import_options;
  command.add_option("FILE", options.file, text(Say::flag_list))->required()->type_name("");
  command.add_flag("--dry-run", options.dry_run, text(Say::flag_dry_run));
  command.add_flag("--skip-bad", options.skip_bad, text(Say::flag_skip_bad));
}

void CommandTree::add_districts(CLI::App& parent) {
  auto& command = add_verb(parent, "districts", Say::help_districts, Typed::Verb::districts,
                           {"publisher districts 362018 362018-districts.geojson --data DIR"});
  command.parse_complete_callback([this] {
    typed_.verb = Typed::Verb::districts;
    typed_.request.subject = Subject::publisher;
    typed_.request.action = Action::districts;
  });
  add_data(command);
  command.add_option("CODE", typed_.request.id, text(Say::flag_code))->required()->type_name("");
  command.add_option("FILE", typed_.districts_file, text(Say::flag_districts))
      ->required()
      ->type_name("");
  add_reason(command);
}

void CommandTree::add_keys(CLI::App& publisher) {
  const auto line = [](const std::string& rest) {
    return "publisher key 362018 " + rest + " --data DIR";
  };
  auto& command = add_command(
      publisher, "key", Say::help_key,
      {line("add city-2026 city.pem"), line("list"), line("remove city-2026 --reason REASON")});
  command.add_option("CODE", typed_.request.id, text(Say::flag_code))->required()->type_name("");
  command.require_subcommand(1);
  auto& add = add_key_verb(command, "add", Say::help_key_add, Action::add,
                           {line("add city-2026 city.pem")});
  add.add_option("CERT", typed_.signing_file, text(Say::flag_key_certificate))
      ->required()
      ->type_name("");
  add_key_verb(command, "list", Say::help_key_list, Action::list,
               {line("list"), line("list --json")});
  add_reason(add_key_verb(command, "remove", Say::help_key_remove, Action::revoke,
                          {line("remove city-2026 --reason REASON")}));
}

CLI::App& CommandTree::add_key_verb(CLI::App& parent, const std::string& name, Say help,
                                    Action action, const std::vector<std::string>& lines) {
  auto& command = add_verb(parent, name, help, Typed::Verb::key, lines);
  command.parse_complete_callback([this, action] {
    typed_.verb = Typed::Verb::key;
    typed_.request.subject = Subject::signing_key;
    typed_.request.action = action;
  });
  add_data(command);
  if (action == Action::list) return command;
  command.add_option("NAME", typed_.signing_key, text(Say::flag_key_name))
      ->required()
      ->type_name("");
  return command;
}

}  // namespace noroshi::admin
