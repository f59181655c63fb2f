#include "hub/api/feed_door.hpp"

#include <unistd.h>

#include <boost/asio/post.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "hub/api/entitlement.hpp"
#include "hub/config/log.hpp"
#include "hub/outlets/tcp_feed.hpp"

namespace noroshi::api {
namespace {

using registry::Principal;
using Handoff = wire::Connection::Handoff;

// A reader that comes back gets no more than this again, however long it has acknowledged nothing.
constexpr std::size_t alerts_again_max = 100;
constexpr std::int64_t again_ms_max = 3'600'000;

// A connection until somebody takes it over.
class Held {
 public:
  explicit Held(Handoff handoff) : handoff_(std::move(handoff)) {}
  ~Held() {
    if (handoff_) ::close(handoff_->descriptor);
  }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  Handoff take() { return std::move(*std::exchange(handoff_, std::nullopt)); }

 private:
  std::optional<Handoff> handoff_;
};

// Who it is, or why it is nobody here.
tl::expected<Principal, std::string> reader_of(Rooms& rooms, const transport::Caller& caller) {
  const auto& registry = rooms.identity.registry();
  if (!caller.certificate) return tl::unexpected<std::string>("auth.required");
  auto principal = registry.certificates().principal_of(*caller.certificate, rooms.clock());
  if (!principal) return tl::unexpected<std::string>("auth.certificate");
  if (registry.suspended(*principal)) return tl::unexpected<std::string>("auth.suspended");
  if (principal->kind != Principal::Kind::subscriber ||
      !takes(registry, *principal, delivery::Outlet::tcp))
    return tl::unexpected<std::string>("auth.role");
  if (rooms.limits.refusal(Limits::Kind::stream, "subscriber:" + principal->id))
    return tl::unexpected<std::string>("rate.limited");
  if (!rooms.limits.room_for_stream(caller.descriptor))
    return tl::unexpected<std::string>("hub.busy");
  return *principal;
}

outlets::TcpFeedStart start_at(const view::FeedPage& page, std::int64_t now_ms) {
  outlets::TcpFeedStart start;
  if (page.alerts.empty()) return start;
  start.not_before = page.alerts.front().listed.sequence;
  for (const auto& [listed, ended_ms] : page.alerts) {
    if (start.recent.size() < outlets::recent_alerts_max)
      start.recent.push_front(outlets::recent_alert(listed.sequence, listed.alert));
    if (now_ms - listed.at_ms <= again_ms_max) start.not_before = listed.sequence - 1;
  }
  return start;
}

void admit(Rooms& rooms, const outlets::TcpFeedTerms& terms, const transport::Caller& caller,
           const std::shared_ptr<Held>& held) {
  const auto reader = reader_of(rooms, caller);
  if (!reader) {
    ++rooms.meters.tcp_feeds_refused[reader.error()];
    return log::warn("tcp.refused", {{"why", reader.error()}, {"peer", caller.address}});
  }
  ++rooms.meters.tcp_feeds_opened;
  log::info("tcp.opened", {{"subscriber", reader->id}, {"peer", caller.address}});
  view::FeedQuery query;
  query.subscriber = reader->id;
  query.limit = alerts_again_max;
  rooms.view.feed(reader->channel, query,
                  [&rooms, terms, held, reader = *reader](const Result<view::FeedPage>& page) {
                    if (!page)
                      return log::warn("tcp.not_opened", {{"subscriber", reader.id},
                                                          {"detail", page.error().detail}});
                    outlets::TcpFeed::open(rooms.fanout.shard_of(reader.id), held->take(), reader,
                                           terms, start_at(*page, rooms.clock()));
                  });
}

// The name people gave the hub, where they gave it one.
std::string sender_of(const config::Config& config) {
  return "noroshi@" + (config.hosts.empty() ? std::string("localhost") : config.hosts.front());
}

}  // namespace

transport::Handlers feed_door_handlers(Rooms& rooms, const config::Config& config) {
  const outlets::TcpFeedTerms terms{sender_of(config),
                                    std::chrono::seconds(config.feed_tcp_heartbeat_seconds)};
  transport::Handlers handlers;
  handlers.take_over = [&rooms, terms](const transport::Caller& caller, Handoff handoff) {
    admit(rooms, terms, caller, std::make_shared<Held>(std::move(handoff)));
  };
  return handlers;
}

}  // namespace noroshi::api
