#include "hub/api/open_reading.hpp"

#include "hub/api/media_type.hpp"
#include "hub/api/paths.hpp"

namespace noroshi::api {

bool is_open_reading(const wire::Request& request, const transport::Caller& caller) {
  if (request.method != "GET" || caller.certificate || wire::find(request.fields, "Authorization"))
    return false;
  const auto destination = destination_of(request.path);
  if (!destination.drill.empty()) return false;
  return destination.route == Route::feed ||
         (destination.route == Route::alert && wanted_form(request) == Form::xml);
}

const drills::Channel& open_channel() {
  static const auto live = drills::Channel::of(v1::CertificateIssued());
  return live;
}

}  // namespace noroshi::api
