// To whom one alert is addressed, worked out once for all subscribers: asking for one of them is
// one comparison and one bit.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <vector>

#include "hub/registry/subscriber.hpp"

namespace noroshi::registry {

// A value that stays right whatever is registered after it was made, because what an alert reaches
// was settled when it was accepted. Refers to the alert, which must outlive it.
class Audience {
 public:
  // `interests` has a bit for each number of an interest that wants the alert; `oldest` is the
  // first sequence whose subscriptions count. See Registry::audience.
  Audience(const v1::AlertAccepted& alert, Sequence sequence, Sequence oldest,
           std::vector<std::uint64_t> interests);

  // The same as subscriber.addressed(alert, sequence).
  [[nodiscard]] bool includes(const Subscriber& subscriber) const {
    const auto& subscription = subscriber.versions.back();
    if (subscription.since >= oldest_) return subscriber.addressed(*alert_, sequence_);
    return !subscription.suspended && (everybody_ || wanted_by(*subscription.interest));
  }

  // Since then a subscription may have changed under the alert; before, nothing did.
  [[nodiscard]] Sequence oldest() const { return oldest_; }
  [[nodiscard]] bool everybody() const { return everybody_; }
  [[nodiscard]] bool wanted_by(const Interest& interest) const {
    return wanted_by(interest.number());
  }
  [[nodiscard]] bool wanted_by(std::uint32_t interest) const {
    return interest / 64 < interests_.size() &&
           (interests_[interest / 64] >> (interest % 64) & 1) != 0;
  }

 private:
  const v1::AlertAccepted* alert_;
  Sequence sequence_;
  Sequence oldest_;
  bool everybody_;
  std::vector<std::uint64_t> interests_;
};

}  // namespace noroshi::registry
