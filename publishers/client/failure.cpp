#include "publishers/client/failure.hpp"

#include <boost/json/parse.hpp>
#include <string_view>

#include "proto/wire/breakdown.hpp"
#include "proto/wire/retry_after.hpp"
#include "publishers/client/json.hpp"

namespace noroshi::publishers {

namespace {

using Kind = Failure::Kind;

HubFinding finding_of(const boost::json::value& value) {
  return {text_member(value, "rule"),
          text_member(value, "severity"),
          text_member(value, "path"),
          static_cast<std::uint32_t>(number_member(value, "line").value_or(0)),
          static_cast<std::uint32_t>(number_member(value, "column").value_or(0)),
          text_member(value, "message")};
}

Problem problem_of(int status, const boost::json::value& value) {
  Problem problem{status,
                  text_member(value, "code"),
                  text_member(value, "title"),
                  text_member(value, "detail"),
                  {}};
  if (const auto* findings = array_member(value, "findings"))
    for (const auto& finding : *findings) problem.findings.push_back(finding_of(finding));
  problem.confirm = text_member(value, "confirm");
  return problem;
}

}  // namespace

Failure failed(Kind kind, std::string detail) {
  Failure failure;
  failure.kind = kind;
  failure.detail = std::move(detail);
  return failure;
}

Failure failure_of(const boost::system::error_code& error) {
  return failed(wire::breakdown_of<Kind>(error), error.message());
}

Failure failure_of_ending(const std::string& reason) {
  return failed(wire::breakdown_of_ending<Kind>(reason), reason);
}

Failure failure_of_answer(const wire::Response& answer) {
  auto failure = failed(Kind::not_a_hub, std::to_string(answer.status));
  if (answer.status >= 400) {
    boost::system::error_code error;
    const auto value = boost::json::parse(answer.body, error);
    failure.kind = Kind::problem;
    failure.problem = problem_of(answer.status, error ? boost::json::value() : value);
  }
  failure.wait = wire::retry_after(answer.fields);
  return failure;
}

bool worth_retrying(const Failure& failure) {
  switch (failure.kind) {
    case Kind::unreachable:
    case Kind::timed_out:
    case Kind::cut:
      return true;
    case Kind::problem:
      return failure.problem.status == 503 || failure.problem.status == 429;
    default:
      return false;
  }
}

}  // namespace noroshi::publishers
