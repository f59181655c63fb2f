#include "proto/cap/instant.hpp"
#include "proto/cap/rules.hpp"
#include "proto/cap/white_space.hpp"

namespace noroshi::cap {
namespace {

const Path path(alert_path, "references");

bool needs_references(std::string_view msg_type) {
  return msg_type == "Update" || msg_type == "Cancel" || msg_type == "Ack" || msg_type == "Error";
}

void check_reference(std::string_view word, const Alert& alert, Findings& findings) {
  const Place place = alert.references->place;
  const auto named = triple(word);
  if (!named) return findings.error("R022", path, place, word);
  const auto at = unix_milliseconds(named->sent);
  const auto own = unix_milliseconds(alert.sent);
  if (alert.sender == named->sender && alert.identifier == named->identifier) {
    if (at == own)
      findings.error("R024", path, place, word);
    else
      findings.warn("R024", path, place, word, "other-time");
  }
  if (own && *at > *own) findings.warn("R025", path, place, word);
}

}  // namespace

void check_references(const Alert& alert, Findings& findings) {
  const bool empty = !alert.references || is_blank(*alert.references);
  if (empty && needs_references(alert.msg_type))
    findings.error("R023", path, alert.msg_type.place, alert.msg_type);
  if (!alert.references) return;
  if (empty) findings.warn("R022", path, alert.references->place, {}, "empty");
  for (const auto word : words_of(*alert.references)) check_reference(word, alert, findings);
}

}  // namespace noroshi::cap
