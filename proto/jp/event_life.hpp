// How long what an alert says of an event stands, and which events replace each other: by the code
// of the event (ops/docs/profile.md, "Categories").
#pragma once

#include <string_view>

namespace noroshi::jp {

// A state is reported whole each time, so what a later report leaves out has been forgotten; a
// notice is not. Everything called `evac.` is a state, known or not.
bool is_state(std::string_view event_code);

// Expiry does not end these: somebody has to lift them. A null report and what is measured pass.
bool stands_until_lifted(std::string_view event_code);

// An evacuation order proper: not a null report.
bool is_evacuation_order(std::string_view event_code);

// What one state document is about: all evacuation orders are of one category, whatever their
// level, any other event is its own.
std::string_view document_category(std::string_view event_code);

}  // namespace noroshi::jp
