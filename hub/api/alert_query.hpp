// The query of GET /v1/alerts as a filter.
#pragma once

#include "hub/view/view.hpp"
#include "proto/result.hpp"
#include "proto/wire/http.hpp"

namespace noroshi::api {

// invalid, naming the parameter: unknown ones too, so that a misspelt filter never lists too much.
Result<view::Filter> alert_query(const wire::Request& request);

}  // namespace noroshi::api
