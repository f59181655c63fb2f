// Why a hub did not do what it was asked.
#pragma once

#include <boost/system/error_code.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proto/wire/http.hpp"

namespace noroshi::publishers {

// One broken rule, in the hub's words (ops/docs/contract.md, "Errors").
struct HubFinding {
  std::string rule;
  std::string severity;  // error, confirm, warn
  std::string path;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string message;
};

// RFC 9457, as a hub fills it.
struct Problem {
  int status = 0;
  std::string code;
  std::string title;
  std::string detail;
  std::vector<HubFinding> findings;
  std::string confirm = {};  // with confirm.required: the token that says a person has agreed
};

struct Failure {
  enum class Kind {
    name_unknown,           // the host name has no address
    unreachable,            // nobody listens there, or no route
    timed_out,              // no answer in time; the alert may have been accepted
    certificate_untrusted,  // not signed by the CA we trust
    certificate_name,       // the certificate is for another name
    tls,                    // any other failure of TLS
    cut,                    // the connection ended before the answer; it may have been accepted
    not_a_hub,              // what answered does not speak as a hub does
    problem,                // the hub answered with `problem`
  };
  Kind kind = Kind::cut;
  std::string detail;                        // for people; may hold words of the peer
  Problem problem;                           // with Kind::problem
  std::optional<std::chrono::seconds> wait;  // from Retry-After
};

Failure failed(Failure::Kind kind, std::string detail = "");
// The failure behind an error of resolving or connecting.
Failure failure_of(const boost::system::error_code& error);
// The failure behind the reason a TLS connection gave for its end.
Failure failure_of_ending(const std::string& reason);
// The failure behind an answer that is not what was asked for.
Failure failure_of_answer(const wire::Response& answer);

// Whether the same request may do better a moment later.
bool worth_retrying(const Failure& failure);

}  // namespace noroshi::publishers
