// What a subscription asks for and where a part of an alert's routing reaches, both read once, so
// that comparing them costs a few comparisons of numbers. The rules: ops/docs/contract.md,
// "Subscriptions".
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proto/jp/lg_code.hpp"

namespace noroshi::registry {

// By the first two digits of a code.
using Prefectures = std::bitset<100>;

// Refers to the part, which must outlive it.
class Reach {
 public:
  explicit Reach(const v1::RoutingPart& part);

  // All that it names a place in.
  [[nodiscard]] const Prefectures& prefectures() const { return prefectures_; }

 private:
  friend class Interest;
  // A city reaches its wards and a ward its city; told of a whole prefecture, whoever wants a
  // place inside it is told too.
  [[nodiscard]] bool includes(const jp::Place& place) const;

  const v1::RoutingPart& part_;
  Prefectures prefectures_;
  Prefectures whole_;
  std::vector<std::uint32_t> places_;
  std::vector<std::uint32_t> cities_;  // of the wards among the places
};

// How the routing of alerts names a registered polygon: the first 8 bytes, big-endian, of the
// SHA-256 of its bytes.
std::uint64_t polygon_name(std::string_view well_known_binary);

class Interest {
 public:
  // `number` tells it from other interests of the same registry.
  Interest(std::uint32_t number, const v1::SubscriberRegistered& registered);

  [[nodiscard]] std::uint32_t number() const { return number_; }
  [[nodiscard]] bool everywhere() const { return everywhere_; }
  // All it wants a place in.
  [[nodiscard]] const Prefectures& prefectures() const { return prefectures_; }

  [[nodiscard]] bool wants(const Reach& reach) const {
    return wants_level(reach) && wants_area(reach) && wants_event(reach) && wants_place(reach);
  }
  // Nothing: alerts anywhere.
  [[nodiscard]] const std::optional<std::uint64_t>& polygon() const { return polygon_; }

 private:
  [[nodiscard]] bool wants_area(const Reach& reach) const;
  [[nodiscard]] bool wants_event(const Reach& reach) const;
  [[nodiscard]] bool wants_level(const Reach& reach) const;
  [[nodiscard]] bool wants_place(const Reach& reach) const;

  std::uint32_t number_;
  bool everywhere_ = false;
  Prefectures prefectures_;
  Prefectures whole_;
  std::vector<jp::Place> places_;
  std::vector<std::string> events_;
  std::uint32_t min_level_;
  std::optional<std::uint64_t> polygon_;
};

}  // namespace noroshi::registry
