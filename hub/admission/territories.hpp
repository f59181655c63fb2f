// The registered areas of publishers, indexed when they are first asked about.
//
// Bounds      at most `kept_max` of them, about 300 bytes a point each; the one asked about longest
//             ago goes.
// Threading   none inside: belongs to the judge.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "hub/geometry/territory.hpp"
#include "hub/registry/publisher.hpp"

namespace noroshi::admission {

class Territories {
 public:
  static constexpr std::size_t kept_max = 256;

  // Of a publisher that has one. Null when what the log holds cannot be read, so that nothing lies
  // inside. Valid until the next call.
  const geometry::Territory* of(const registry::Publisher& publisher);

 private:
  struct Kept {
    std::shared_ptr<const std::string> registered;
    std::unique_ptr<const geometry::Territory> territory;
    std::uint64_t asked = 0;
  };
  void make_room();

  std::map<std::string, Kept> kept_;
  std::uint64_t asked_ = 0;
};

}  // namespace noroshi::admission
