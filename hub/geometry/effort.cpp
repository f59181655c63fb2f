#include "hub/geometry/effort.hpp"

#include <algorithm>
#include <vector>

namespace noroshi::geometry {
namespace {

struct Vertex {
  double x = 0;
  double y = 0;
};

struct Edge {
  Vertex from;
  Vertex to;
  [[nodiscard]] double south() const { return std::min(from.y, to.y); }
  [[nodiscard]] double north() const { return std::max(from.y, to.y); }
};

// Which side of a to b the point c lies on: the sign.
double side(Vertex a, Vertex b, Vertex c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

bool cross(const Edge& a, const Edge& b) {
  return side(a.from, a.to, b.from) * side(a.from, a.to, b.to) < 0 &&
         side(b.from, b.to, a.from) * side(b.from, b.to, a.to) < 0;
}

void add_ring(GEOSContextHandle_t handle, const GEOSGeometry* ring, std::vector<Edge>& edges) {
  const auto* points = GEOSGeom_getCoordSeq_r(handle, ring);
  unsigned size = 0;
  if (points == nullptr || GEOSCoordSeq_getSize_r(handle, points, &size) == 0) return;
  Vertex last;
  for (unsigned i = 0; i < size; ++i) {
    Vertex next;
    GEOSCoordSeq_getXY_r(handle, points, i, &next.x, &next.y);
    if (i > 0) edges.push_back({last, next});
    last = next;
  }
}

// Of what is no area there are no edges.
void add_edges(GEOSContextHandle_t handle, const GEOSGeometry* geometry, std::vector<Edge>& edges) {
  if (GEOSGeomTypeId_r(handle, geometry) != GEOS_POLYGON) {
    const int parts = GEOSGetNumGeometries_r(handle, geometry);
    for (int i = 0; i < parts; ++i) {
      const auto* part = GEOSGetGeometryN_r(handle, geometry, i);
      if (part != geometry) add_edges(handle, part, edges);
    }
    return;
  }
  add_ring(handle, GEOSGetExteriorRing_r(handle, geometry), edges);
  for (int i = 0; i < GEOSGetNumInteriorRings_r(handle, geometry); ++i)
    add_ring(handle, GEOSGetInteriorRingN_r(handle, geometry, i), edges);
}

bool count_crossings(std::vector<Edge>& edges, Effort& effort) {
  std::sort(edges.begin(), edges.end(),
            [](const auto& a, const auto& b) { return a.south() < b.south(); });
  for (std::size_t i = 0; i < edges.size(); ++i)
    for (std::size_t j = i + 1; j < edges.size() && edges[j].south() <= edges[i].north(); ++j) {
      if (effort.comparisons == 0) return false;
      --effort.comparisons;
      if (!cross(edges[i], edges[j])) continue;
      if (effort.crossings == 0) return false;
      --effort.crossings;
    }
  return true;
}

}  // namespace

bool affordable(const Shape& shape, Effort& effort) {
  if (shape.get() == nullptr) return true;
  const auto points = count_points(shape);
  if (points > effort.points) return false;
  effort.points -= points;
  std::vector<Edge> edges;
  edges.reserve(points);
  add_edges(shape.context().handle(), shape.get(), edges);
  return count_crossings(edges, effort);
}

}  // namespace noroshi::geometry
