#include "subscribers/client/fault.hpp"

#include <boost/json/parse.hpp>
#include <string_view>

#include "proto/wire/breakdown.hpp"
#include "proto/wire/retry_after.hpp"

namespace noroshi::subscribers {

namespace {

using Kind = Fault::Kind;

std::string member(const boost::json::value& value, std::string_view name) {
  if (!value.is_object()) return {};
  const auto* found = value.get_object().if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

}  // namespace

Fault fault_of(const boost::system::error_code& error) {
  return {wire::breakdown_of<Kind>(error), error.message(), std::nullopt};
}

Fault fault_of_ending(const std::string& reason) {
  return {wire::breakdown_of_ending<Kind>(reason), reason, std::nullopt};
}

Fault fault_of_answer(const wire::Response& answer) {
  const auto status = answer.status;
  boost::system::error_code error;
  const auto problem = boost::json::parse(answer.body, error);
  auto detail = std::to_string(status);
  if (!error) {
    if (const auto code = member(problem, "code"); !code.empty()) detail += " " + code;
    if (const auto words = member(problem, "detail"); !words.empty()) detail += ": " + words;
  }
  if (status == 401 || status == 403) return {Kind::not_allowed, detail, std::nullopt};
  if (status == 429 || status == 503) return {Kind::busy, detail, wire::retry_after(answer.fields)};
  if (status == 409) {  // drill.closed: with a time to come back it has not begun
    const auto wait = wire::retry_after(answer.fields);
    return {wait ? Kind::busy : Kind::drill_over, detail, wait};
  }
  return {Kind::not_a_hub, detail, std::nullopt};
}

}  // namespace noroshi::subscribers
