// May they, now? The cheap half of admission, decided at the head of the log against everything
// all earlier entries add up to, so that nothing is ever decided on an old base.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "hub/journal/judge.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::admission {

// Decides alerts in the order of the contract: publisher, sender, areas, duplicate, references.
// Default deny: a publisher speaks for the codes it is registered with and for nothing else; an
// area without a valid code is spoken for only by a publisher registered for `*`.
// What it accepts is completed: referenced sequences, routing, and how many it is addressed to.
//
// Every other body (registry changes, acks, refusals) is accepted as proposed: it comes from the
// hub itself.
class AlertJudge : public journal::Judge {
 public:
  void apply(const v1::Entry& entry) override;
  journal::Decision decide(const journal::Proposal& proposal, journal::Sequence sequence,
                           std::int64_t at_ms) override;

  // As of the last apply().
  [[nodiscard]] const registry::Registry& registry() const { return registry_; }

 private:
  struct Accepted {
    journal::Sequence sequence;
    std::string content_sha256;
    std::string routing;  // the stored routing parts, serialised: small, and rarely needed
    bool cancelled;
  };

  journal::Decision refuse(const v1::AlertAccepted& draft, std::string code, std::string detail,
                           std::vector<std::string> rules) const;
  void complete(v1::AlertAccepted& alert, journal::Sequence sequence) const;
  void route(v1::AlertAccepted& alert, journal::Sequence sequence) const;
  [[nodiscard]] const Accepted* find(const std::string& publisher, const std::string& sender,
                                     const std::string& identifier) const;
  [[nodiscard]] bool same_subscriptions(journal::Sequence a, journal::Sequence b) const;

  registry::Registry registry_;
  std::unordered_map<std::string, Accepted> accepted_;   // by publisher, sender, identifier
  std::vector<journal::Sequence> subscription_changes_;  // ascending
};

}  // namespace noroshi::admission
