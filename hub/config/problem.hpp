// What is wrong with a configuration, and where: a code plus values; the words are in problem.cpp.
#pragma once

#include <string>

#include "hub/config/language.hpp"

namespace noroshi::config {

enum class Wrong {
  unreadable,    // wanted: what the system said
  syntax,        // wanted: what the parser said
  unknown_key,   // wanted: the nearest known key, or empty
  wrong_type,    // wanted: integer, string …
  out_of_range,  // wanted: the range
  not_one_of,    // wanted: the values there are
  not_address,   // an IP address was wanted
  missing,       // the key has to be given
  not_mail_address,
  not_host,         // a host name or IP address was wanted
  not_witness_key,  // a key as `noroshi-subscribe witness init` prints it, at most 16 of them; what
                    // was found is not said, it may be the secret
  unusable          // wanted: why not; what was found is not said, it may be secret
};

struct Problem {
  std::string place;  // file:line:column, or the name of an environment variable
  Wrong wrong;
  std::string key;
  std::string found;
  std::string wanted;
};

// One line, `place: what is wrong`, without control characters.
std::string describe(const Problem& problem, Language language);

}  // namespace noroshi::config
