#include "hub/api/entitlement.hpp"

#include <algorithm>
#include <string>

namespace noroshi::api {
namespace {

using registry::Principal;

// `publisher` is whom the principal is or acts for.
bool takes_part(const Principal& principal, const std::string& publisher,
                const drills::Session& session) {
  switch (principal.kind) {
    case Principal::Kind::publisher:
    case Principal::Kind::officer:
      return session.publishers.contains(publisher);
    case Principal::Kind::subscriber:
      return session.subscribers.contains(principal.id);
    case Principal::Kind::operator_:
      return true;
  }
  return false;
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

bool may_use(Route route, std::string_view method, Principal::Kind kind) {
  if (route == Route::stream) return kind == Principal::Kind::subscriber;
  if (is_of_drafts(route) && method == "POST") return kind == Principal::Kind::officer;
  if (is_of_drafts(route)) return kind != Principal::Kind::subscriber;
  if (method == "POST")
    return kind == Principal::Kind::publisher || kind == Principal::Kind::officer;
  return true;
}

const drills::Channel* channel_of(const Destination& destination, const Principal& principal,
                                  const drills::Drills& drills) {
  if (principal.channel.drill() == destination.drill) return &principal.channel;
  if (principal.kind != Principal::Kind::operator_) return nullptr;
  const auto* session = drills.find(destination.drill);
  return session == nullptr ? nullptr : &session->channel;
}

std::optional<Problem> objection_to_channel(std::string_view path, const Principal& principal,
                                            const registry::Registry& registry,
                                            std::int64_t now_ms) {
  const auto destination = destination_of(path);
  const auto* channel = channel_of(destination, principal, registry.drills());
  if (channel == nullptr && principal.kind == Principal::Kind::operator_)
    return Problem{404, "not-found", std::string(path), {}};
  if (channel == nullptr)
    return Problem{
        403, "auth.status", principal.channel.name() + ": " + principal.channel.path(), {}};
  if (channel->live()) return std::nullopt;
  const auto* session = registry.drills().find(channel->drill());
  if (session == nullptr || !takes_part(principal, registry.publisher_of(principal), *session))
    return Problem{403, "auth.status", channel->name(), {}};
  if (destination.route == Route::stream || destination.route == Route::in_force)
    return objection_to_window(*session, now_ms);
  return std::nullopt;
}

}  // namespace noroshi::api
