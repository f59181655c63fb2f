// Whether an alert says by drawing whom it is for, and what it draws: what decides about the
// subscriptions with a polygon of their own (contract, "Subscriptions").
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "hub/admission/circumstances.hpp"
#include "hub/geometry/region.hpp"
#include "hub/registry/subscriptions.hpp"
#include "proto/cap/document.hpp"

namespace noroshi::admission {

// Everything drawn in `outlines`, which are those of `alert` and must outlive it; nothing unless
// every area is drawn and can be read, because an area that is only named may lie anywhere in its
// municipality. Of CAP-JP the Japanese blocks say what is drawn: the others name the city alone.
std::vector<geometry::Drawing> footprint_of(const cap::Alert& alert,
                                            const std::vector<Outline>& outlines);

// The polygons of subscriptions, indexed when an alert is first compared with them.
//
// Bounds      those that are registered, about 300 bytes a point each.
// Threading   none inside: belongs to the judge.
class SubscribedPolygons {
 public:
  // Of edges, for one alert with all polygons together: some tenths of a second at most.
  static constexpr std::size_t comparisons_max = 32'000'000;

  // Says in `part` which of the `registered` polygons `told` touches; beyond the bound, and of a
  // polygon that cannot be read, that it does. Without anything registered, or drawn, it says
  // nothing.
  void mark(v1::RoutingPart& part, const Circumstances* told,
            const registry::Subscriptions::Polygons& registered);

 private:
  const geometry::Region* region(std::uint64_t name, const std::string& bytes);

  // Null: cannot be read.
  std::map<std::uint64_t, std::unique_ptr<const geometry::Region>> regions_;
};

}  // namespace noroshi::admission
