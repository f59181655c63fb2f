// Every alert ever accepted, by what the contract calls the same alert: a fold of the log.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <string>
#include <unordered_map>

#include "hub/journal/entry.hpp"

namespace noroshi::admission {

struct AcceptedAlert {
  journal::Sequence sequence = 0;
  std::string content_sha256;
  std::string routing;  // see stored_routing(): small, and rarely needed
};

class AcceptedAlerts {
 public:
  void apply(const v1::Entry& entry);

  // What `alert`, by its sender and identifier, may mean: only alerts of its own publisher in its
  // own channel. A drill never meets a live alert, nor another drill's. Null when there is none.
  // Valid until the next apply().
  [[nodiscard]] const AcceptedAlert* find(const v1::AlertAccepted& alert, const std::string& sender,
                                          const std::string& identifier) const;
  // The one that is the same alert as `alert`.
  [[nodiscard]] const AcceptedAlert* find(const v1::AlertAccepted& alert) const {
    return find(alert, alert.summary().sender(), alert.summary().identifier());
  }
  // What `reference` of `alert` names.
  [[nodiscard]] const AcceptedAlert* find(const v1::AlertAccepted& alert,
                                          const v1::Reference& reference) const {
    return find(alert, reference.sender(), reference.identifier());
  }

 private:
  std::unordered_map<std::string, AcceptedAlert> by_key_;
};

}  // namespace noroshi::admission
