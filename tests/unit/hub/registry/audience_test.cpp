// The quick way to an audience against the rules spelled out on the texts, over random logs.
#include "hub/registry/audience.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "hub/registry/registry.hpp"
#include "proto/jp/lg_code.hpp"

namespace noroshi::registry {
namespace {

bool wants_area(const Subscription& subscription, const v1::RoutingPart& part) {
  return std::any_of(subscription.areas.begin(), subscription.areas.end(), [&](const auto& area) {
    if (area == "*") return true;
    return std::any_of(part.area_codes().begin(), part.area_codes().end(), [&](const auto& code) {
      return jp::covers(area, code) || jp::covers(code, area) ||
             (code.substr(2, 3) == "000" && area.substr(0, 2) == code.substr(0, 2));
    });
  });
}

bool wants_event(const Subscription& subscription, const v1::RoutingPart& part) {
  if (subscription.events.empty()) return true;
  return std::any_of(subscription.events.begin(), subscription.events.end(), [&](const auto& p) {
    return std::any_of(part.events().begin(), part.events().end(), [&](const auto& event) {
      return event == p || event.starts_with(p.ends_with('.') ? p : p + ".");
    });
  });
}

bool wants_level(const Subscription& subscription, const v1::RoutingPart& part) {
  return part.level() == 0 || std::min(part.level(), 5u) >= subscription.min_level;
}

// What the part says was drawn, and what of the registered polygons that touches.
bool wants_place(const Subscription& subscription, const v1::RoutingPart& part) {
  const auto& polygon = subscription.interest->polygon();
  if (!polygon || !part.drawn()) return true;
  return std::any_of(part.polygons().begin(), part.polygons().end(),
                     [&](auto touched) { return touched == *polygon; });
}

bool addressed(const Subscriber& subscriber, const v1::AlertAccepted& alert, Sequence sequence) {
  if (sequence <= subscriber.registered) return false;
  if (alert.to_everybody()) return !subscriber.at(sequence)->suspended;
  return std::any_of(alert.routing().begin(), alert.routing().end(), [&](const auto& part) {
    const auto* then = subscriber.at(part.sequence());
    return then != nullptr && !then->suspended && wants_area(*then, part) &&
           wants_event(*then, part) && wants_level(*then, part) && wants_place(*then, part);
  });
}

class Chance {
 public:
  explicit Chance(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t bound) { return random_() % bound; }
  const std::string& of(const std::vector<std::string>& texts) {
    return texts[below(texts.size())];
  }

 private:
  std::mt19937 random_;
};

const std::vector<std::string> codes{"362018", "362026", "360007", "141003", "141011", "141020",
                                     "141305", "141313", "140007", "131016", "271004", "271021"};
const std::vector<std::string> areas{"36", "14", "13", "27", "*"};
const std::vector<std::string> events{"evac.l4", "evac.l3", "evacuation", "shelter.open", "evac"};
const std::vector<std::string> prefixes{"evac", "evac.", "evac.l4", "shelter", "x"};

const std::vector<std::string> polygons{"a", "b", "c"};

v1::SubscriberRegistered subscription(Chance& chance) {
  v1::SubscriberRegistered registered;
  registered.set_id("s" + std::to_string(chance.below(20)));
  for (auto n = chance.below(4); n > 0; --n)
    registered.add_areas(chance.below(4) == 0 ? chance.of(areas) : chance.of(codes));
  for (auto n = chance.below(3); n > 0; --n) registered.add_events(chance.of(prefixes));
  registered.set_min_level(static_cast<std::uint32_t>(chance.below(6)));
  registered.set_suspended(chance.below(8) == 0);
  if (chance.below(2) == 0) registered.set_polygon(chance.of(polygons));
  return registered;
}

v1::RoutingPart part(Chance& chance, Sequence sequence) {
  v1::RoutingPart routing;
  routing.set_sequence(sequence);
  for (auto n = chance.below(4); n > 0; --n) routing.add_area_codes(chance.of(codes));
  for (auto n = chance.below(3); n > 0; --n) routing.add_events(chance.of(events));
  constexpr std::uint32_t levels[] = {0, 1, 3, 4, 5, 255};
  routing.set_level(levels[chance.below(std::size(levels))]);
  routing.set_drawn(chance.below(2) == 0);
  if (routing.drawn())
    for (const auto& polygon : polygons)
      if (chance.below(3) == 0) routing.add_polygons(polygon_name(polygon));
  return routing;
}

v1::AlertAccepted alert(Chance& chance, Sequence sequence) {
  v1::AlertAccepted accepted;
  accepted.set_to_everybody(chance.below(10) == 0);
  *accepted.add_routing() = part(chance, sequence);
  for (auto n = chance.below(3); n > 0; --n)
    *accepted.add_routing() = part(chance, 1 + chance.below(sequence));
  return accepted;
}

TEST(Audience, IsWhatTheRulesSayForEverySubscriberWheneverAsked) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  Chance chance(seed);
  Registry registry;
  struct Earlier {
    v1::AlertAccepted alert;
    Sequence sequence;
  };
  std::vector<Earlier> earlier;
  earlier.reserve(3000);  // an audience refers to its alert
  std::vector<Audience> audiences;
  for (Sequence sequence = 2; sequence < 3000; ++sequence) {
    if (chance.below(10) == 0) {
      v1::Entry entry;
      entry.set_sequence(sequence);
      *entry.mutable_body()->mutable_subscriber_registered() = subscription(chance);
      registry.apply(entry);
      continue;
    }
    earlier.push_back({alert(chance, sequence), sequence});
    audiences.push_back(registry.audience(earlier.back().alert, sequence));
    std::uint32_t count = 0;
    const auto pick = chance.below(audiences.size());  // long after it was made, too
    for (const auto& [id, subscriber] : registry.subscribers()) {
      if (addressed(subscriber, earlier.back().alert, sequence)) ++count;
      EXPECT_EQ(audiences[pick].includes(subscriber),
                addressed(subscriber, earlier[pick].alert, earlier[pick].sequence))
          << id << " at " << sequence << "\n"
          << earlier[pick].alert.DebugString();
    }
    EXPECT_EQ(registry.count_addressed(earlier.back().alert, sequence), count);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(Audience, APolygonIsNamedByTheFirst8BytesOfItsHash) {
  EXPECT_EQ(polygon_name("abc"), 0xba7816bf8f01cfeau) << "FIPS 180-2, appendix B.1";
}

TEST(Audience, APolygonIsAskedForAsLongAsASubscriptionHasIt) {
  Registry registry;
  Sequence sequence = 1;
  const auto registered = [&](const std::string& id, const std::string& polygon) {
    v1::Entry entry;
    entry.set_sequence(++sequence);
    entry.mutable_body()->mutable_subscriber_registered()->set_id(id);
    entry.mutable_body()->mutable_subscriber_registered()->set_polygon(polygon);
    registry.apply(entry);
    std::vector<std::string> asked;
    for (const auto& [name, kept] : registry.polygons()) {
      EXPECT_EQ(name, polygon_name(*kept.bytes));
      asked.push_back(*kept.bytes);
    }
    std::sort(asked.begin(), asked.end());
    return asked;
  };
  using Bytes = std::vector<std::string>;
  EXPECT_EQ(registered("tv", ""), Bytes{});
  EXPECT_EQ(registered("tv", "a"), Bytes{"a"});
  EXPECT_EQ(registered("radio", "a"), Bytes{"a"});
  EXPECT_EQ(registered("tv", "b"), (Bytes{"a", "b"}));
  EXPECT_EQ(registered("radio", "b"), Bytes{"b"});
  EXPECT_EQ(registered("radio", ""), Bytes{"b"});
  EXPECT_EQ(registered("tv", ""), Bytes{});
}

TEST(Audience, OfACopyOfTheRegistryIsTheSame) {
  Chance chance(7);
  Registry registry;
  for (Sequence sequence = 2; sequence < 50; ++sequence) {
    v1::Entry entry;
    entry.set_sequence(sequence);
    *entry.mutable_body()->mutable_subscriber_registered() = subscription(chance);
    registry.apply(entry);
  }
  const auto copy = registry;
  for (int i = 0; i < 100; ++i) {
    const auto one = alert(chance, 100);
    const auto audience = copy.audience(one, 100);
    for (const auto& [id, subscriber] : registry.subscribers())
      EXPECT_EQ(audience.includes(subscriber), addressed(subscriber, one, 100)) << id;
  }
}

}  // namespace
}  // namespace noroshi::registry
