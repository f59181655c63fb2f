// The tree of what can be typed, built by CLI11: a branch a noun, each in a file of its own.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "hub/admin/audit_words.hpp"
#include "hub/admin/command_tree.hpp"
#include "hub/admin/request.hpp"
#include "hub/admin/words.hpp"

namespace noroshi::admin {

// Over one Typed, which must outlive it.
class CommandTree {
 public:
  using Action = AdminRequest::Action;
  using Subject = AdminRequest::Subject;
  static constexpr std::string_view program = "noroshi-hub";

  CommandTree(Typed& typed, Language language);

  CLI::App& app() { return app_; }

 private:
  // what every branch is made of
  [[nodiscard]] std::string text(Say what) const { return std::string(sentence(language_, what)); }
  // Subcommands inherit all of this, so it comes first.
  void prepare();
  void examples(CLI::App& command, const std::vector<std::string>& lines) const;
  CLI::App& add_command(CLI::App& parent, const std::string& name, const std::string& help,
                        const std::vector<std::string>& lines);
  CLI::App& add_command(CLI::App& parent, const std::string& name, Say help,
                        const std::vector<std::string>& lines) {
    return add_command(parent, name, text(help), lines);
  }
  CLI::App& add_verb(CLI::App& parent, const std::string& name, Say help, Typed::Verb verb,
                     const std::vector<std::string>& lines);
  void add_output_flags(CLI::App& command);
  void add_data(CLI::App& command);
  void add_reason(CLI::App& command);
  void add_token_file(CLI::App& command);
  // One value a flag, so that what follows is never swallowed; repeatable.
  template <class Values>
  CLI::Option* add_repeatable(CLI::App& command, const char* flag, Values& values, Say help,
                              const char* type) {
    return command.add_option(flag, values, text(help))->allow_extra_args(false)->type_name(type);
  }

  // the hub itself
  void add_init();
  void add_serve();
  void add_check();
  void add_explain();
  void add_status();
  void add_backup();
  void add_restore();

  // publishers and subscribers
  void add_registrations(const std::string& name, Subject subject);
  CLI::App& add_action(CLI::App& parent, const std::string& name, Say help, Subject subject,
                       Action action, const std::vector<std::string>& lines);
  void add_terms(CLI::App& command, Subject subject);
  void add_test(CLI::App& subscriber);
  void add_preview(CLI::App& subscriber);
  void add_rights(CLI::App& command);
  void add_import(CLI::App& parent);
  void add_districts(CLI::App& parent);
  // publisher key CODE add|list|remove
  void add_keys(CLI::App& publisher);
  CLI::App& add_key_verb(CLI::App& parent, const std::string& name, Say help, Action action,
                         const std::vector<std::string>& lines);

  // subscriber webhook ID show|set|secret|dead|replay
  void add_webhooks(CLI::App& subscriber);
  CLI::App& add_webhook_verb(CLI::App& parent, const std::string& name, Say help, Action action,
                             const std::vector<std::string>& lines);

  // officers
  void add_officers();
  CLI::App& add_officer_verb(CLI::App& parent, const std::string& name, Say help, Action action,
                             const std::vector<std::string>& lines);
  void add_employer(CLI::App& command);
  void add_roles(CLI::App& command);

  // certificates
  void add_certificates();
  CLI::App& add_certificate_verb(CLI::App& parent, const std::string& name, Say help, Action action,
                                 const std::vector<std::string>& lines);
  void add_holder(CLI::App& command, const std::vector<std::string>& kinds);
  void add_issuing(CLI::App& command);

  // drills
  void add_drills();
  CLI::App& add_drill_verb(CLI::App& parent, const std::string& name, Say help, Action action,
                           const std::vector<std::string>& lines);

  // alarms
  void add_alarms();
  CLI::App& add_alarm_verb(CLI::App& parent, const std::string& name, Say help, Action action,
                           const std::vector<std::string>& lines);

  // the log's proofs
  void add_audit();
  void add_verify(CLI::App& audit);
  void add_report(CLI::App& audit);
  CLI::App& add_audit_verb(CLI::App& parent, const std::string& name, AuditSay help, Action action,
                           const std::vector<std::string>& lines);

  Typed& typed_;
  const Language language_;
  CLI::App app_;
};

}  // namespace noroshi::admin
