// Who is who: a fold of the log. Publishers and what they may speak for, subscribers and what is
// addressed to them, officers and whom they act for, whose token is whose, which client
// certificates are whose, and who drills.
//
// Threading  none inside: each thread that needs one folds its own from the same entries.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "hub/drills/drills.hpp"
#include "hub/journal/entry.hpp"
#include "hub/registry/audience.hpp"
#include "hub/registry/certificates.hpp"
#include "hub/registry/officer.hpp"
#include "hub/registry/principal.hpp"
#include "hub/registry/publisher.hpp"
#include "hub/registry/subscriber.hpp"
#include "hub/registry/subscriptions.hpp"

namespace noroshi::registry {

class Registry {
 public:
  void apply(const v1::Entry& entry);

  // Whoever is found stays where it is, and follows its later entries, as long as this lives.
  [[nodiscard]] const Publisher* publisher(std::string_view code) const;
  [[nodiscard]] const Subscriber* subscriber(std::string_view id) const;
  [[nodiscard]] const Officer* officer(std::string_view login) const;
  [[nodiscard]] const std::map<std::string, Publisher, std::less<>>& publishers() const {
    return publishers_;
  }
  [[nodiscard]] const std::map<std::string, Subscriber, std::less<>>& subscribers() const {
    return subscribers_;
  }
  [[nodiscard]] const std::map<std::string, Officer, std::less<>>& officers() const {
    return officers_;
  }
  // Whose token this is. Looked up by its SHA-256, so that no comparison depends on the secret.
  // Suspended principals are found too: the caller says `auth.suspended`.
  [[nodiscard]] std::optional<Principal> principal_of(std::string_view token) const;
  // An officer is also suspended with their publisher.
  [[nodiscard]] bool suspended(const Principal& principal) const;
  // The code of the publisher the principal is or acts for; "" when there is none.
  [[nodiscard]] std::string publisher_of(const Principal& principal) const;
  // Whom the hub calls: the subscriber as it is registered, on the live path or as one that takes
  // part in `session`. Stands as long as it takes webhooks (and takes part).
  [[nodiscard]] static Principal called(const Subscriber& subscriber);
  [[nodiscard]] static Principal called(const Subscriber& subscriber,
                                        const drills::Session& session);
  // Whether what the principal was found by still stands at `now_ms`: its token is its newest, its
  // certificate is good.
  [[nodiscard]] bool current(const Principal& principal, std::int64_t now_ms) const;
  // The drill that `credential` (as in Principal) of `id` is for, "" for the live path; nothing
  // when it does not stand at `now_ms`.
  [[nodiscard]] std::optional<std::string> good_for(Principal::Kind kind, const std::string& id,
                                                    std::string_view credential,
                                                    std::int64_t now_ms) const;
  // The districts registered for a six-digit code; null when there are none. Stays as it is as long
  // as this lives and no others are registered.
  [[nodiscard]] const v1::DistrictsRegistered* districts(std::string_view code) const;
  [[nodiscard]] const Certificates& certificates() const { return certificates_; }
  [[nodiscard]] const drills::Drills& drills() const { return drills_; }

  // To whom the alert accepted as `sequence` is addressed; holds whatever is registered later.
  // `alert` must outlive it.
  [[nodiscard]] Audience audience(const v1::AlertAccepted& alert, Sequence sequence) const;
  // Whether the alert accepted as `sequence` is addressed to `subscriber`: as
  // Subscriber::addressed, and in a drill only to who takes part.
  [[nodiscard]] bool addressed(const Subscriber& subscriber, const v1::AlertAccepted& alert,
                               Sequence sequence) const;
  // What of the subscriptions has to be compared with what an alert draws before it is accepted.
  [[nodiscard]] const Subscriptions::Polygons& polygons() const {
    return subscriptions_.polygons();
  }
  // How many subscribers the alert accepted as `sequence` is addressed to.
  [[nodiscard]] std::uint32_t count_addressed(const v1::AlertAccepted& alert,
                                              Sequence sequence) const;

 private:
  [[nodiscard]] bool still_called(const Principal& principal) const;
  void issue(const v1::TokenIssued& token);
  [[nodiscard]] std::uint32_t count_participants(const v1::AlertAccepted& alert,
                                                 Sequence sequence) const;

  std::map<std::string, Publisher, std::less<>> publishers_;
  std::map<std::string, Subscriber, std::less<>> subscribers_;
  std::map<std::string, Officer, std::less<>> officers_;
  // Shared by all copies: most of it is polygons.
  std::map<std::string, std::shared_ptr<const v1::DistrictsRegistered>, std::less<>> districts_;
  std::unordered_map<std::string, Principal> by_token_hash_;
  // By kind, id and drill: a token of one channel says nothing about those of another.
  std::map<std::tuple<int, std::string, std::string>, std::string> token_hash_of_;
  Certificates certificates_;
  drills::Drills drills_;
  Subscriptions subscriptions_;
};

}  // namespace noroshi::registry
