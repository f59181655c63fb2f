#include "publishers/client/failure.hpp"

#include <boost/asio/error.hpp>
#include <boost/json/parse.hpp>
#include <charconv>
#include <string_view>

#include "publishers/client/json.hpp"

namespace noroshi::publishers {

namespace {

using Kind = Failure::Kind;

Failure failed(Kind kind, std::string detail) {
  Failure failure;
  failure.kind = kind;
  failure.detail = std::move(detail);
  return failure;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// RFC 9110, 10.2.3: seconds; the form with a date is not used by a hub.
std::optional<std::chrono::seconds> seconds_of(std::string_view text) {
  std::uint32_t seconds = 0;
  const auto end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, seconds);
  if (error != std::errc() || at != end) return std::nullopt;
  return std::chrono::seconds{seconds};
}

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
  return problem;
}

}  // namespace

Failure failure_of(const boost::system::error_code& error) {
  namespace asio_error = boost::asio::error;
  const bool no_name = error == asio_error::host_not_found ||
                       error == asio_error::host_not_found_try_again ||
                       error == asio_error::no_data || error == asio_error::service_not_found;
  if (no_name) return failed(Kind::name_unknown, error.message());
  if (error == asio_error::timed_out) return failed(Kind::timed_out, error.message());
  return failed(Kind::unreachable, error.message());
}

Failure failure_of_ending(const std::string& reason) {
  if (contains(reason, "ostname mismatch") || contains(reason, "IP address mismatch"))
    return failed(Kind::certificate_name, reason);
  if (contains(reason, "certificate")) return failed(Kind::certificate_untrusted, reason);
  if (contains(reason, "SSL") || contains(reason, "TLS")) return failed(Kind::tls, reason);
  return failed(Kind::cut, reason);
}

Failure failure_of_answer(const wire::Response& answer) {
  auto failure = failed(Kind::not_a_hub, std::to_string(answer.status));
  if (answer.status >= 400) {
    boost::system::error_code error;
    const auto value = boost::json::parse(answer.body, error);
    failure.kind = Kind::problem;
    failure.problem = problem_of(answer.status, error ? boost::json::value() : value);
  }
  if (const auto wait = wire::find(answer.fields, "Retry-After")) failure.wait = seconds_of(*wait);
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
