#include "subscribers/subscribe/geojson.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "proto/cap/shape.hpp"
#include "proto/cap/validate.hpp"
#include "proto/jp/area.hpp"
#include "proto/jp/levels.hpp"
#include "proto/jp/parameters.hpp"
#include "proto/terminal/printable.hpp"
#include "subscribers/client/facts.hpp"
#include "subscribers/client/lines.hpp"
#include "subscribers/client/ready_texts.hpp"
#include "subscribers/subscribe/map_geometry.hpp"

namespace noroshi::subscribers {

namespace json = boost::json;
namespace pb = noroshi::v1;
using terminal::printable;

namespace {

void set(json::object& object, std::string_view name, std::string_view text) {
  if (!text.empty()) object[name] = printable(text);
}

void set_if(json::object& object, std::string_view name, const std::optional<cap::Text>& text) {
  if (text) set(object, name, text->value);
}

std::uint32_t level_of(const cap::Info& info) {
  if (const auto* stated = jp::parameter(info, "WarningLevel")) return jp::level_of(*stated);
  return jp::level_of_event(jp::event_of(info));
}

// Of the alert and one of its lines; the same for all its areas.
json::object said(const Item& item, const cap::Alert& alert, const Line& line) {
  const auto& info = *line.words;
  json::object object;
  object["sequence"] = item.position.sequence;
  set(object, "identifier", alert.identifier);
  set(object, "status", alert.status);
  set(object, "message_type", alert.msg_type);
  set(object, "event", jp::event_of(info));
  set(object, "event_text", info.event);
  if (const auto* hazard = jp::listed(info.event_code, jp::list::hazard))
    set(object, "hazard", *hazard);
  if (jp::follows_profile(alert)) {
    object["issue_or_lift"] = jp::direction_of(info) == jp::Direction::lift ? "lift" : "issue";
    if (const auto level = level_of(info); level != 0) object["level"] = level;
    if (const auto* known = jp::level(jp::event_of(info))) set(object, "colour", known->colour);
  }
  set(object, "headline", headline(alert, line));
  set_if(object, "language", info.language);
  set_if(object, "onset", info.onset);
  set_if(object, "expires", info.expires);
  set(object, "urgency", info.urgency);
  set(object, "severity", info.severity);
  set(object, "certainty", info.certainty);
  return object;
}

void add_place(json::object& object, const cap::Area& area) {
  set(object, "area", area.area_desc);
  set(object, "code", jp::area_code(area));
  if (const auto* district = jp::listed(area.geocode, jp::list::district))
    set(object, "district", *district);
  json::array circles;
  for (const auto& text : area.circle)
    if (const auto circle = cap::circle(text); circle && drawable(*circle))
      circles.push_back({{"centre", {circle->centre.longitude, circle->centre.latitude}},
                         {"radius_m", circle->radius_kilometers * 1000.0}});
  if (!circles.empty()) object["circles"] = std::move(circles);
}

std::string features(const Item& item, const pb::Delivery& delivery, std::string_view language) {
  const auto alert = cap::validate(delivery.cap_xml(), std::nullopt, 0).alert;
  if (!alert) return {};
  std::string all;
  for (const auto& line : lines_in(*alert, language)) {
    const auto common = said(item, *alert, line);
    for (const auto& area : line.places->area) {
      auto properties = common;
      add_place(properties, area);
      all += (all.empty() ? "" : ",") + (R"({"type":"Feature","geometry":)" + geometry(area)) +
             R"(,"properties":)" + json::serialize(properties) + "}";
    }
  }
  return all;
}

}  // namespace

std::string geojson_line(const Item& item, std::string_view language) {
  const auto* delivery = std::get_if<pb::Delivery>(&item.content);
  const auto all = delivery == nullptr ? std::string() : features(item, *delivery, language);
  return R"({"type":"FeatureCollection","features":[)" + all + R"(],"noroshi":)" +
         facts_object(item) + "}";
}

}  // namespace noroshi::subscribers
