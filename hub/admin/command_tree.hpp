// What can be typed after noroshi-hub, and what was.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hub/admin/certificate_files.hpp"
#include "hub/admin/drill_verbs.hpp"
#include "hub/admin/explain_verb.hpp"
#include "hub/admin/publisher_import.hpp"
#include "hub/admin/request.hpp"
#include "hub/admin/restore.hpp"

namespace noroshi::admin {

// Fields of verbs that were not typed keep their defaults.
struct Typed {
  enum class Verb {
    init,
    serve,
    check,
    status,
    registration,
    test,
    import_,
    districts,
    certificate,
    drill,
    key,
    webhook,
    alarm,
    explain,
    audit,
    verify_proof,
    export_,
    verify_export,
    report,
    backup,
    restore
  };
  Verb verb = Verb::status;

  std::string data;  // the data directory; empty when not given
  bool json = false;
  bool quiet = false;

  bool demo = false;                       // init
  std::optional<std::string> environment;  // init
  std::vector<std::string> hosts;          // init, serve

  std::optional<std::string> listen;  // serve
  std::optional<std::uint16_t> port;
  std::optional<std::uint16_t> mtls_port;
  std::optional<std::uint16_t> admin_port;

  AdminRequest request;  // registration: publisher and subscriber verbs
  std::optional<std::string> token_file;
  ImportOptions import_options;  // with `request`: publisher import
  std::string districts_file;    // with `request`: publisher districts
  RightsTerms rights;            // of a publisher; its territory is read from the file
  std::optional<std::string> territory_file;
  std::optional<std::string> polygon_file;  // of a subscriber, with `request`
  CertificateOptions certificate;           // with `request`: the verbs on certificates
  std::string serial;
  std::string signing_key;  // with `request`: the verbs on signing keys
  std::string signing_file;
  WebhookTerms webhook;  // with `request`: the verbs on webhooks
  DrillOptions drill;    // with `request`: the verbs on drills
  AlarmTerms alarm;      // with `request`: the verbs on alarms
  ExplainOptions explain;
  std::vector<std::string> proof_files;  // audit verify-proof
  std::string proved_entry;              // audit prove, with `request`
  std::uint64_t proved_size = 0;
  std::string exported_to;                    // audit export, audit verify
  std::string report_to;                      // audit report, with `proved_entry`
  std::optional<std::string> audit_key_file;  // audit verify of an export
  std::string backup_file;                    // backup
  RestoreTerms restore;                       // restore
  PreviewTerms preview;                       // with `request`: subscriber preview
  std::uint32_t patience_s = 35;              // with `request`: subscriber test
};

// Nothing is to be done but to show `text`: help or version.
struct Information {
  std::string text;
};
// What was typed makes no sense; `text` says why and where to look.
struct Misuse {
  std::string text;
};

// `arguments` without the program's name.
std::variant<Typed, Information, Misuse> read_command(const std::vector<std::string>& arguments,
                                                      Language language);

}  // namespace noroshi::admin
