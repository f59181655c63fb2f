#include "hub/admission/signature.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace noroshi::admission {
namespace {

using signature::Verdict;
using Outcome = Verdict::Outcome;

// "cap.R080 expired city-2026": the rule, which way, and of what.
Refusal refused(std::string_view rule, std::string_view aspect, const std::string& value) {
  std::string said = std::string(rule) + " " + std::string(aspect);
  if (!value.empty()) said += " " + value;
  return {"alert.invalid", value, {std::move(said)}};
}

bool is_registered(const signature::PinnedKey& key, const v1::PublisherPolicy& policy) {
  return std::any_of(
      policy.signing_keys().begin(), policy.signing_keys().end(), [&](const auto& registered) {
        return registered.name() == key.name && registered.certificate() == key.certificate;
      });
}

std::optional<Refusal> no_longer_good(const Verdict& verdict, const v1::PublisherPolicy& policy,
                                      std::int64_t at_ms) {
  for (const auto& signer : verdict.signers) {
    if (!is_registered(signer.key, policy)) return refused("cap.R080", "removed", signer.key.name);
    if (!signer.good_at(at_ms)) return refused("cap.R080", "expired", signer.key.name);
  }
  return std::nullopt;
}

}  // namespace

Verdict unchecked_signatures(const cap::Alert& alert) {
  Verdict verdict;
  if (alert.signatures.places.empty()) return verdict;
  verdict.outcome = Outcome::not_verifiable;
  verdict.rule = "cap.R080";
  verdict.aspect = "unpinned";
  verdict.place = alert.signatures.places.front();
  return verdict;
}

std::vector<Mark> signature_marks(const Verdict& verdict) {
  if (verdict.outcome == Outcome::none) return {};
  const auto path = "/alert/Signature[" + std::to_string(verdict.number) + "]";
  return {{"cap.R080", "", path, verdict.place}, {"cap.R081", "", path, verdict.place}};
}

bool is_signed(const Examined& examined) {
  return examined.code.empty() && examined.circumstances != nullptr &&
         examined.circumstances->signatures.outcome != Outcome::none;
}

void check_signatures(Examined& examined, const Submission& submission,
                      const v1::PublisherPolicy& policy, std::int64_t now_ms) {
  if (!is_signed(examined) || policy.signing_keys().empty()) return;
  std::vector<signature::PinnedKey> keys;
  for (const auto& key : policy.signing_keys()) keys.push_back({key.name(), key.certificate()});
  auto verdict = signature::verify(*submission.bytes, submission.charset, keys, now_ms);
  std::erase_if(examined.marks, [](const Mark& mark) {
    return mark.rule == "cap.R080" || mark.rule == "cap.R081";
  });
  for (auto& mark : signature_marks(verdict)) examined.marks.push_back(std::move(mark));
  examined.circumstances->signatures = std::move(verdict);
}

std::optional<Refusal> lacks_signature(const v1::AlertAccepted& draft,
                                       const Circumstances* circumstances,
                                       const registry::Registry& registry, std::int64_t at_ms) {
  const auto* publisher = registry.publisher(draft.publisher());
  const v1::PublisherPolicy policy =
      publisher == nullptr ? v1::PublisherPolicy() : publisher->policy;
  const Verdict none;
  const auto& verdict = circumstances == nullptr ? none : circumstances->signatures;
  if (verdict.outcome == Outcome::verified) return no_longer_good(verdict, policy, at_ms);
  const bool wrong = verdict.outcome == Outcome::wrong && !policy.signing_keys().empty();
  if (!wrong && !policy.signature_required()) return std::nullopt;
  if (verdict.outcome == Outcome::none) return refused("cap.R080", "missing", "");
  return refused(verdict.rule, verdict.aspect, verdict.value);
}

void name_signers(v1::AlertAccepted& alert, const Circumstances* circumstances) {
  alert.clear_signed_by();
  if (circumstances == nullptr) return;
  const auto& verdict = circumstances->signatures;
  std::string names;
  for (const auto& signer : verdict.signers) names += (names.empty() ? "" : ",") + signer.key.name;
  alert.set_signed_by(names);
  if (names.empty() && verdict.outcome != Outcome::none) alert.add_warnings(verdict.rule);
}

}  // namespace noroshi::admission
