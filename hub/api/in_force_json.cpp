#include "hub/api/in_force_json.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

#include "hub/api/times.hpp"
#include "hub/geometry/shape.hpp"

namespace noroshi::api {
namespace {

using in_force::Answer;
using in_force::OrderedLine;
using in_force::OrderInForce;

constexpr int sides_of_a_circle = 64;
constexpr double kilometers_a_degree = 111.195;

boost::json::value time_or_null(const std::optional<std::int64_t>& at_ms) {
  if (!at_ms) return nullptr;
  return boost::json::value(timestamp(*at_ms));
}

boost::json::array array_of(const std::vector<std::string>& values) {
  return boost::json::array(values.begin(), values.end());
}

std::string_view name(OrderedLine::State state) {
  return state == OrderedLine::State::issue ? "issue" : "expired_unlifted";
}

boost::json::object line_json(const OrderedLine& line) {
  boost::json::object json{{"event", line.event},
                           {"hazard", line.hazard},
                           {"level", nullptr},
                           {"state", name(line.state)},
                           {"districts", array_of(line.districts)},
                           {"except", array_of(line.except)},
                           {"onset", time_or_null(line.onset_ms)},
                           {"expires_at", time_or_null(line.expires_ms)}};
  if (line.level > 0) json["level"] = line.level;
  return json;
}

boost::json::object about(const OrderInForce& order) {
  const auto& summary = order.alert.summary();
  return {{"sequence", order.sequence},
          {"publisher", order.alert.publisher()},
          {"publisher_name", order.publisher_name},
          {"sender", summary.sender()},
          {"identifier", summary.identifier()},
          {"document", summary.document()},
          {"revision", summary.revision()},
          {"update_kind", order.alert.update_kind()},
          {"accepted_at", timestamp(order.at_ms)},
          {"headline", order.headline}};
}

boost::json::object order_json(const OrderInForce& order) {
  auto json = about(order);
  json["matched_by"] = order.match == OrderInForce::Match::shape ? "shape" : "code";
  boost::json::array lines;
  for (const auto& line : order.lines) lines.push_back(line_json(line));
  json["lines"] = std::move(lines);
  return json;
}

boost::json::object publisher_json(const in_force::PublisherFreshness& publisher) {
  boost::json::object json{{"publisher", publisher.publisher}, {"name", publisher.name},
                           {"suspended", publisher.suspended}, {"last_accepted_at", nullptr},
                           {"last_sequence", nullptr},         {"null_report_at", nullptr}};
  if (!publisher.last_word) return json;
  json["last_accepted_at"] = timestamp(publisher.last_word->at_ms);
  json["last_sequence"] = publisher.last_word->sequence;
  json["null_report_at"] = time_or_null(publisher.last_word->null_report_ms);
  return json;
}

boost::json::object around(const Answer& answer, const in_force::Question& question,
                           const std::string& channel) {
  boost::json::array publishers;
  for (const auto& publisher : answer.publishers) publishers.push_back(publisher_json(publisher));
  boost::json::object json{{"channel", channel},
                           {"as_of", timestamp(answer.as_of_ms)},
                           {"through", answer.through},
                           {"area", nullptr},
                           {"point", nullptr},
                           {"left_out", answer.left_out},
                           {"unplaced", answer.unplaced},
                           {"publishers", std::move(publishers)}};
  if (question.area) json["area"] = *question.area;
  if (question.point)
    json["point"] = boost::json::array{question.point->latitude, question.point->longitude};
  return json;
}

boost::json::array position(cap::Point point) { return {point.longitude, point.latitude}; }

// Counterclockwise, as RFC 7946, section 3.1.6, wants the outside; a hole the other way.
enum class Side { outside, hole };
boost::json::array ring_json(const std::vector<cap::Point>& ring, Side side = Side::outside) {
  double twice_area = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i)
    twice_area +=
        ring[i].longitude * ring[i + 1].latitude - ring[i + 1].longitude * ring[i].latitude;
  boost::json::array points;
  for (const auto& point : ring) points.push_back(position(point));
  if ((twice_area < 0) == (side == Side::outside)) std::reverse(points.begin(), points.end());
  return points;
}

// GeoJSON has no circles.
std::vector<cap::Point> polygon_of(const cap::Circle& circle) {
  std::vector<cap::Point> ring;
  const auto north = circle.radius_kilometers / kilometers_a_degree;
  const auto shrink = std::cos(circle.centre.latitude * std::numbers::pi / 180);
  for (int i = 0; i <= sides_of_a_circle; ++i) {
    const auto angle = 2 * std::numbers::pi * (i % sides_of_a_circle) / sides_of_a_circle;
    ring.push_back({circle.centre.latitude + north * std::sin(angle),
                    circle.centre.longitude + north * std::cos(angle) / std::max(shrink, 0.01)});
  }
  return ring;
}

// As it is registered, holes and all.
void add_polygons(const std::string& well_known_binary, boost::json::array& polygons) {
  const auto area = geometry::area_from_wkb(well_known_binary);
  if (!area) return;
  for (const auto& rings : geometry::polygons_of(*area)) {
    boost::json::array polygon;
    for (const auto& ring : rings)
      polygon.push_back(ring_json(ring, polygon.empty() ? Side::outside : Side::hole));
    polygons.push_back(std::move(polygon));
  }
}

boost::json::value geometry_of(const in_force::AreaOfAlert& area) {
  boost::json::array polygons;
  for (const auto& ring : area.polygons) polygons.push_back(boost::json::array{ring_json(ring)});
  for (const auto& circle : area.circles)
    polygons.push_back(boost::json::array{ring_json(polygon_of(circle))});
  for (const auto& binary : area.registered) add_polygons(binary, polygons);
  if (polygons.empty()) return nullptr;
  if (polygons.size() == 1)
    return boost::json::object{{"type", "Polygon"}, {"coordinates", std::move(polygons[0])}};
  return boost::json::object{{"type", "MultiPolygon"}, {"coordinates", std::move(polygons)}};
}

boost::json::object feature(const OrderInForce& order, const OrderedLine& line,
                            const in_force::AreaOfAlert& area) {
  auto properties = about(order);
  for (auto& [key, value] : line_json(line))
    if (key != "districts" && key != "except") properties[key] = std::move(value);
  properties["area"] = area.name;
  properties["code"] = area.code;
  properties["district"] = area.district;
  return {
      {"type", "Feature"}, {"geometry", geometry_of(area)}, {"properties", std::move(properties)}};
}

// Of the areas of a line those that were asked for: it may say more elsewhere.
bool asked_for(const OrderedLine& line, const in_force::AreaOfAlert& area) {
  const auto& districts = line.districts;
  return area.line == line.line &&
         (districts.empty() || area.district.empty() ||
          std::find(districts.begin(), districts.end(), area.district) != districts.end() ||
          std::find(districts.begin(), districts.end(), area.code + ":*") != districts.end());
}

void add_features(const OrderInForce& order, boost::json::array& features) {
  for (const auto& line : order.lines) {
    const auto before = features.size();
    if (order.areas)
      for (const auto& area : order.areas->areas)
        if (asked_for(line, area)) features.push_back(feature(order, line, area));
    if (features.size() == before) features.push_back(feature(order, line, {}));
  }
}

}  // namespace

boost::json::object in_force_json(const Answer& answer, const in_force::Question& question,
                                  const std::string& channel) {
  auto json = around(answer, question, channel);
  boost::json::array orders;
  for (const auto& order : answer.orders) orders.push_back(order_json(order));
  json["orders"] = std::move(orders);
  return json;
}

boost::json::object in_force_geo_json(const Answer& answer, const in_force::Question& question,
                                      const std::string& channel) {
  auto json = around(answer, question, channel);
  boost::json::array features;
  for (const auto& order : answer.orders) add_features(order, features);
  json["type"] = "FeatureCollection";
  json["features"] = std::move(features);
  return json;
}

}  // namespace noroshi::api
