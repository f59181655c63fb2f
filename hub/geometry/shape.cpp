#include "hub/geometry/shape.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>

#include "hub/geometry/effort.hpp"

namespace noroshi::geometry {
namespace {

constexpr int circle_sides = 64;
constexpr double kilometers_a_degree_of_latitude = 110.57;   // least, at the equator
constexpr double kilometers_a_degree_of_longitude = 111.32;  // at the equator
constexpr double latitude_max = 85;
constexpr double longitude_span_max = 90;
constexpr const char* tangled = "tangled: too many edges side by side, or across each other";

struct Vertex {
  double longitude;
  double latitude;
};

tl::unexpected<Error> invalid(std::string detail) {
  return failure(ErrorCode::invalid, std::move(detail));
}

Result<Shape> taken(std::shared_ptr<Context> context, GEOSGeometry* geometry) {
  if (geometry == nullptr) return invalid(context->error());
  return Shape(std::move(context), geometry);
}

Result<Shape> enclosed(const std::vector<Vertex>& ring) {
  auto context = Context::of_this_thread();
  const auto handle = context->handle();
  context->forget_error();
  auto* sequence = GEOSCoordSeq_create_r(handle, static_cast<unsigned>(ring.size()), 2);
  if (sequence == nullptr) return invalid(context->error());
  for (unsigned i = 0; i < ring.size(); ++i)
    GEOSCoordSeq_setXY_r(handle, sequence, i, ring[i].longitude, ring[i].latitude);
  auto* line = GEOSGeom_createLinearRing_r(handle, sequence);
  if (line == nullptr) return invalid(context->error());
  return taken(std::move(context), GEOSGeom_createPolygon_r(handle, line, nullptr, 0));
}

std::vector<cap::Point> points_of(GEOSContextHandle_t handle, const GEOSGeometry* ring) {
  const auto* sequence = GEOSGeom_getCoordSeq_r(handle, ring);
  unsigned size = 0;
  if (sequence != nullptr) GEOSCoordSeq_getSize_r(handle, sequence, &size);
  std::vector<cap::Point> points(size);
  for (unsigned i = 0; i < size; ++i)
    GEOSCoordSeq_getXY_r(handle, sequence, i, &points[i].longitude, &points[i].latitude);
  return points;
}

bool is_areal(GEOSContextHandle_t handle, const GEOSGeometry* geometry) {
  const int type = GEOSGeomTypeId_r(handle, geometry);
  return type == GEOS_POLYGON || type == GEOS_MULTIPOLYGON;
}

// Areas alone, or a collection of them, as a FeatureCollection is read.
Result<void> consists_of_areas(const Shape& shape) {
  const auto handle = shape.context().handle();
  if (is_areal(handle, shape.get())) return {};
  constexpr const char* why = "neither Polygon nor MultiPolygon";
  if (GEOSGeomTypeId_r(handle, shape.get()) != GEOS_GEOMETRYCOLLECTION) return invalid(why);
  for (int i = 0; i < GEOSGetNumGeometries_r(handle, shape.get()); ++i)
    if (!is_areal(handle, GEOSGetGeometryN_r(handle, shape.get(), i)))
      return invalid(std::string(why) + ": part " + std::to_string(i + 1));
  return {};
}

// Copies of what has an inside: a repair leaves lines and points over. At most as deep as a repair
// nests, which is twice.
void gather(GEOSContextHandle_t handle, const GEOSGeometry* geometry,
            std::vector<GEOSGeometry*>& areas) {
  if (is_areal(handle, geometry)) areas.push_back(GEOSGeom_clone_r(handle, geometry));
  if (GEOSGeomTypeId_r(handle, geometry) != GEOS_GEOMETRYCOLLECTION) return;
  for (int i = 0; i < GEOSGetNumGeometries_r(handle, geometry); ++i)
    gather(handle, GEOSGetGeometryN_r(handle, geometry, i), areas);
}

Result<Shape> united(const Shape& shape) {
  auto context = Context::of_this_thread();
  const auto handle = context->handle();
  std::vector<GEOSGeometry*> areas;
  gather(handle, shape.get(), areas);
  auto parts =
      taken(context, GEOSGeom_createCollection_r(handle, GEOS_GEOMETRYCOLLECTION, areas.data(),
                                                 static_cast<unsigned>(areas.size())));
  if (!parts) return parts;
  return taken(context, GEOSUnaryUnion_r(handle, parts->get()));
}

std::string where(double longitude, double latitude) {
  return std::to_string(longitude) + "," + std::to_string(latitude);
}

Result<void> lies_on_earth(const Shape& shape) {
  const auto handle = shape.context().handle();
  double west = 0;
  double south = 0;
  double east = 0;
  double north = 0;
  if (GEOSGeom_getExtent_r(handle, shape.get(), &west, &south, &east, &north) == 0)
    return invalid("empty");
  if (!std::isfinite(west + south + east + north)) return invalid("a coordinate is no number");
  if (west < -180 || south < -90) return invalid(where(west, south));
  if (east > 180 || north > 90) return invalid(where(east, north));
  return {};
}

// "Self-intersection[134.5 34.1]"
std::string reason(const Shape& shape) {
  const auto handle = shape.context().handle();
  auto* said = GEOSisValidReason_r(handle, shape.get());
  std::string why = said == nullptr ? shape.context().error() : said;
  GEOSFree_r(handle, said);
  return why;
}

Result<Shape> repaired(Shape shape) {
  const auto handle = shape.context().handle();
  const bool valid = GEOSisValid_r(handle, shape.get()) == 1;
  if (valid && is_areal(handle, shape.get())) return shape;
  auto whole = valid ? united(shape)
                     : taken(Context::of_this_thread(), GEOSMakeValid_r(handle, shape.get()));
  if (whole && !is_areal(handle, whole->get())) whole = united(*whole);
  if (!whole || !is_areal(handle, whole->get())) return invalid(reason(shape));
  return whole;
}

Result<Shape> checked(Result<Shape> read) {
  if (!read) return read;
  const auto points = count_points(*read);
  if (points > points_max)
    return invalid(std::to_string(points) + " > " + std::to_string(points_max) + " points");
  if (const auto areas = consists_of_areas(*read); !areas)
    return tl::unexpected<Error>(areas.error());
  if (const auto earthly = lies_on_earth(*read); !earthly)
    return tl::unexpected<Error>(earthly.error());
  Effort effort;
  if (!affordable(*read, effort)) return invalid(tangled);
  auto whole = repaired(std::move(*read));
  if (!whole) return whole;
  double area = 0;
  if (GEOSArea_r(whole->context().handle(), whole->get(), &area) == 0 || !(area > 0))
    return invalid("no area");
  return whole;
}

}  // namespace

std::shared_ptr<Context> Context::of_this_thread() {
  thread_local const auto context = std::make_shared<Context>();
  return context;
}

Context::Context() : handle_(GEOS_init_r()) {
  GEOSContext_setErrorMessageHandler_r(
      handle_,
      [](const char* message, void* self) { static_cast<Context*>(self)->error_ = message; }, this);
}

Context::~Context() { GEOS_finish_r(handle_); }

Shape::Shape(std::shared_ptr<Context> context, GEOSGeometry* geometry)
    : context_(std::move(context)), geometry_(geometry, Destroy{context_->handle()}) {}

Result<Shape> polygon(const std::vector<cap::Point>& ring) {
  if (ring.size() < 3) return invalid("fewer than three points");
  std::vector<Vertex> vertices;
  for (const auto& point : ring) vertices.push_back({point.longitude, point.latitude});
  if (!(ring.front() == ring.back())) vertices.push_back(vertices.front());
  return enclosed(vertices);
}

Result<Shape> area(const std::vector<cap::Point>& ring, Effort& effort) {
  auto drawn = polygon(ring);
  if (!drawn) return drawn;
  if (!affordable(*drawn, effort)) return invalid(tangled);
  return repaired(std::move(*drawn));
}

Result<Shape> circle(const cap::Circle& circle) {
  const auto& [latitude, longitude] = circle.centre;
  if (!(circle.radius_kilometers > 0)) {
    auto context = Context::of_this_thread();
    return taken(context, GEOSGeom_createPointFromXY_r(context->handle(), longitude, latitude));
  }
  // The sides touch the circle, so the corners lie a little outside it.
  const double reach = circle.radius_kilometers / std::cos(std::numbers::pi / circle_sides);
  const double north_south = reach / kilometers_a_degree_of_latitude;
  const double furthest = std::abs(latitude) + north_south;
  if (furthest > latitude_max) return invalid("circle");
  const double east_west =
      reach / (kilometers_a_degree_of_longitude * std::cos(furthest * std::numbers::pi / 180));
  if (east_west > longitude_span_max) return invalid("circle");
  std::vector<Vertex> ring;
  for (int side = 0; side < circle_sides; ++side) {
    const double angle = 2 * std::numbers::pi * side / circle_sides;
    ring.push_back(
        {longitude + east_west * std::cos(angle), latitude + north_south * std::sin(angle)});
  }
  ring.push_back(ring.front());
  return enclosed(ring);
}

Result<Shape> area_from_wkb(std::string_view bytes) {
  auto context = Context::of_this_thread();
  const auto handle = context->handle();
  context->forget_error();
  auto* reader = GEOSWKBReader_create_r(handle);
  auto* geometry = GEOSWKBReader_read_r(
      handle, reader, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  GEOSWKBReader_destroy_r(handle, reader);
  return checked(taken(std::move(context), geometry));
}

Result<Shape> area_from_geojson(std::string_view text) {
  auto context = Context::of_this_thread();
  const auto handle = context->handle();
  context->forget_error();
  auto* reader = GEOSGeoJSONReader_create_r(handle);
  auto* geometry = GEOSGeoJSONReader_readGeometry_r(handle, reader, std::string(text).c_str());
  GEOSGeoJSONReader_destroy_r(handle, reader);
  return checked(taken(std::move(context), geometry));
}

std::vector<Rings> polygons_of(const Shape& shape) {
  const auto handle = shape.context().handle();
  std::vector<Rings> polygons;
  for (int i = 0; i < GEOSGetNumGeometries_r(handle, shape.get()); ++i) {
    const auto* polygon = GEOSGetGeometryN_r(handle, shape.get(), i);
    if (GEOSGeomTypeId_r(handle, polygon) != GEOS_POLYGON) continue;
    auto& rings = polygons.emplace_back();
    rings.push_back(points_of(handle, GEOSGetExteriorRing_r(handle, polygon)));
    for (int hole = 0; hole < GEOSGetNumInteriorRings_r(handle, polygon); ++hole)
      rings.push_back(points_of(handle, GEOSGetInteriorRingN_r(handle, polygon, hole)));
  }
  return polygons;
}

std::string to_wkb(const Shape& shape) {
  const auto handle = shape.context().handle();
  auto* writer = GEOSWKBWriter_create_r(handle);
  GEOSWKBWriter_setByteOrder_r(handle, writer, GEOS_WKB_NDR);
  GEOSWKBWriter_setOutputDimension_r(handle, writer, 2);
  std::size_t size = 0;
  auto* bytes = GEOSWKBWriter_write_r(handle, writer, shape.get(), &size);
  std::string wkb(reinterpret_cast<const char*>(bytes), bytes == nullptr ? 0 : size);
  GEOSFree_r(handle, bytes);
  GEOSWKBWriter_destroy_r(handle, writer);
  return wkb;
}

std::size_t count_points(const Shape& shape) {
  const int points = GEOSGetNumCoordinates_r(shape.context().handle(), shape.get());
  return points < 0 ? 0 : static_cast<std::size_t>(points);
}

}  // namespace noroshi::geometry
