// The districts (地区) of a municipality, out of GeoJSON (RFC 7946): a FeatureCollection in which
// each feature is one district.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "hub/admin/words.hpp"

namespace noroshi::admin {

inline constexpr std::size_t district_file_bytes_max = 16u << 20;
inline constexpr std::size_t districts_max = 2'000;
inline constexpr std::size_t district_points_max = 100'000;  // of all polygons, once repaired
inline constexpr std::size_t district_bytes_max = 2u << 20;  // of the entry of the log

// What of the file cannot be used, where, and why, in words.
struct DistrictProblem {
  std::size_t feature;  // from 1; 0: the file as a whole
  std::string id;       // "-" when it has none
  std::string why;
};

struct DistrictList {
  v1::DistrictsRegistered districts;  // without a code, and without the bad ones
  std::vector<DistrictProblem> problems;
};

// Of a feature are read: `id`, its own or the one of its properties, a text of at most 64 bytes
// without blanks or any of : * ; = , or a whole number; of its properties `name`, and where they
// are there `kana`, `households`, `people` and `groups` (a list of names that read as ids do); and
// its geometry, a Polygon or MultiPolygon, repaired as territories are, or null where the district
// is not drawn. Other properties are not read. No two have one id.
DistrictList read_districts(std::string_view geojson, Language language);

// What would be wrong with registering these, as read_districts() says it; empty when nothing is.
std::vector<DistrictProblem> problems_of(const v1::DistrictsRegistered& districts,
                                         Language language);

}  // namespace noroshi::admin
