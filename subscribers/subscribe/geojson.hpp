// An alert as a map takes it: a GeoJSON FeatureCollection (RFC 7946) in one line.
#pragma once

#include <string>
#include <string_view>

#include "subscribers/client/item.hpp"

namespace noroshi::subscribers {

// A feature for each area of each line (lines_in()): its geometry, null where the document draws
// none, and as properties what a map needs: sequence, identifier, status, message_type, event,
// event_text, hazard, issue_or_lift, level, colour, headline, language, area, code, district,
// onset, expires, urgency, severity, certainty, circles (centre and radius_m, which the geometry
// only approximates). A member that is not known is left out. The member `noroshi` of the
// collection has the facts of the item (facts.hpp); of a Passed there are no features.
std::string geojson_line(const Item& item, std::string_view language);

}  // namespace noroshi::subscribers
