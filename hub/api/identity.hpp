// Who is calling: the bearer token of a request, looked up in the front's fold of the registry.
//
// Threading  the front's thread.
#pragma once

#include <cstdint>
#include <optional>

#include "hub/registry/registry.hpp"
#include "proto/wire/http.hpp"

namespace noroshi::api {

class Identity {
 public:
  explicit Identity(registry::Registry registry) : registry_(std::move(registry)) {}

  void apply(const v1::Entry& entry) { registry_.apply(entry); }
  [[nodiscard]] const registry::Registry& registry() const { return registry_; }

  // Nothing without a valid token; each failure is counted.
  [[nodiscard]] std::optional<registry::Principal> of(const wire::Request& request);
  // Failures since the last call, for the audit entry of the minute.
  [[nodiscard]] std::uint32_t take_failures() { return std::exchange(failures_, 0); }

 private:
  registry::Registry registry_;
  std::uint32_t failures_ = 0;
};

}  // namespace noroshi::api
