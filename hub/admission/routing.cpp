#include "hub/admission/routing.hpp"

#include <algorithm>
#include <cstddef>

namespace noroshi::admission {
namespace {

using journal::Sequence;

constexpr int routing_parts_max = 256;
constexpr std::size_t routing_bytes_max = 64 * 1024;

bool same_content(const v1::RoutingPart& a, const v1::RoutingPart& b) {
  return a.level() == b.level() && a.drawn() == b.drawn() &&
         std::equal(a.polygons().begin(), a.polygons().end(), b.polygons().begin(),
                    b.polygons().end()) &&
         std::equal(a.area_codes().begin(), a.area_codes().end(), b.area_codes().begin(),
                    b.area_codes().end()) &&
         std::equal(a.events().begin(), a.events().end(), b.events().begin(), b.events().end());
}

}  // namespace

std::string stored_routing(const v1::AlertAccepted& alert) {
  thread_local v1::AlertAccepted routing_only;  // cleared, it holds on to its memory
  routing_only.Clear();
  *routing_only.mutable_routing() = alert.routing();
  routing_only.set_to_everybody(alert.to_everybody());
  return routing_only.SerializeAsString();
}

void Routing::apply(const v1::Entry& entry) {
  if (entry.body().has_subscriber_registered()) subscription_changes_.push_back(entry.sequence());
}

void Routing::complete(v1::AlertAccepted& alert, Sequence sequence, const AcceptedAlerts& accepted,
                       const AcceptedAlert* follows) const {
  alert.mutable_routing(0)->set_sequence(sequence);
  for (const auto& reference : alert.references())
    if (const auto* known = accepted.find(alert, reference)) inherit(alert, *known);
  if (follows != nullptr) inherit(alert, *follows);
  std::size_t bytes = 0;
  for (const auto& part : alert.routing()) bytes += part.ByteSizeLong();
  if (alert.routing_size() <= routing_parts_max && bytes <= routing_bytes_max) return;
  alert.set_to_everybody(true);
  alert.mutable_routing()->DeleteSubrange(1, alert.routing_size() - 1);
}

void Routing::inherit(v1::AlertAccepted& alert, const AcceptedAlert& earlier) const {
  v1::AlertAccepted stored;
  if (!stored.ParseFromString(earlier.routing)) return;
  if (stored.to_everybody()) alert.set_to_everybody(true);
  for (const auto& part : stored.routing()) {
    const bool present =
        std::any_of(alert.routing().begin(), alert.routing().end(), [&](const auto& mine) {
          return same_content(mine, part) && same_subscriptions(mine.sequence(), part.sequence());
        });
    if (!present) *alert.add_routing() = part;
  }
}

// Whether no subscription changed after the earlier of the two and up to the later.
bool Routing::same_subscriptions(Sequence a, Sequence b) const {
  const auto [earlier, later] = std::minmax(a, b);
  const auto change =
      std::upper_bound(subscription_changes_.begin(), subscription_changes_.end(), earlier);
  return change == subscription_changes_.end() || *change > later;
}

}  // namespace noroshi::admission
