#include "hub/api/entitlement.hpp"

#include <algorithm>
#include <string>

namespace noroshi::api {
namespace {

using registry::Principal;

bool takes_part(const Principal& principal, const registry::Registry& registry,
                const drills::Session& session) {
  if (reads_everything(principal, registry)) return true;
  if (principal.kind == Principal::Kind::subscriber)
    return session.subscribers.contains(principal.id);
  return session.publishers.contains(registry.publisher_of(principal));
}

// Before the window Retry-After says when to come.
std::optional<Problem> objection_to_window(const drills::Session& session, std::int64_t now_ms) {
  if (session.open_at(now_ms)) return std::nullopt;
  Problem closed{409, "drill.closed", session.id, {}};
  if (session.state_at(now_ms) == drills::Session::State::waiting)
    closed.retry_after_seconds =
        static_cast<int>(std::clamp<std::int64_t>((session.from_ms - now_ms + 999) / 1000, 1, 60));
  return closed;
}

}  // namespace

bool takes(const registry::Registry& registry, const Principal& principal,
           delivery::Outlet outlet) {
  const auto* subscriber = registry.subscriber(principal.id);
  if (subscriber == nullptr) return false;
  const auto& outlets = subscriber->outlets;
  return outlets.empty() ||
         std::find(outlets.begin(), outlets.end(), delivery::name_of(outlet)) != outlets.end();
}

bool reads_everything(const Principal& principal, const registry::Registry& registry) {
  if (!principal.channel.live()) return false;
  if (principal.kind == Principal::Kind::operator_) return true;
  const auto* officer =
      principal.kind == Principal::Kind::officer ? registry.officer(principal.id) : nullptr;
  return officer != nullptr && officer->is(registry::role::operator_);
}

bool may_use(Route route, std::string_view method, Principal::Kind kind) {
  if (route == Route::ladders) return kind != Principal::Kind::subscriber;
  if (is_live(route) || route == Route::receipts || route == Route::cosignatures)
    return kind == Principal::Kind::subscriber;
  if (is_of_drafts(route) && method == "POST") return kind == Principal::Kind::officer;
  if (is_of_drafts(route) || route == Route::alarms) return kind != Principal::Kind::subscriber;
  if (method == "POST")
    return kind == Principal::Kind::publisher || kind == Principal::Kind::officer;
  return true;
}

const drills::Channel* channel_of(const wire::Request& request, const Principal& principal,
                                  const registry::Registry& registry) {
  const auto drill = destination_of(request.path).drill;
  if (principal.channel.drill() == drill) return &principal.channel;
  if (request.method != "GET" || !reads_everything(principal, registry)) return nullptr;
  const auto* session = registry.drills().find(drill);
  return session == nullptr ? nullptr : &session->channel;
}

std::optional<Problem> objection_to_channel(const wire::Request& request,
                                            const Principal& principal,
                                            const registry::Registry& registry,
                                            std::int64_t now_ms) {
  const auto* channel = channel_of(request, principal, registry);
  if (channel == nullptr && request.method == "GET" && reads_everything(principal, registry))
    return Problem{404, "not-found", request.path, {}};
  if (channel == nullptr)
    return Problem{
        403, "auth.status", principal.channel.name() + ": " + principal.channel.path(), {}};
  if (channel->live()) return std::nullopt;
  const auto* session = registry.drills().find(channel->drill());
  if (session == nullptr || !takes_part(principal, registry, *session))
    return Problem{403, "auth.status", channel->name(), {}};
  const auto route = destination_of(request.path).route;
  if (is_live(route) || route == Route::in_force || route == Route::feed)
    return objection_to_window(*session, now_ms);
  return std::nullopt;
}

}  // namespace noroshi::api
