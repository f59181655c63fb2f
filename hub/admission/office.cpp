#include "hub/admission/office.hpp"

#include <string>
#include <utility>

#include "proto/jp/lg_code.hpp"
#include "proto/jp/order.hpp"
#include "proto/jp/parameters.hpp"

namespace noroshi::admission {
namespace {

std::string normal(const std::string& code) {
  return jp::lg_code(code).value_or(code.substr(0, jp::value_bytes_max));
}

// Calls `take` with every office of that parameter's name, in the order of the document.
template <class Take>
void each_office(const cap::Alert& alert, std::string_view name, const Take& take) {
  for (std::size_t i = 0; i < alert.info.size(); ++i) {
    const auto& parameters = alert.info[i].parameter;
    for (std::size_t j = 0; j < parameters.size(); ++j)
      if (jp::parameter_name(parameters[j]) == name)
        take(Office{normal(parameters[j].value.value),
                    "/alert/info[" + std::to_string(i + 1) + "]/parameter[" +
                        std::to_string(j + 1) + "]/value",
                    parameters[j].value.place});
  }
}

}  // namespace

Offices offices_of(const cap::Alert& alert, std::string_view submitter) {
  Offices offices;
  each_office(alert, "PublishingOfficeCode", [&](Office office) {
    if (!offices.publishing)
      offices.publishing = std::move(office);
    else if (!offices.contradiction && office.code != offices.publishing->code)
      offices.contradiction = std::move(office);
  });
  if (!offices.publishing || offices.publishing->code == submitter || offices.contradiction)
    return offices;
  bool typed_by_submitter = false;
  each_office(alert, "EditorialOfficeCode", [&](Office office) {
    if (office.code == submitter)
      typed_by_submitter = true;
    else if (!offices.contradiction)
      offices.contradiction = std::move(office);
  });
  if (!typed_by_submitter && !offices.contradiction) offices.contradiction = offices.publishing;
  return offices;
}

}  // namespace noroshi::admission
