// GET /v1/in-force?area=362018 · ?point=34.07,134.55: what is in force in a place, as JSON or
// GeoJSON by Accept; the same below /v1/drills/{id}, of that drill alone.
//
// Threading  the front's thread.
#pragma once

#include "hub/drills/channel.hpp"
#include "hub/in_force/answer.hpp"
#include "hub/in_force/in_force.hpp"
#include "hub/transport/exchange.hpp"
#include "proto/result.hpp"
#include "proto/wire/http.hpp"

namespace noroshi::api {

// The query: one of `area` and `point`, and nothing else. invalid, naming the parameter and what it
// should look like.
Result<in_force::Question> in_force_query(const wire::Request& request);

// GeoJSON where Accept names it before JSON; JSON when it says nothing or anything.
enum class InForceForm { json, geo_json, none };
InForceForm in_force_form(const wire::Request& request);

// Of `channel` alone; 409 drill.closed of one that is over.
void answer_in_force(const transport::Exchange& exchange, in_force::InForce& orders,
                     const drills::Channel& channel);

}  // namespace noroshi::api
