// May they, now? The cheap half of admission, decided at the head of the log against everything
// all earlier entries add up to, so that nothing is ever decided on an old base.
#pragma once

#include <cstdint>
#include <optional>

#include "hub/admission/accepted_alerts.hpp"
#include "hub/admission/circumstances.hpp"
#include "hub/admission/documents.hpp"
#include "hub/admission/drafts.hpp"
#include "hub/admission/footprint.hpp"
#include "hub/admission/life.hpp"
#include "hub/admission/repeats.hpp"
#include "hub/admission/routing.hpp"
#include "hub/admission/territories.hpp"
#include "hub/journal/judge.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::admission {

// Decides alerts in the order of the contract, a step a file: part in the drill,
// authority, duplicate, the drill's window, the people behind it, life, what a person has to
// confirm. A draft goes the same way and becomes an order that waits.
// What it accepts is completed: referenced sequences, routing, and how many it is addressed to.
//
// Every other body (registry changes, acks, refusals) is accepted as proposed: it comes from the
// hub itself.
class AlertJudge : public journal::Judge {
 public:
  // What a person should confirm is asked, or only noted as a warning (and repeats are not
  // limited).
  enum class Questioning { ask, note };
  explicit AlertJudge(Questioning questioning = Questioning::ask) : questioning_(questioning) {}

  void apply(const v1::Entry& entry) override;
  journal::Decision decide(const journal::Proposal& proposal, journal::Sequence sequence,
                           std::int64_t at_ms) override;

  // As of the last apply().
  [[nodiscard]] const registry::Registry& registry() const { return registry_; }
  [[nodiscard]] const Drafts& drafts() const { return drafts_; }

 private:
  [[nodiscard]] std::optional<journal::Decision> same_alert(const v1::AlertAccepted& draft) const;
  static void note(const LifeVerdict& life, v1::AlertAccepted& alert);
  // The draft that waits with the same bytes, if `alert` is one.
  [[nodiscard]] const Draft* same_draft(const v1::AlertAccepted& alert, std::int64_t at_ms) const;
  // Refuses until a person has confirmed it; then `alert` says what they confirmed.
  std::optional<Refusal> wants_confirming(v1::AlertAccepted& alert, const LifeVerdict& life,
                                          const Circumstances* told, std::int64_t at_ms) const;
  // What it follows without referring to it, listed among what it refers to.
  const AcceptedAlert* followed(const LifeVerdict& life, v1::AlertAccepted& alert) const;

  registry::Registry registry_;
  AcceptedAlerts accepted_;
  Documents documents_;
  Drafts drafts_;
  Repeats repeats_;
  Routing routing_;
  Questioning questioning_;
  Territories territories_;
  SubscribedPolygons polygons_;
};

}  // namespace noroshi::admission
