// Orders in force as JSON and as GeoJSON (RFC 7946).
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "hub/in_force/answer.hpp"

namespace noroshi::api {

boost::json::object in_force_json(const in_force::Answer& answer,
                                  const in_force::Question& question, const std::string& channel);
// A FeatureCollection: a feature for each area of each order, with a null geometry where it has no
// shape; beside them the other members of the JSON form except `orders`.
boost::json::object in_force_geo_json(const in_force::Answer& answer,
                                      const in_force::Question& question,
                                      const std::string& channel);

}  // namespace noroshi::api
