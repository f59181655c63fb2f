// Why a connection to the hub could not be made or ended.
#pragma once

#include <boost/system/error_code.hpp>
#include <chrono>
#include <optional>
#include <string>

#include "proto/wire/http.hpp"

namespace noroshi::subscribers {

struct Fault {
  enum class Kind {
    name_unknown,           // the host name has no address
    unreachable,            // nobody listens there, or no route
    timed_out,              // no answer within the limit
    certificate_untrusted,  // not signed by the CA we trust
    certificate_name,       // the certificate is for another name
    tls,                    // any other failure of TLS
    not_allowed,            // the hub said 401 or 403
    busy,                   // the hub said 429 or 503, or the drill has not begun
    drill_over,             // the hub said that the drill is over
    not_a_hub,              // what answered is no stream of a hub
    protocol,               // the hub broke the stream protocol
    silent,                 // no byte within the limit
    cut,                    // the connection ended
    goodbye,                // the hub ended it and said why
  };
  Kind kind = Kind::cut;
  std::string detail;                             // for people; may hold words of the peer
  std::optional<std::chrono::milliseconds> wait;  // when the hub named one
};

// The fault behind an error of resolving or connecting.
Fault fault_of(const boost::system::error_code& error);
// The fault behind the reason a TLS connection gave for its end.
Fault fault_of_ending(const std::string& reason);
// The fault behind an HTTP answer other than 101: its body may be application/problem+json.
Fault fault_of_answer(const wire::Response& answer);

}  // namespace noroshi::subscribers
