// What an admin verb asks and is answered, by the running hub over admin.sock or by the program
// itself over the opened log. One JSON object a line each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/admin/words.hpp"
#include "proto/result.hpp"

namespace noroshi::admin {

inline constexpr std::size_t request_bytes_max = 4u << 20;  // a territory is most of it
inline constexpr std::size_t answer_bytes_max = 64u << 20;

// A client certificate the asker has made, or means. Times are Unix milliseconds.
struct CertificateTerms {
  enum class Holder { nobody, publisher, subscriber };
  Holder holder = Holder::nobody;  // of the request's `id`
  std::string serial;              // hexadecimal, as in wire::ClientCertificate
  std::string key_sha256;          // hexadecimal, for issue and renew
  std::string certificate_sha256;  // hexadecimal, for issue and renew
  std::int64_t from_ms = 0;
  std::int64_t until_ms = 0;
  std::int64_t now_ms = 0;           // the asker's clock
  std::int64_t refused_from_ms = 0;  // for revoke and, of the former ones, renew; 0: at once

  bool operator==(const CertificateTerms&) const = default;
};

// A drill session the asker wants opened. Times are Unix milliseconds.
struct DrillTerms {
  std::vector<std::string> publishers;
  std::vector<std::string> subscribers;
  std::int64_t from_ms = 0;
  std::int64_t until_ms = 0;
  std::int64_t now_ms = 0;  // the asker's clock; for every verb on drills

  bool operator==(const DrillTerms&) const = default;
};

// Of the verbs on alarms.
struct AlarmTerms {
  bool with_over = false;       // list those that are over, too
  std::string by = "operator";  // who acknowledges: a login, or `operator`
  std::int64_t now_ms = 0;      // the asker's clock

  bool operator==(const AlarmTerms&) const = default;
};

// Of `audit prove` and `audit report`, and of a page of `audit export` and of `backup`: the one
// behind `sequence`.
struct AuditTerms {
  std::uint64_t sequence = 0;
  std::uint64_t epoch = 0;  // of the log it is meant to be in; 0: not said
  std::uint64_t size = 0;   // of the tree; 0: the whole log
  std::string alert = {};   // as it was typed, where it may be an alert's name (alert_name.hpp)
  std::uint32_t limit = 0;  // entries of a page; 0: as many as there may be

  bool operator==(const AuditTerms&) const = default;
};

// Of `subscriber preview`.
struct PreviewTerms {
  static constexpr std::uint32_t days_max = 3660;
  std::uint32_t days = 30;
  std::int64_t now_ms = 0;  // the asker's clock

  bool operator==(const PreviewTerms&) const = default;
};

// Of a publisher, beyond its codes; see publisher_rights.hpp.
struct RightsTerms {
  std::optional<std::string> territory;  // well-known binary, hexadecimal; "": none any more
  std::vector<std::string> proxies;      // CODE:UNTIL
  std::vector<std::string> no_proxies;   // CODE
  std::optional<bool> profile_required;
  std::vector<std::string> deadlines;  // STEP=DURATION
  bool no_deadlines = false;           // none any more, but those given
  std::int64_t now_ms = 0;             // the asker's clock

  [[nodiscard]] bool anything_given() const {
    return territory || !proxies.empty() || !no_proxies.empty() || profile_required ||
           !deadlines.empty() || no_deadlines;
  }
  bool operator==(const RightsTerms&) const = default;
};

// Of a subscriber's webhooks; see webhook_verbs.hpp.
struct WebhookTerms {
  std::optional<std::string> url;
  std::optional<std::string> payload;  // cap, json
  std::uint64_t sequence = 0;          // for replay: which one, unless all
  bool all = false;

  bool operator==(const WebhookTerms&) const = default;
};

struct AdminRequest {
  enum class Subject {
    hub,
    publisher,
    subscriber,
    certificate,
    drill,
    officer,
    signing_key,
    webhook,
    alarm,
    audit
  };
  enum class Action {
    status,
    add,
    set,
    list,
    show,
    suspend,
    resume,
    token,
    issue,
    renew,
    revoke,
    open,
    close,
    import_,
    districts,
    replay,
    test,
    ack,
    checkpoint,
    prove,
    verify,
    preview,
    export_,
    report,
    backup
  };

  Subject subject = Subject::hub;
  Action action = Action::status;
  std::string id;  // code, subscriber or drill id, login
  std::optional<std::string> name;
  std::optional<std::vector<std::string>> senders;
  std::optional<std::vector<std::string>> areas;
  std::optional<std::vector<std::string>> events;
  std::optional<std::vector<std::string>> outlets;
  std::optional<std::uint32_t> min_level;
  // Of a subscriber: well-known binary, hexadecimal, "": anywhere again; and a language tag.
  std::optional<std::string> polygon;
  std::optional<std::string> texts_language;
  std::optional<bool> two_people;                 // of a publisher's policy
  std::optional<std::string> publisher;           // of an officer
  std::optional<std::vector<std::string>> roles;  // of an officer
  std::string reason;
  // Hexadecimal, of the token the asker has made, for add and token: the token itself never
  // leaves the asker.
  std::string token_sha256;
  std::string drill;  // for token: the session it is for; empty: the live path
  std::optional<CertificateTerms> certificate;  // of the verbs on certificates
  std::string signing_certificate;              // PEM, of a signing key to be added
  std::optional<bool> signature_required;       // of a publisher
  std::optional<DrillTerms> session;            // of the verbs on drills
  std::optional<RightsTerms> rights;            // of a publisher
  std::optional<WebhookTerms> webhook;          // of the verbs on webhooks
  std::optional<AlarmTerms> alarm;              // of the verbs on alarms
  std::optional<AuditTerms> audit;              // of audit prove, report and a page of export
  std::optional<PreviewTerms> preview;          // of subscriber preview
  // For import: code and name of each publisher.
  std::vector<std::pair<std::string, std::string>> listed;
  std::string districts;  // for districts: v1::DistrictsRegistered without its code, in base64
  bool dry_run = false;
  std::optional<std::uint64_t> probe;  // for test: the one that was begun
  Language language = Language::english;

  bool operator==(const AdminRequest&) const = default;
};

struct AdminAnswer {
  int exit_code = 0;
  std::string data;  // for stdout, lines ended by \n; empty after a failure
  std::string note;  // for stderr, without a final \n: what was done, or what is wrong
  std::string json;  // in place of data with --json: one object a line, lines ended by \n

  bool operator==(const AdminAnswer&) const = default;
};

// The answer that tells of `error`; its JSON is {"code","detail"}.
AdminAnswer answer_of(const Error& error);

std::string to_json(const AdminRequest& request);
std::string to_json(const AdminAnswer& answer);
// invalid when it is not what to_json() writes; unknown fields are refused, not skipped, so that a
// newer program never believes an older hub did what it could not read.
Result<AdminRequest> read_request(std::string_view json);
Result<AdminAnswer> read_answer(std::string_view json);

}  // namespace noroshi::admin
