// Which resource a path names, and by which methods: the map of /v1.
#pragma once

#include <string>
#include <string_view>

#include "hub/journal/entry.hpp"

namespace noroshi::api {

enum class Route {
  none,
  alerts,
  alert,
  reference,
  deliveries,
  in_force,
  stream,
  events,
  ladders,
  feed,
  receipts,
  alarms,
  drafts,
  draft,
  approval,
  withdrawal,
  checkpoint,
  audit_key,
  cosignatures,
  inclusion,
  consistency,
  entries
};

struct Destination {
  Route route = Route::none;
  journal::Sequence sequence = 0;
  std::string drill = {};  // the session it is below; "" on the live path
  std::string draft = {};
  std::string reference = {};  // as in the references of a document, without the blanks between
};

// `path` without its query.
Destination destination_of(std::string_view path);

// For the Allow field.
std::string_view allowed_methods(Route route);
bool allows(Route route, std::string_view method);
// The connection goes to an outlet and stays with it.
bool is_live(Route route);
bool is_of_drafts(Route route);

}  // namespace noroshi::api
