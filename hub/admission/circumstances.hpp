// What examine() finds in a document that the head of the log has to judge and nobody has to keep.
#pragma once

#include <string>
#include <vector>

#include "hub/admission/extent.hpp"
#include "hub/geometry/region.hpp"
#include "hub/geometry/shape.hpp"
#include "hub/journal/entry.hpp"
#include "proto/signature/verify.hpp"

namespace noroshi::admission {

// The polygons and circles of one area.
struct Outline {
  std::string area;  // as in marks: `info[1]/area[2] 徳島市川内町`
  std::vector<geometry::Shape> shapes;
  // A polygon or circle that is none for GEOS either, or costs too much to compare (outlines.hpp):
  // it lies nowhere, and so in no territory.
  bool unreadable = false;
};

// An area that names a district and draws it.
struct DrawnDistrict {
  std::string area;      // for people
  std::string district;  // <code>:<id>
  Extent extent;
};

// With every AlertAccepted that is proposed; without one, nothing is known of its geometry and no
// territory holds it, and it counts as not signed.
struct Circumstances final : journal::Circumstances {
  std::vector<Outline> outlines;
  std::vector<geometry::Drawing> footprint;  // see footprint.hpp; refers to the outlines
  std::vector<std::string> questions;  // see questions.hpp: what the document alone gives rise to
  std::vector<std::string> answered;   // digests of those that a person has answered
  std::vector<std::string> unpicked;   // see area_guard.hpp
  std::vector<DrawnDistrict> drawn;    // see area_guard.hpp
  signature::Verdict signatures = {};
};

}  // namespace noroshi::admission
