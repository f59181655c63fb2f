// As whom to call a hub: with a token, or with a client certificate.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "proto/result.hpp"
#include "proto/wire/tls.hpp"

namespace noroshi::wire {

struct CallerFiles {
  std::optional<std::filesystem::path> ca;  // whom to trust; see TlsContext::client
  std::filesystem::path token_file;         // empty: the certificate
  std::filesystem::path certificate;        // with its key; empty: the token
  std::filesystem::path key;
};

struct CallerIdentity {
  TlsContext tls;
  std::string token;  // empty: the certificate in `tls`
};

// `configuration` when a file is missing, of no use, or may be read by everybody.
Result<CallerIdentity> read_caller(const CallerFiles& files);

}  // namespace noroshi::wire
