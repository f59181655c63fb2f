// Errors as RFC 9457 application/problem+json, with the codes of the contract.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "proto/cap/messages.hpp"
#include "proto/wire/http.hpp"

namespace noroshi::api {

struct Problem {
  int status;
  std::string_view code;  // one of words.cpp
  std::string detail;     // what in particular; may be empty
  std::vector<cap::Finding> findings;
  int retry_after_seconds = 0;
  std::string confirm = {};        // the token that answers what is asked; empty: nothing is
  std::string confirm_until = {};  // RFC 3339
};

// The HTTP status of a problem code of the head of the log.
int status_of(std::string_view code);

wire::Response response(const Problem& problem, cap::Language language);
// Before it is known who asks, and in which language: Japanese first, then English.
wire::Response response_in_both(const Problem& problem);

// A finding that is no rule of CAP but of admission, such as auth.area: its message is the code's.
cap::Finding admission_finding(std::string_view rule, std::string value,
                               std::string path = "/alert", unsigned line = 0, unsigned column = 0);

}  // namespace noroshi::api
