// The shapes of an alert's area as maps want them: GeoJSON (RFC 7946), longitude first, exterior
// rings counterclockwise.
#pragma once

#include <string>

#include "proto/cap/document.hpp"
#include "proto/cap/shape.hpp"

namespace noroshi::subscribers {

// A Polygon or MultiPolygon of all polygons and circles of the area; a circle is drawn with 64
// corners, one without a radius is a Point. What crosses the antimeridian is cut there (RFC 7946,
// section 3.1.9). `null` for an area without shapes, and where none of them can be drawn: a ring of
// fewer than four points, off the Earth or around a pole.
std::string geometry(const cap::Area& area);

// On Earth, and no larger than it.
bool drawable(const cap::Circle& circle);

}  // namespace noroshi::subscribers
