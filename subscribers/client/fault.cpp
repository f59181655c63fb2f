#include "subscribers/client/fault.hpp"

#include <boost/asio/error.hpp>
#include <boost/json/parse.hpp>
#include <charconv>
#include <cstdint>

namespace noroshi::subscribers {

namespace {

using Kind = Fault::Kind;

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string member(const boost::json::value& value, std::string_view name) {
  if (!value.is_object()) return {};
  const auto* found = value.get_object().if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

// RFC 9110, 10.2.3: seconds; the form with a date is not used by a hub.
std::optional<std::chrono::milliseconds> seconds_of(std::string_view text) {
  std::uint32_t seconds = 0;
  const auto end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, seconds);
  if (error != std::errc() || at != end) return std::nullopt;
  return std::chrono::seconds{seconds};
}

}  // namespace

Fault fault_of(const boost::system::error_code& error) {
  namespace asio_error = boost::asio::error;
  const bool no_name = error == asio_error::host_not_found ||
                       error == asio_error::host_not_found_try_again ||
                       error == asio_error::no_data || error == asio_error::service_not_found;
  if (no_name) return {Kind::name_unknown, error.message(), std::nullopt};
  if (error == asio_error::timed_out) return {Kind::timed_out, error.message(), std::nullopt};
  return {Kind::unreachable, error.message(), std::nullopt};
}

Fault fault_of_ending(const std::string& reason) {
  if (reason.empty()) return {Kind::cut, "", std::nullopt};
  if (contains(reason, "ostname mismatch") || contains(reason, "IP address mismatch"))
    return {Kind::certificate_name, reason, std::nullopt};
  if (contains(reason, "certificate")) return {Kind::certificate_untrusted, reason, std::nullopt};
  if (contains(reason, "SSL") || contains(reason, "TLS")) return {Kind::tls, reason, std::nullopt};
  return {Kind::cut, reason, std::nullopt};
}

Fault fault_of_answer(int status, std::string_view body,
                      std::optional<std::string_view> retry_after) {
  boost::system::error_code error;
  const auto problem = boost::json::parse({body.data(), body.size()}, error);
  auto detail = std::to_string(status);
  if (!error) {
    if (const auto code = member(problem, "code"); !code.empty()) detail += " " + code;
    if (const auto words = member(problem, "detail"); !words.empty()) detail += ": " + words;
  }
  if (status == 401 || status == 403) return {Kind::not_allowed, detail, std::nullopt};
  if (status == 429 || status == 503)
    return {Kind::busy, detail, retry_after ? seconds_of(*retry_after) : std::nullopt};
  return {Kind::not_a_hub, detail, std::nullopt};
}

}  // namespace noroshi::subscribers
