#include "hub/admin/command_tree.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "hub/admin/printable.hpp"

namespace noroshi::admin {
namespace {

using Action = AdminRequest::Action;
using Subject = AdminRequest::Subject;

constexpr std::string_view program = "noroshi-hub";

// CLI11's tree over one Typed, which must outlive it.
class CommandTree {
 public:
  CommandTree(Typed& typed, Language language)
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
    add_status();
    add_explain();
  }

  CLI::App& app() { return app_; }

 private:
  [[nodiscard]] std::string text(Say what) const { return std::string(sentence(language_, what)); }

  // Subcommands inherit all of this, so it comes first.
  void prepare() {
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

  void examples(CLI::App& command, const std::vector<std::string>& lines) const {
    std::string footer = text(Say::label_examples) + ":\n";
    for (const auto& line : lines) footer += "  " + std::string(program) + " " + line + "\n";
    footer.pop_back();
    command.footer(footer);
  }

  CLI::App& add_command(CLI::App& parent, const std::string& name, Say help,
                        const std::vector<std::string>& lines) {
    auto& command = *parent.add_subcommand(name, text(help));
    command.group(text(Say::label_subcommands));
    command.get_help_ptr()->group(text(Say::label_options));
    examples(command, lines);
    return command;
  }

  CLI::App& add_verb(CLI::App& parent, const std::string& name, Say help, Typed::Verb verb,
                     const std::vector<std::string>& lines) {
    auto& command = add_command(parent, name, help, lines);
    command.add_flag("--json", typed_.json, text(Say::flag_json));
    command.add_flag("--quiet", typed_.quiet, text(Say::flag_quiet));
    command.parse_complete_callback([this, verb] { typed_.verb = verb; });
    return command;
  }

  void add_data(CLI::App& command) {
    command.add_option("--data", typed_.data, text(Say::flag_data))->type_name("DIR");
  }

  // One value a flag, so that what follows is never swallowed; repeatable.
  template <class Values>
  CLI::Option* add_repeatable(CLI::App& command, const char* flag, Values& values, Say help,
                              const char* type) {
    return command.add_option(flag, values, text(help))->allow_extra_args(false)->type_name(type);
  }

  void add_init() {
    auto& init = add_verb(app_, "init", Say::help_init, Typed::Verb::init,
                          {"init /var/lib/noroshi --host hub.example.jp", "init demo-hub --demo"});
    init.add_option("DIR", typed_.data, text(Say::flag_init_directory))->required()->type_name("");
    init.add_flag("--demo", typed_.demo, text(Say::flag_demo));
    add_repeatable(init, "--host", typed_.hosts, Say::flag_init_host, "NAME");
    init.add_option("--environment", typed_.environment, text(Say::flag_environment))
        ->type_name("NAME");
  }

  void add_serve() {
    auto& serve = add_verb(
        app_, "serve", Say::help_serve, Typed::Verb::serve,
        {"serve --data /var/lib/noroshi", "serve --data demo-hub --port 0 --admin-port 0"});
    add_data(serve);
    serve.add_option("--listen", typed_.listen, text(Say::flag_listen))->type_name("ADDRESS");
    serve.add_option("--port", typed_.port, text(Say::flag_port))->type_name("PORT");
    serve.add_option("--mtls-port", typed_.mtls_port, text(Say::flag_mtls_port))->type_name("PORT");
    serve.add_option("--admin-port", typed_.admin_port, text(Say::flag_admin_port))
        ->type_name("PORT");
    add_repeatable(serve, "--host", typed_.hosts, Say::flag_serve_host, "NAME");
  }

  void add_check() {
    add_data(add_verb(app_, "check", Say::help_check, Typed::Verb::check,
                      {"check --data /var/lib/noroshi", "check --data demo-hub --json"}));
  }

  void add_explain() {
    auto& explain = add_verb(app_, "explain", Say::help_explain, Typed::Verb::explain,
                             {"explain auth.area", "explain cap.R012 --json", "explain --list"});
    explain.add_option("CODE", typed_.explain.id, text(Say::flag_explain_code))->type_name("");
    explain.add_flag("--list", typed_.explain.list, text(Say::flag_explain_list));
  }

  void add_status() {
    add_data(add_verb(app_, "status", Say::help_status, Typed::Verb::status,
                      {"status --data /var/lib/noroshi", "status --data demo-hub --json"}));
  }

  void add_registrations(const std::string& name, Subject subject) {
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
                                             line("set relay-power --events 'outage.*'")}
                  : std::vector<std::string>{line("set " + id + " --areas 36")});
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
    token.add_option("--drill", typed_.request.drill, text(Say::flag_drill_token))->type_name("ID");
  }

  // publisher key CODE add|list|remove
  void add_keys(CLI::App& publisher) {
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

  CLI::App& add_key_verb(CLI::App& parent, const std::string& name, Say help, Action action,
                         const std::vector<std::string>& lines) {
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

  void add_officers() {
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
    add_reason(add_officer_verb(command, "resume", Say::help_resume, Action::resume,
                                {line("resume kato")}));
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

  CLI::App& add_officer_verb(CLI::App& parent, const std::string& name, Say help, Action action,
                             const std::vector<std::string>& lines) {
    auto& command = add_verb(parent, name, help, Typed::Verb::registration, lines);
    command.parse_complete_callback([this, action] {
      typed_.verb = Typed::Verb::registration;
      typed_.request.subject = Subject::officer;
      typed_.request.action = action;
    });
    add_data(command);
    if (action == Action::list) return command;
    command.add_option("LOGIN", typed_.request.id, text(Say::flag_login))
        ->required()
        ->type_name("");
    return command;
  }

  void add_employer(CLI::App& command) {
    command.add_option("--publisher", typed_.request.publisher, text(Say::flag_officer_publisher))
        ->type_name("CODE");
  }

  void add_roles(CLI::App& command) {
    add_repeatable(command, "--role", typed_.request.roles, Say::flag_role, "ROLE")->delimiter(',');
  }

  void add_reason(CLI::App& command) {
    command.add_option("--reason", typed_.request.reason, text(Say::flag_reason))
        ->type_name("TEXT");
  }

  CLI::App& add_action(CLI::App& parent, const std::string& name, Say help, Subject subject,
                       Action action, const std::vector<std::string>& lines) {
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

  void add_certificates() {
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

    auto& revoke = add_certificate_verb(
        command, "revoke", Say::help_cert_revoke, Action::revoke,
        {"cert revoke SERIAL --reason REASON --data DIR",
         "cert revoke --identity publisher:362018 --reason REASON --data DIR"});
    revoke.add_option("SERIAL", typed_.serial, text(Say::flag_serial))->type_name("");
    revoke.add_option("--identity", typed_.certificate.identity, text(Say::flag_identity))
        ->type_name("KIND:ID");
    revoke.add_option("--reason", typed_.request.reason, text(Say::flag_reason))->type_name("TEXT");
  }

  void add_drills() {
    const std::string open =
        "drill open shakeout-2026 --name 県総合防災訓練 --publishers 362018 --subscribers demo-tv "
        "--start 2026-11-23T09:00:00+09:00 --end 2026-11-23T12:00:00+09:00 --data DIR";
    auto& command = add_command(
        app_, "drill", Say::help_drill,
        {open, "drill list --data DIR", "publisher token 362018 --drill shakeout-2026 --data DIR"});
    command.require_subcommand(1);

    auto& opening = add_drill_verb(command, "open", Say::help_drill_open, Action::open, {open});
    auto& options = typed_.drill;
    opening.add_option("--name", typed_.request.name, text(Say::flag_drill_name))
        ->type_name("NAME");
    add_repeatable(opening, "--publishers", options.publishers, Say::flag_drill_publishers, "CODES")
        ->delimiter(',');
    add_repeatable(opening, "--subscribers", options.subscribers, Say::flag_drill_subscribers,
                   "IDS")
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

  CLI::App& add_drill_verb(CLI::App& parent, const std::string& name, Say help, Action action,
                           const std::vector<std::string>& lines) {
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

  CLI::App& add_certificate_verb(CLI::App& parent, const std::string& name, Say help, Action action,
                                 const std::vector<std::string>& lines) {
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

  void add_holder(CLI::App& command, const std::vector<std::string>& kinds) {
    command.add_option("KIND", typed_.certificate.kind, text(Say::flag_kind))
        ->required()
        ->type_name("")
        ->check(CLI::IsMember(kinds));
    command.add_option("ID", typed_.request.id, text(Say::flag_holder))->type_name("");
  }

  void add_issuing(CLI::App& command) {
    auto& options = typed_.certificate;
    command.add_option("--days", options.days, text(Say::flag_days))
        ->type_name("DAYS")
        ->check(CLI::Range(1, 365));
    command.add_option("--out", options.out, text(Say::flag_out))->type_name("DIR");
    command.add_option("--csr", options.csr, text(Say::flag_csr))->type_name("FILE");
    command.add_option("--ca-key", options.ca_key, text(Say::flag_ca_key))->type_name("FILE");
  }

  void add_terms(CLI::App& command, Subject subject) {
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
    add_repeatable(command, "--events", request.events, Say::flag_events, "PREFIXES")
        ->delimiter(',');
    command.add_option("--min-level", request.min_level, text(Say::flag_min_level))
        ->type_name("LEVEL");
    add_repeatable(command, "--outlets", request.outlets, Say::flag_outlets, "OUTLETS")
        ->delimiter(',');
  }

  void add_import(CLI::App& parent) {
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

  void add_districts(CLI::App& parent) {
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

  void add_rights(CLI::App& command) {
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
  }

  void add_token_file(CLI::App& command) {
    command.add_option("--token-file", typed_.token_file, text(Say::flag_token_file))
        ->type_name("FILE");
  }

  Typed& typed_;
  const Language language_;
  CLI::App app_;
};

// The verb that was reached, for the hint where to look.
std::string reached(const CLI::App& app) {
  std::string name = app.get_name();
  for (const auto* sub = &app; !sub->get_subcommands().empty();) {
    sub = sub->get_subcommands().front();
    name += " " + sub->get_name();
  }
  return name;
}

std::string without(std::string text, std::string_view part) {
  const auto at = text.find(part);
  if (at != std::string::npos) text.erase(at, part.size());
  return text;
}

std::string explain(const CLI::ParseError& error, const CLI::App& app, Language language) {
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const auto extras = app.remaining(true);
    return say(language, Say::unexpected_argument,
               printable(fmt::format("{}", fmt::join(extras, " "))));
  }
  auto words = printable(error.what());
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    return say(language, Say::missing_argument, without(words, " is required"));
  }
  return words;
}

}  // namespace

std::variant<Typed, Information, Misuse> read_command(const std::vector<std::string>& arguments,
                                                      Language language) {
  Typed typed;
  typed.request.language = language;
  CommandTree tree(typed, language);
  std::vector<std::string> backwards(arguments.rbegin(), arguments.rend());  // as CLI11 wants them
  try {
    tree.app().parse(backwards);
    return typed;
  } catch (const CLI::CallForHelp&) {
    return Information{tree.app().help()};
  } catch (const CLI::CallForVersion& version) {
    return Information{std::string(version.what()) + "\n"};
  } catch (const CLI::ParseError& error) {
    return Misuse{
        say(language, Say::usage_hint, explain(error, tree.app(), language), reached(tree.app())) +
        "\n"};
  }
}

}  // namespace noroshi::admin
