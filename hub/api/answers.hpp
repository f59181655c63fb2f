// What every handler answers with. Any thread.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "hub/api/problem.hpp"
#include "hub/transport/exchange.hpp"

namespace noroshi::api {

// `body` is JSON.
wire::Response json_response(int status, std::string body);
wire::Response json_response(int status, const boost::json::object& body);

// In the language of the request.
void refuse(const transport::Exchange& exchange, const Problem& problem);
// 503 `journal.unavailable`.
void unavailable(const transport::Exchange& exchange, std::string detail);

}  // namespace noroshi::api
