#include "hub/api/answers.hpp"

#include <boost/json/serialize.hpp>
#include <utility>

#include "hub/api/language.hpp"

namespace noroshi::api {
namespace {

constexpr int retry_after_seconds = 1;

}  // namespace

wire::Response json_response(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}}, std::move(body) + "\n"};
}

wire::Response json_response(int status, const boost::json::object& body) {
  return json_response(status, boost::json::serialize(body));
}

void refuse(const transport::Exchange& exchange, const Problem& problem) {
  exchange.respond(response(problem, language_of(exchange.request)));
}

void unavailable(const transport::Exchange& exchange, std::string detail) {
  refuse(exchange, {503, "journal.unavailable", std::move(detail), {}, retry_after_seconds});
}

}  // namespace noroshi::api
