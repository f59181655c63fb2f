#include "hub/admin/command_line.hpp"

#include <unistd.h>

#include <boost/json.hpp>
#include <fstream>
#include <iostream>
#include <utility>
#include <variant>

#include "hub/admin/alert_name.hpp"
#include "hub/admin/audit_key.hpp"
#include "hub/admin/audit_verbs.hpp"
#include "hub/admin/backup.hpp"
#include "hub/admin/check.hpp"
#include "hub/admin/command_tree.hpp"
#include "hub/admin/data_directory.hpp"
#include "hub/admin/district_verbs.hpp"
#include "hub/admin/drill_verbs.hpp"
#include "hub/admin/exit_code.hpp"
#include "hub/admin/init.hpp"
#include "hub/admin/key_verbs.hpp"
#include "hub/admin/log_access.hpp"
#include "hub/admin/log_export.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/probe_verb.hpp"
#include "hub/admin/publisher_rights.hpp"
#include "hub/admin/reach.hpp"
#include "hub/admin/registration.hpp"
#include "hub/admin/report_verb.hpp"
#include "hub/config/host_name.hpp"

namespace noroshi::admin {
namespace {

namespace json = boost::json;

// One run: what was typed, in its surroundings.
class Run {
 public:
  Run(Typed typed, const Surroundings& surroundings, Language language)
      : typed_(std::move(typed)), surroundings_(surroundings), language_(language) {
    take_data_directory();
  }

  int carry_out(const Serve& serve) {
    if (typed_.verb == Typed::Verb::explain) {
      return print(carry_out_explain(typed_.explain, language_));
    }
    if (typed_.verb == Typed::Verb::verify_proof)
      return print(verify_proofs(typed_.proof_files, language_));
    if (typed_.verb == Typed::Verb::verify_export)
      return print(verify_export(typed_.exported_to, typed_.audit_key_file, language_));
    if (directory_.root.empty()) {
      return print(
          answer_of({ErrorCode::invalid, say(language_, Say::missing_argument, "--data")}));
    }
    switch (typed_.verb) {
      case Typed::Verb::init:
        return print(init());
      case Typed::Verb::serve:
        return this->serve(serve);
      case Typed::Verb::check:
        return print(check());
      case Typed::Verb::status:
        return print(status_of(directory_, language_, surroundings_.clock));
      case Typed::Verb::test:
        return print(
            carry_out_test(directory_, typed_.request, std::chrono::seconds(typed_.patience_s)));
      case Typed::Verb::registration:
        return print(registration());
      case Typed::Verb::import_:
        return print(carry_out_import(directory_, typed_.request, typed_.import_options,
                                      surroundings_.clock));
      case Typed::Verb::districts:
        return print(carry_out_districts(directory_, typed_.request, typed_.districts_file,
                                         surroundings_.clock));
      case Typed::Verb::certificate:
        return print(carry_out_certificate(directory_, typed_.request, typed_.certificate,
                                           surroundings_.clock));
      case Typed::Verb::key: {
        auto request = typed_.request;
        if (!typed_.signing_key.empty()) request.name = typed_.signing_key;
        return print(carry_out_key(directory_, std::move(request), typed_.signing_file,
                                   surroundings_.clock));
      }
      case Typed::Verb::webhook: {
        auto request = typed_.request;
        request.webhook = typed_.webhook;
        return print(admin::carry_out(directory_, request, surroundings_.clock));
      }
      case Typed::Verb::drill:
        return print(
            carry_out_drill(directory_, typed_.request, typed_.drill, surroundings_.clock));
      case Typed::Verb::alarm: {
        auto request = typed_.request;
        request.alarm = typed_.alarm;
        request.alarm->now_ms = surroundings_.clock();
        return print(admin::carry_out(directory_, request, surroundings_.clock));
      }
      case Typed::Verb::audit:
        return print(audit());
      case Typed::Verb::export_:
        return print(export_());
      case Typed::Verb::report:
        return print(report());
      case Typed::Verb::backup:
        return print(backup());
      case Typed::Verb::restore:
        return print(
            restore_backup(typed_.restore, directory_, surroundings_.clock, language_, progress()));
      case Typed::Verb::explain:
      case Typed::Verb::verify_proof:
      case Typed::Verb::verify_export:
        break;  // above: without a data directory
    }
    return exit_code::usage;
  }

 private:
  [[nodiscard]] AdminAnswer registration() const {
    auto request = typed_.request;
    auto rights = typed_.rights;
    if (typed_.territory_file) {
      auto territory = territory_from(*typed_.territory_file, language_);
      if (!territory) return answer_of(territory.error());
      rights.territory = std::move(*territory);
    }
    if (typed_.polygon_file) {
      auto polygon = territory_from(*typed_.polygon_file, language_);
      if (!polygon) return answer_of(polygon.error());
      request.polygon = std::move(*polygon);
    }
    if (rights.anything_given()) request.rights = std::move(rights);
    auto answer =
        carry_out_registration(directory_, request, typed_.token_file, surroundings_.clock);
    if (answer.exit_code == exit_code::ok) say_what_it_would_have_received(request, answer);
    return answer;
  }

  void say_what_it_would_have_received(const AdminRequest& changed, AdminAnswer& answer) const {
    using Action = AdminRequest::Action;
    if (changed.subject != AdminRequest::Subject::subscriber || typed_.quiet) return;
    if (changed.action != Action::add && changed.action != Action::set) return;
    AdminRequest request;
    request.subject = changed.subject;
    request.action = Action::preview;
    request.id = changed.id;
    request.language = changed.language;
    request.preview.emplace().now_ms = surroundings_.clock();
    const auto preview = admin::carry_out(directory_, request, surroundings_.clock);
    if (preview.exit_code == exit_code::ok) answer.note += "\n" + preview.note;
  }

  [[nodiscard]] AdminAnswer audit() const {
    auto request = typed_.request;
    if (request.action == AdminRequest::Action::prove) {
      const auto terms = entry_terms(typed_.proved_entry, typed_.proved_size, language_);
      if (!terms) return answer_of(terms.error());
      request.audit = *terms;
    }
    return admin::carry_out(directory_, request, surroundings_.clock);
  }

  [[nodiscard]] std::string audit_pub() const {
    std::ifstream key(directory_.audit_verifier());
    std::string line;
    std::getline(key, line);
    return line + "\n";
  }

  [[nodiscard]] AdminAnswer report() const {
    return carry_out_report(reach(directory_, surroundings_.clock),
                            {typed_.proved_entry, typed_.report_to, audit_pub()},
                            surroundings_.clock(), language_);
  }

  // Seen on a terminal only; how much there is need not be known.
  [[nodiscard]] ExportProgress progress() const {
    const bool shown = ::isatty(STDERR_FILENO) == 1 && !typed_.quiet;
    return [this, shown](journal::Sequence done, journal::Sequence all) {
      if (!shown) return;
      surroundings_.err << (all != 0 ? fmt::format("\r{} / {}", done, all)
                                     : fmt::format("\r{}", done))
                        << (done == all ? "\n" : "") << std::flush;
    };
  }

  [[nodiscard]] AdminAnswer export_() const {
    return export_log(reach(directory_, surroundings_.clock), typed_.exported_to, audit_pub(),
                      language_, progress());
  }

  [[nodiscard]] AdminAnswer backup() const {
    if (const auto complete = check_complete(directory_, language_); !complete)
      return answer_of(complete.error());
    const auto signer = audit_key_of(directory_);
    if (!signer) return answer_of(signer.error());
    return take_backup(reach(directory_, surroundings_.clock), directory_, *signer,
                       typed_.backup_file, language_, progress());
  }

  void take_data_directory() {
    auto data = typed_.data;
    const auto given = surroundings_.environment.find("NOROSHI_DATA");
    if (data.empty() && given != surroundings_.environment.end()) data = given->second;
    directory_.root = data;
    if (!directory_.root.has_filename()) {  // written with a final slash
      const auto parent = directory_.root.parent_path();
      if (parent != directory_.root.root_path()) directory_.root = parent;
    }
  }

  int print(const AdminAnswer& answer) const {
    const bool succeeded = answer.exit_code == exit_code::ok;
    const bool told_in_json = typed_.json && !succeeded && answer.data.empty();
    if (told_in_json) {
      surroundings_.err << answer.json;
      return answer.exit_code;
    }
    if (!answer.note.empty() && !(typed_.quiet && succeeded)) {
      surroundings_.err << answer.note << '\n' << std::flush;
    }
    surroundings_.out << (typed_.json ? answer.json : answer.data) << std::flush;
    return answer.exit_code;
  }

  AdminAnswer init() const {
    InitRequest request;
    request.data = directory_.root;
    request.hosts = typed_.hosts;
    request.sample = typed_.demo ? InitRequest::Sample::tokushima : InitRequest::Sample::none;
    request.environment = typed_.environment.value_or(typed_.demo ? "demo" : "live");
    const auto report = admin::init(request, surroundings_.clock, language_);
    if (!report) return answer_of(report.error());

    AdminAnswer answer;
    const auto root = printable(directory_.root.string());
    answer.note = say(language_, Say::init_done, root, request.environment);
    if (typed_.demo) {
      answer.note +=
          "\n" + say(language_, Say::init_demo_done, report->publishers, report->subscribers, root);
    }
    answer.json =
        json::serialize(json::object{{"data", directory_.root.string()},
                                     {"environment", request.environment},
                                     {"epoch", report->epoch},
                                     {"ca", (directory_.tls() / "ca.pem").string()},
                                     {"operator_token_file", directory_.operator_token().string()},
                                     {"publishers", report->publishers},
                                     {"subscribers", report->subscribers}}) +
        "\n";
    return answer;
  }

  AdminAnswer check() const {
    const auto [problems, warnings] =
        admin::check(directory_.root, surroundings_.environment, surroundings_.clock(), language_);
    AdminAnswer answer;
    for (const auto& problem : problems) answer.data += problem + "\n";
    for (const auto& warning : warnings) {
      answer.note += (answer.note.empty() ? "" : "\n") + warning;
    }
    if (problems.empty()) {
      answer.data = say(language_, Say::check_clean, printable(directory_.root.string())) + "\n";
    } else {
      answer.exit_code = exit_code::configuration;
    }
    const json::object object{{"ok", problems.empty()},
                              {"problems", json::array(problems.begin(), problems.end())},
                              {"warnings", json::array(warnings.begin(), warnings.end())}};
    answer.json = json::serialize(object) + "\n";
    return answer;
  }

  int serve(const Serve& serve) const {
    if (const auto complete = check_complete(directory_, language_); !complete) {
      return print(answer_of(complete.error()));
    }
    auto config = config::load(directory_.root, surroundings_.environment);
    if (!config) return print(answer_of(config.error()));
    if (const auto fit = apply_options(*config); !fit) return print(answer_of(fit.error()));
    return serve(*config);
  }

  Result<void> apply_options(config::Config& config) const {
    if (typed_.port) config.port = *typed_.port;
    if (typed_.mtls_port) config.mtls_port = *typed_.mtls_port;
    if (typed_.admin_port) config.admin_port = *typed_.admin_port;
    if (typed_.listen) {
      if (!config::is_ip_address(*typed_.listen)) return bad_host(*typed_.listen);
      config.listen = *typed_.listen;
    }
    for (const auto& host : typed_.hosts) {
      if (!config::is_ip_address(host) && !config::is_dns_name(host)) return bad_host(host);
      config.hosts.push_back(host);
    }
    config::admit_own_hosts(config);
    return {};
  }

  [[nodiscard]] tl::unexpected<Error> bad_host(const std::string& host) const {
    return failure(ErrorCode::invalid, say(language_, Say::bad_host, printable(host)));
  }

  Typed typed_;
  const Surroundings& surroundings_;
  const Language language_;
  DataDirectory directory_;
};

std::map<std::string, std::string> process_environment() {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view variable(*entry);
    const auto equals = variable.find('=');
    if (equals == std::string_view::npos) continue;
    variables.emplace(variable.substr(0, equals), variable.substr(equals + 1));
  }
  return variables;
}

}  // namespace

int run(const std::vector<std::string>& arguments, const Surroundings& surroundings,
        const Serve& serve) {
  const auto language = config::language_of(surroundings.environment);
  auto command = read_command(arguments, language);
  if (const auto* information = std::get_if<Information>(&command)) {
    surroundings.out << information->text << std::flush;
    return exit_code::ok;
  }
  if (const auto* misuse = std::get_if<Misuse>(&command)) {
    surroundings.err << misuse->text << std::flush;
    return exit_code::usage;
  }
  return Run(std::get<Typed>(std::move(command)), surroundings, language).carry_out(serve);
}

int run(int argc, char** argv, const Serve& serve) {
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  return run(arguments, {std::cout, std::cerr, process_environment(), system_clock()}, serve);
}

}  // namespace noroshi::admin
