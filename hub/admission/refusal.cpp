#include "hub/admission/refusal.hpp"

#include <utility>

#include "proto/cap/finding.hpp"

namespace noroshi::admission {
namespace {

constexpr std::size_t rules_max = 100;

}  // namespace

std::vector<std::string> with_values(std::string_view rule,
                                     const std::vector<std::string>& values) {
  std::vector<std::string> rules;
  for (const auto& value : values) {
    if (rules.size() == rules_max) break;
    rules.push_back(std::string(rule) + " " + value);
  }
  return rules;
}

Refusal refusal(std::string code, std::string_view rule, const std::vector<std::string>& values) {
  return {std::move(code), values.empty() ? "" : values.front(), with_values(rule, values)};
}

journal::Refuse refuse(const v1::AlertAccepted& draft, Refusal refusal) {
  v1::EntryBody audit;
  auto& refused = *audit.mutable_alert_refused();
  // Who did it, not whose name was used.
  refused.set_publisher(draft.typed_by().empty() ? draft.publisher() : draft.typed_by());
  refused.set_sender(cap::shown(draft.summary().sender()));
  refused.set_identifier(cap::shown(draft.summary().identifier()));
  refused.set_code(refusal.code);
  for (const auto& rule : refusal.rules) refused.add_rules(cap::shown(rule));
  refused.set_content_sha256(draft.content_sha256());
  refused.set_content_size(draft.content_size());
  refused.set_credential(draft.credential());
  refused.set_drill(draft.drill());
  return {std::move(refusal.code), std::move(refusal.detail), std::move(refusal.rules),
          std::move(audit)};
}

}  // namespace noroshi::admission
