#include "proto/wire/breakdown.hpp"

#include <gtest/gtest.h>

namespace noroshi::wire {
namespace {

enum class Kind {
  name_unknown,
  unreachable,
  timed_out,
  certificate_untrusted,
  certificate_name,
  tls,
  cut
};

TEST(Breakdown, TellsAWrongNameFromAServerThatIsAway) {
  namespace asio_error = boost::asio::error;
  const std::pair<boost::system::error_code, Kind> cases[] = {
      {asio_error::host_not_found, Kind::name_unknown},
      {asio_error::host_not_found_try_again, Kind::name_unknown},
      {asio_error::no_data, Kind::name_unknown},
      {asio_error::service_not_found, Kind::name_unknown},
      {asio_error::timed_out, Kind::timed_out},
      {asio_error::connection_refused, Kind::unreachable},
      {asio_error::network_unreachable, Kind::unreachable},
  };
  for (const auto& [error, kind] : cases)
    EXPECT_EQ(breakdown_of<Kind>(error), kind) << error.message();
}

TEST(Breakdown, TellsACertificateFromABrokenLine) {
  const std::pair<std::string_view, Kind> cases[] = {
      {"", Kind::cut},
      {"Connection reset by peer", Kind::cut},
      {"TLS: certificate verify failed: Hostname mismatch", Kind::certificate_name},
      {"TLS: certificate verify failed: IP address mismatch", Kind::certificate_name},
      {"TLS: certificate verify failed: unable to get local issuer certificate",
       Kind::certificate_untrusted},
      {"error:0A00045C:SSL routines::tlsv13 alert certificate required", Kind::tls},
      {"error:0A000414:SSL routines::sslv3 alert certificate revoked", Kind::tls},
      {"SSL routines::wrong version number", Kind::tls},
      {"TLS: no shared cipher", Kind::tls},
  };
  for (const auto& [reason, kind] : cases)
    EXPECT_EQ(breakdown_of_ending<Kind>(reason), kind) << reason;
}

}  // namespace
}  // namespace noroshi::wire
