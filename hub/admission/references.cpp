#include "hub/admission/references.hpp"

namespace noroshi::admission {

void name_references(v1::AlertAccepted& alert, const AcceptedAlerts& accepted) {
  for (auto& reference : *alert.mutable_references()) {
    const auto* known = accepted.find(alert, reference);
    if (known == nullptr) {
      alert.add_unknown_references(reference.identifier());
      continue;
    }
    reference.set_sequence(known->sequence);
    alert.mutable_summary()->add_referenced_sequences(known->sequence);
  }
}

}  // namespace noroshi::admission
