// Who is calling: the client certificate of the connection or else the bearer token of a request,
// looked up in the front's fold of the registry.
//
// Threading  the front's thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

#include "hub/journal/journal.hpp"
#include "hub/registry/registry.hpp"
#include "hub/transport/exchange.hpp"
#include "proto/wire/http.hpp"

namespace noroshi::api {

class Identity {
 public:
  Identity(registry::Registry registry, journal::WallClock clock)
      : registry_(std::move(registry)), clock_(std::move(clock)) {}

  void apply(const v1::Entry& entry) { registry_.apply(entry); }
  [[nodiscard]] const registry::Registry& registry() const { return registry_; }

  // Without a valid identity a problem of the contract: auth.required, auth.certificate, or
  // auth.ambiguous when a certificate and an Authorization field claim one each. Failures are
  // counted.
  struct Nobody {
    int status;
    std::string_view code;
    std::string_view detail;
  };
  [[nodiscard]] tl::expected<registry::Principal, Nobody> of(const wire::Request& request,
                                                             const transport::Caller& caller);
  // Whether the caller's certificate is good and its holder not suspended.
  [[nodiscard]] bool welcome(const transport::Caller& caller) const;
  // Failures since the last call, for the audit entry of the minute.
  [[nodiscard]] std::uint32_t take_failures() { return std::exchange(failures_, 0); }

 private:
  registry::Registry registry_;
  journal::WallClock clock_;
  std::uint32_t failures_ = 0;
};

}  // namespace noroshi::api
