// How often each of many may do something: a token bucket for each name.
//
// Who is refused is told when it is worth coming back. Those told before are counted, so that many
// refused at once come back one after the other, each to a token of its own.
//
// Bounds     `names_max` are remembered; the longest unseen is forgotten first, and may then do as
//            much as one that rested.
// Threading  none inside.
#pragma once

#include <chrono>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "hub/config/config.hpp"

namespace noroshi::api {

class Buckets {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds wait_max{10};

  // A rate of 0 a second refuses nobody.
  Buckets(config::Config::Rate rate, std::size_t names_max) : rate_(rate), names_max_(names_max) {}

  // Takes one of `name`'s tokens; when there is none, how long to wait: 1 to `wait_max` seconds.
  [[nodiscard]] std::optional<std::chrono::seconds> refusal(std::string_view name, Time now);
  [[nodiscard]] std::size_t names() const { return buckets_.size(); }

 private:
  struct Bucket {
    std::string name;
    double tokens;
    double promised;  // tokens to come that somebody was told to come back for
    Time at;
  };
  Bucket& bucket_of(std::string_view name, Time now);

  config::Config::Rate rate_;
  std::size_t names_max_;
  std::list<Bucket> buckets_;  // last seen first
  std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_name_;
};

}  // namespace noroshi::api
