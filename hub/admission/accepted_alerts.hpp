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

  // Under (publisher, sender, identifier); null when there is none. Valid until the next apply().
  [[nodiscard]] const AcceptedAlert* find(const std::string& publisher, const std::string& sender,
                                          const std::string& identifier) const;
  // What `reference` of an alert of `publisher` names: only its own alerts can be meant.
  [[nodiscard]] const AcceptedAlert* find(const std::string& publisher,
                                          const v1::Reference& reference) const {
    return find(publisher, reference.sender(), reference.identifier());
  }

 private:
  std::unordered_map<std::string, AcceptedAlert> by_key_;
};

}  // namespace noroshi::admission
