#include "hub/admin/command_branches.hpp"

#include <memory>

namespace noroshi::admin {

CommandTree::CommandTree(Typed& typed, Language language)
    : typed_(typed), language_(language), app_(text(Say::help_program), std::string(program)) {
  prepare();
  add_init();
  add_serve();
  add_check();
  add_registrations("publisher", Subject::publisher);
  add_registrations("subscriber", Subject::subscriber);
  add_officers();
  add_certificates();
  add_drills();
  add_alarms();
  add_audit();
  add_status();
  add_backup();
  add_restore();
  add_explain();
}

void CommandTree::prepare() {
  auto formatter = std::make_shared<CLI::Formatter>();
  formatter->label("Usage", text(Say::label_usage));
  formatter->label("Positionals", text(Say::label_positionals));
  formatter->label("REQUIRED", text(Say::label_required));
  formatter->column_width(32);
  app_.formatter(formatter);
  app_.option_defaults()->group(text(Say::label_options));
  app_.set_help_flag("-h,--help", text(Say::flag_help));
  app_.set_version_flag("--version", std::string(program) + " " + NOROSHI_VERSION,
                        text(Say::flag_version));
  app_.require_subcommand(1);
  examples(app_, {"init /var/lib/noroshi --host hub.example.jp",
                  "serve --data /var/lib/noroshi --listen 0.0.0.0",
                  "publisher add 362018 --name 徳島市 --sender city.tokushima.lg.jp --data DIR"});
}

void CommandTree::examples(CLI::App& command, const std::vector<std::string>& lines) const {
  std::string footer = text(Say::label_examples) + ":\n";
  for (const auto& line : lines) footer += "  " + std::string(program) + " " + line + "\n";
  footer.pop_back();
  command.footer(footer);
}

CLI::App& CommandTree::add_command(CLI::App& parent, const std::string& name,
                                   const std::string& help, const std::vector<std::string>& lines) {
  auto& command = *parent.add_subcommand(name, help);
  command.group(text(Say::label_subcommands));
  command.get_help_ptr()->group(text(Say::label_options));
  examples(command, lines);
  return command;
}

CLI::App& CommandTree::add_verb(CLI::App& parent, const std::string& name, Say help,
                                Typed::Verb verb, const std::vector<std::string>& lines) {
  auto& command = add_command(parent, name, help, lines);
  add_output_flags(command);
  command.parse_complete_callback([this, verb] { typed_.verb = verb; });
  return command;
}

void CommandTree::add_output_flags(CLI::App& command) {
  command.add_flag("--json", typed_.json, text(Say::flag_json));
  command.add_flag("--quiet", typed_.quiet, text(Say::flag_quiet));
}

void CommandTree::add_data(CLI::App& command) {
  command.add_option("--data", typed_.data, text(Say::flag_data))->type_name("DIR");
}

void CommandTree::add_reason(CLI::App& command) {
  command.add_option("--reason", typed_.request.reason, text(Say::flag_reason))->type_name("TEXT");
}

void CommandTree::add_token_file(CLI::App& command) {
  command.add_option("--token-file", typed_.token_file, text(Say::flag_token_file))
      ->type_name("FILE");
}

void CommandTree::add_init() {
  auto& init = add_verb(app_, "init", Say::help_init, Typed::Verb::init,
                        {"init /var/lib/noroshi --host hub.example.jp", "init demo-hub --demo"});
  init.add_option("DIR", typed_.data, text(Say::flag_init_directory))->required()->type_name("");
  init.add_flag("--demo", typed_.demo, text(Say::flag_demo));
  add_repeatable(init, "--host", typed_.hosts, Say::flag_init_host, "NAME");
  init.add_option("--environment", typed_.environment, text(Say::flag_environment))
      ->type_name("NAME");
}

void CommandTree::add_serve() {
  auto& serve =
      add_verb(app_, "serve", Say::help_serve, Typed::Verb::serve,
               {"serve --data /var/lib/noroshi", "serve --data demo-hub --port 0 --admin-port 0"});
  add_data(serve);
  serve.add_option("--listen", typed_.listen, text(Say::flag_listen))->type_name("ADDRESS");
  serve.add_option("--port", typed_.port, text(Say::flag_port))->type_name("PORT");
  serve.add_option("--mtls-port", typed_.mtls_port, text(Say::flag_mtls_port))->type_name("PORT");
  serve.add_option("--admin-port", typed_.admin_port, text(Say::flag_admin_port))
      ->type_name("PORT");
  add_repeatable(serve, "--host", typed_.hosts, Say::flag_serve_host, "NAME");
}

void CommandTree::add_check() {
  add_data(add_verb(app_, "check", Say::help_check, Typed::Verb::check,
                    {"check --data /var/lib/noroshi", "check --data demo-hub --json"}));
}

void CommandTree::add_explain() {
  auto& explain = add_verb(app_, "explain", Say::help_explain, Typed::Verb::explain,
                           {"explain auth.area", "explain cap.R012 --json", "explain --list"});
  explain.add_option("CODE", typed_.explain.id, text(Say::flag_explain_code))->type_name("");
  explain.add_flag("--list", typed_.explain.list, text(Say::flag_explain_list));
}

void CommandTree::add_status() {
  add_data(add_verb(app_, "status", Say::help_status, Typed::Verb::status,
                    {"status --data /var/lib/noroshi", "status --data demo-hub --json"}));
}

}  // namespace noroshi::admin
