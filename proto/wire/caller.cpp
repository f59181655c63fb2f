#include "proto/wire/caller.hpp"

#include <utility>

#include "proto/wire/token_file.hpp"

namespace noroshi::wire {

Result<CallerIdentity> read_caller(const CallerFiles& files) {
  std::string token;
  if (files.certificate.empty()) {
    auto read = read_token(files.token_file);
    if (!read) return tl::unexpected<Error>(read.error());
    token = std::move(*read);
  }
  auto tls = files.certificate.empty() ? TlsContext::client(files.ca)
                                       : TlsContext::client(files.ca, files.certificate, files.key);
  if (!tls) return tl::unexpected<Error>(tls.error());
  return CallerIdentity{std::move(*tls), std::move(token)};
}

}  // namespace noroshi::wire
