#include "hub/api/audit_minute.hpp"

#include <chrono>
#include <utility>

#include "hub/config/log.hpp"

namespace noroshi::api {

void AuditMinute::start() {
  timer_.expires_after(std::chrono::minutes(1));
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    record();
    start();
  });
}

void AuditMinute::stop() {
  timer_.cancel();
  record();
}

void AuditMinute::record() {
  const auto failures = rooms_.identity.take_failures();
  if (failures == 0) return;
  constexpr std::int64_t minute_ms = 60'000;
  journal::Proposal proposal;
  auto& counted = *proposal.body.mutable_identity_failures();
  counted.set_minute_ms(rooms_.clock() / minute_ms * minute_ms);
  counted.set_count(failures);
  const auto submitted = rooms_.journal.submit(std::move(proposal), [](const auto&) {});
  if (!submitted) log::warn("audit.not_recorded", {{"failures", std::to_string(failures)}});
}

}  // namespace noroshi::api
