// Why a call to a server came to nothing, told from what Asio and OpenSSL say about it.
//
// `Kind` is the caller's own enum of what can go wrong. It has at least name_unknown, unreachable,
// timed_out, certificate_untrusted, certificate_name, tls and cut.
#pragma once

#include <boost/asio/error.hpp>
#include <boost/system/error_code.hpp>
#include <string_view>

namespace noroshi::wire {

// Of an error of resolving or connecting.
template <class Kind>
Kind breakdown_of(const boost::system::error_code& error) {
  namespace asio_error = boost::asio::error;
  if (error == asio_error::host_not_found || error == asio_error::host_not_found_try_again ||
      error == asio_error::no_data || error == asio_error::service_not_found)
    return Kind::name_unknown;
  return error == asio_error::timed_out ? Kind::timed_out : Kind::unreachable;
}

// Of the reason a TLS connection gave for its end, see ConnectionHandler::on_closed().
template <class Kind>
Kind breakdown_of_ending(std::string_view reason) {
  const auto says = [reason](std::string_view part) {
    return reason.find(part) != std::string_view::npos;
  };
  if (says("ostname mismatch") || says("IP address mismatch")) return Kind::certificate_name;
  // The server's word about our certificate, not ours about its.
  if (says("alert")) return Kind::tls;
  if (says("certificate")) return Kind::certificate_untrusted;
  return says("SSL") || says("TLS") ? Kind::tls : Kind::cut;
}

}  // namespace noroshi::wire
