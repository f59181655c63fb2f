#include "hub/api/hub_certificate.hpp"

#include <boost/asio/post.hpp>
#include <memory>
#include <string>
#include <utility>

#include "hub/api/times.hpp"
#include "hub/config/log.hpp"

namespace noroshi::api {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t announced_days = 30;

}  // namespace

HubCertificate::HubCertificate(Rooms& rooms, const config::Config& config, Doors doors,
                               Health& health)
    : rooms_(rooms), config_(config), doors_(doors), health_(health), daily_(rooms.front) {}

wire::TlsContext::Refused HubCertificate::refusals(Rooms& rooms) {
  using Clock = std::chrono::steady_clock;
  const auto last_line = std::make_shared<Clock::time_point>();
  return [&rooms, last_line](const std::string& why) {
    boost::asio::post(rooms.front, [&rooms, last_line, why] {
      ++rooms.meters.certificates_refused;
      const auto now = Clock::now();
      if (now - *last_line < 1s) return;
      *last_line = now;
      log::warn("certificate.refused", {{"why", why}});
    });
  };
}

void HubCertificate::start(wire::TlsContext::Validity validity) {
  validity_ = validity;
  health_.certificate_lasts_until(validity.until_ms);
  look_daily();
}

void HubCertificate::look_daily() {
  const auto left_ms = validity_.until_ms - rooms_.clock();
  if (left_ms < announced_days * day_ms)
    log::warn(left_ms > 0 ? "certificate.ends_soon" : "certificate.ended",
              {{"until", timestamp(validity_.until_ms)},
               {"days_left", std::to_string(left_ms / day_ms)},
               {"renew", "noroshi-hub cert renew hub, then SIGHUP"}});
  daily_.expires_after(24h);
  daily_.async_wait([this](const boost::system::error_code& error) {
    if (!error) look_daily();
  });
}

void HubCertificate::reload() {
  auto keys = transport::reload_door_keys(config_, refusals(rooms_), rooms_.clock());
  if (!keys) return log::error("certificate.not_reloaded", {{"detail", keys.error().detail}});
  const auto validity = keys->validity();
  doors_.tokens.use(std::move(keys->tokens));
  doors_.feed.use(keys->mutual);
  doors_.mutual.use(std::move(keys->mutual));
  log::info("certificate.reloaded", {{"until", timestamp(validity.until_ms)}});
  start(validity);
}

}  // namespace noroshi::api
