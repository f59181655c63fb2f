#include <algorithm>

#include "proto/cap/instant.hpp"
#include "proto/cap/rules.hpp"
#include "proto/cap/white_space.hpp"
#include "proto/cap/words.hpp"

namespace noroshi::cap {
namespace {

// Clocks of senders may differ from ours by this much before a time counts as in the future.
constexpr std::int64_t clock_tolerance_milliseconds = 60'000;

bool is_name(std::string_view text) {
  return !text.empty() && text.find_first_of(" \t\n\r,<&") == std::string_view::npos;
}

bool filled(const std::optional<Text>& text) { return text && !is_blank(*text); }

// CAP 1.2: items with white space inside stand between double quotes.
bool quotes_balanced(std::string_view list) {
  return std::count(list.begin(), list.end(), '"') % 2 == 0;
}

void check_sent(const Alert& alert, std::int64_t now, Findings& findings) {
  const Text& sent = alert.sent;
  const auto at = unix_milliseconds(sent);
  if (!at) {
    findings.error("R012", Path(alert_path, "sent"), place_of(sent, alert.place), sent);
  } else if (*at > now + clock_tolerance_milliseconds) {
    findings.warn("R012", Path(alert_path, "sent"), sent.place, sent, "future");
  }
}

void check_scope(const Alert& alert, Findings& findings) {
  if (!words::contains(words::scope, alert.scope))
    findings.error("R016", Path(alert_path, "scope"), place_of(alert.scope, alert.place),
                   alert.scope);
  if (alert.scope == "Restricted" && !filled(alert.restriction))
    findings.error("R017", Path(alert_path, "restriction"), place_of(alert.scope, alert.place));
  if (alert.scope != "Restricted" && filled(alert.restriction))
    findings.error("R018", Path(alert_path, "restriction"), alert.restriction->place, alert.scope);
  if (alert.scope == "Private" && !filled(alert.addresses))
    findings.error("R019", Path(alert_path, "addresses"), alert.scope.place, {}, "missing");
  if (alert.addresses && !quotes_balanced(*alert.addresses))
    findings.error("R019", Path(alert_path, "addresses"), alert.addresses->place, *alert.addresses,
                   "quotes");
}

void check_note(const Alert& alert, Findings& findings) {
  if (filled(alert.note)) return;
  if (alert.status == "Exercise")
    findings.warn("R021", Path(alert_path, "note"), alert.status.place, {}, "exercise");
  if (alert.msg_type == "Error")
    findings.warn("R021", Path(alert_path, "note"), alert.msg_type.place, {}, "error");
}

void check_has_info(const Alert& alert, Findings& findings) {
  const bool tells = alert.msg_type == "Alert" || alert.msg_type == "Update";
  if (tells && alert.scope == "Public" && alert.status != "System" && alert.info.empty())
    findings.error("R027", Path(alert_path, "info"), alert.place, alert.msg_type);
}

}  // namespace

void check_alert(const Alert& alert, std::int64_t now, Findings& findings) {
  if (!is_name(alert.identifier))
    findings.error("R010", Path(alert_path, "identifier"), place_of(alert.identifier, alert.place),
                   alert.identifier);
  if (!is_name(alert.sender))
    findings.error("R011", Path(alert_path, "sender"), place_of(alert.sender, alert.place),
                   alert.sender);
  check_sent(alert, now, findings);
  if (!words::contains(words::status, alert.status))
    findings.error("R013", Path(alert_path, "status"), place_of(alert.status, alert.place),
                   alert.status);
  if (!words::contains(words::msg_type, alert.msg_type))
    findings.error("R014", Path(alert_path, "msgType"), place_of(alert.msg_type, alert.place),
                   alert.msg_type);
  check_scope(alert, findings);
  check_note(alert, findings);
  if (alert.incidents && !quotes_balanced(*alert.incidents))
    findings.warn("R026", Path(alert_path, "incidents"), alert.incidents->place, *alert.incidents);
  check_has_info(alert, findings);
}

}  // namespace noroshi::cap
