#include "hub/in_force/folds.hpp"

namespace noroshi::in_force {

void FoldsByChannel::apply(const v1::Entry& entry) {
  const auto& body = entry.body();
  drills_.apply(entry);
  if (body.has_drill_opened()) {
    forget(entry.at_ms());
    const auto& session = *drills_.find(body.drill_opened().id());
    in_drills.try_emplace(session.id, session.channel.name());
  } else if (body.has_drill_closed()) {
    in_drills.erase(body.drill_closed().id());
  } else if (body.has_alert_accepted()) {
    const auto& drill = body.alert_accepted().drill();
    if (drill.empty()) return live.apply(entry);
    const auto found = in_drills.find(drill);
    if (found != in_drills.end()) found->second.apply(entry);
  }
}

void FoldsByChannel::forget(std::int64_t now_ms) {
  std::erase_if(in_drills, [&](const auto& known) {
    const auto* session = drills_.find(known.first);
    return session == nullptr || session->state_at(now_ms) == drills::Session::State::over;
  });
}

}  // namespace noroshi::in_force
