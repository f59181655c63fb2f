// The newest subscriptions, indexed so that finding out whom an alert reaches costs what the
// different interests in its prefectures cost, however many subscribers share them.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "hub/registry/audience.hpp"
#include "hub/registry/interest.hpp"
#include "hub/registry/subscriber.hpp"

namespace noroshi::registry {

class Subscriptions {
 public:
  // The one object for all subscriptions that ask for the same; kept for good.
  std::shared_ptr<const Interest> interest(const v1::SubscriberRegistered& registered);
  // `subscriber` has a new version, its last, and its polygon is of that version.
  void changed(const Subscriber& subscriber);

  [[nodiscard]] Audience audience(const v1::AlertAccepted& alert, Sequence sequence) const;
  // How many subscribers would be included if all subscriptions had always been as they are now.
  [[nodiscard]] std::uint32_t count_now(const Audience& audience) const;
  // The polygons of the newest subscriptions, by polygon_name(), each once.
  struct Polygon {
    std::shared_ptr<const std::string> bytes;
    std::uint32_t subscriptions = 0;
  };
  using Polygons = std::map<std::uint64_t, Polygon>;
  [[nodiscard]] const Polygons& polygons() const { return polygons_; }
  // Those whose newest version is of `sequence` or later.
  [[nodiscard]] std::vector<std::string> changed_since(Sequence sequence) const;

 private:
  void count(const Subscription& subscription, std::uint32_t step);
  void forget_polygon(const Subscription& replaced);

  std::unordered_map<std::string, std::shared_ptr<const Interest>> known_;  // by what it says
  std::vector<std::shared_ptr<const Interest>> interests_;                  // by number
  std::vector<std::uint32_t> everywhere_;                                   // numbers
  std::array<std::vector<std::uint32_t>, Prefectures().size()> by_prefecture_;
  std::vector<std::uint32_t> subscribers_of_;  // by number; not suspended, newest version
  std::uint32_t subscribers_ = 0;              // the sum of these
  Polygons polygons_;
  std::map<Sequence, std::string> newest_;  // who, by `since` of its newest version
};

}  // namespace noroshi::registry
