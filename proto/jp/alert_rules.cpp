#include <algorithm>
#include <array>

#include "proto/cap/white_space.hpp"
#include "proto/jp/identifier.hpp"
#include "proto/jp/rule_parts.hpp"

namespace noroshi::jp {
namespace {

using cap::Findings;
using cap::Path;

// What is said once for the alert as a whole, in any of its info blocks.
constexpr std::array<std::string_view, 4> of_the_alert{"UpdateKind", "DocumentId",
                                                       "DocumentRevision", "DrillId"};

bool filled(const std::optional<cap::Text>& text) { return text && !cap::is_blank(*text); }

bool is_domain(std::string_view text) {
  bool dotted = false;
  while (true) {
    const auto label = text.substr(0, text.find('.'));
    const bool letters = std::all_of(label.begin(), label.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (label.empty() || label.size() > 63 || !letters) return false;
    if (label.size() == text.size()) return dotted;
    dotted = true;
    text.remove_prefix(label.size() + 1);
  }
}

// Whether a revision of that kind comes as a message of that type; lift is `update`.
bool fits(std::string_view kind, std::string_view type) {
  if (kind == "late") return type == "Alert" || type == "Update";
  if (kind == "new") return type == "Alert";
  return type == (kind == "cancel" ? "Cancel" : "Update");
}

// One alert under check, so that its parts need not be handed around.
class AlertCheck {
 public:
  AlertCheck(const cap::Alert& alert, Channel channel, Findings& findings)
      : alert_(alert), channel_(channel), findings_(findings) {}

  void names() {
    if (!identifier(alert_.identifier)) at(Severity::warn, "identifier", alert_.identifier);
    if (!is_domain(alert_.sender)) at(Severity::warn, "sender", alert_.sender);
    if (alert_.status == "Draft") at(Severity::error, "status", alert_.status);
    if (alert_.msg_type != "Alert" && alert_.msg_type != "Update" && alert_.msg_type != "Cancel")
      at(Severity::error, "msgtype", alert_.msg_type);
  }

  void update_kind() {
    const auto* kind = parameter(alert_, "UpdateKind");
    if (kind == nullptr) {
      if (!alert_.info.empty()) at(Severity::warn, "updatekind", alert_.msg_type, "missing");
    } else if (!is_update_kind(*kind)) {
      at_parameter(Severity::error, "updatekind", "UpdateKind");
    } else if (!fits(*kind, alert_.msg_type)) {
      at_parameter(Severity::error, "updatekind", "UpdateKind", "msgtype");
    }
    const bool needs_reason =
        alert_.msg_type == "Cancel" || (kind != nullptr && *kind == "correction");
    if (needs_reason && !filled(alert_.note))
      findings_.add(Severity::error, "note", Path(cap::alert_path, "note"), alert_.place);
  }

  void document() {
    const auto* id = parameter(alert_, "DocumentId");
    const auto* stated = parameter(alert_, "DocumentRevision");
    if (id == nullptr && holds_a_state()) here(Severity::warn, "document", "missing");
    if (id != nullptr && !is_uuid(*id)) at_parameter(Severity::warn, "document", "DocumentId");
    if (stated == nullptr) {
      if (holds_a_state()) here(Severity::warn, "revision", "missing");
      return;
    }
    const auto number = revision(*stated);
    if (!number) return at_parameter(Severity::error, "revision", "DocumentRevision");
    if ((*number == 1) != (alert_.msg_type == "Alert"))
      at_parameter(Severity::warn, "revision", "DocumentRevision",
                   *number == 1 ? "first" : "later");
    const auto named = identifier(alert_.identifier);
    if (named && (named->revision != *number || (id != nullptr && *id != named->document)))
      at(Severity::warn, "identifier", alert_.identifier, "document");
  }

  void references() {
    if (!filled(alert_.references)) return;
    const auto own = identifier(alert_.identifier);
    for (const auto& reference : cap::references(alert_)) {
      if (alert_.msg_type == "Alert") return at_references(reference.identifier, "new");
      const auto other = identifier(reference.identifier);
      if (!own || !other) continue;
      if (own->document != other->document)
        at_references(reference.identifier, "document");
      else if (other->revision >= own->revision)
        at_references(reference.identifier, "order");
    }
  }

  void drill() {
    const auto* id = parameter(alert_, "DrillId");
    const bool named = id != nullptr && !cap::is_blank(*id);
    if (channel_ == Channel::live && id != nullptr)
      at_parameter(Severity::error, "drillid", "DrillId", "live");
    if (alert_.status == "Exercise" && !named)
      at(Severity::error, "drillid", alert_.status, "missing");
  }

  // What is said once must not be said twice and differently.
  void agreement() {
    for (const auto name : of_the_alert) {
      const auto* first = parameter(alert_, name);
      for (std::size_t i = 0; first != nullptr && i < alert_.info.size(); ++i) {
        const auto* here = parameter(alert_.info[i], name);
        if (here == nullptr || *here == first->value) continue;
        Block(alert_, i + 1, findings_).at_parameter(Severity::error, "parameter", name, "differs");
        break;
      }
    }
  }

 private:
  // The elements of alert, as they are named in CAP.
  std::string_view element_of(const cap::Text& text) const {
    if (&text == &alert_.identifier) return "identifier";
    if (&text == &alert_.sender) return "sender";
    return &text == &alert_.status ? "status" : "msgType";
  }

  void at(Severity severity, std::string_view rule, const cap::Text& text,
          std::string_view aspect = {}) {
    findings_.add(severity, rule, Path(cap::alert_path, element_of(text)), text.place, text,
                  aspect);
  }

  void here(Severity severity, std::string_view rule, std::string_view aspect) {
    findings_.add(severity, rule, cap::alert_path, alert_.place, {}, aspect);
  }

  void at_references(std::string_view identifier, std::string_view aspect) {
    findings_.add(Severity::warn, "references", Path(cap::alert_path, "references"),
                  alert_.references->place, identifier, aspect);
  }

  void at_parameter(Severity severity, std::string_view rule, std::string_view name,
                    std::string_view aspect = {}) {
    for (std::size_t i = 0; i < alert_.info.size(); ++i)
      if (parameter(alert_.info[i], name) != nullptr)
        return Block(alert_, i + 1, findings_).at_parameter(severity, rule, name, aspect);
  }

  bool holds_a_state() const {
    return std::any_of(alert_.info.begin(), alert_.info.end(), [](const auto& info) {
      const auto* known = category(event_of(info));
      return known == nullptr || known->kind == Kind::state;
    });
  }

  const cap::Alert& alert_;
  Channel channel_;
  Findings& findings_;
};

}  // namespace

void check_alert(const cap::Alert& alert, Channel channel, Findings& findings) {
  AlertCheck check(alert, channel, findings);
  check.names();
  check.update_kind();
  check.document();
  check.references();
  check.drill();
  check.agreement();
}

}  // namespace noroshi::jp
