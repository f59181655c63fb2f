#include "hub/drills/drills.hpp"

namespace noroshi::drills {

Session::State Session::state_at(std::int64_t now_ms) const {
  if (closed_ms || now_ms >= until_ms) return State::over;
  return now_ms < from_ms ? State::waiting : State::open;
}

void Drills::apply(const v1::Entry& entry) {
  const auto& body = entry.body();
  if (body.has_drill_opened()) {
    const auto& opened = body.drill_opened();
    const auto [place, fresh] = sessions_.try_emplace(
        opened.id(),
        Session{opened.id(), {}, {}, {}, 0, 0, {}, {}, entry.sequence(), Channel::of(opened)});
    auto& session = place->second;
    session.name = opened.name();
    session.publishers = {opened.publishers().begin(), opened.publishers().end()};
    session.subscribers = {opened.subscribers().begin(), opened.subscribers().end()};
    session.from_ms = opened.from_ms();
    session.until_ms = opened.until_ms();
    session.closed_ms.reset();
    session.reason.clear();
  } else if (body.has_drill_closed()) {
    const auto found = sessions_.find(body.drill_closed().id());
    if (found == sessions_.end() || found->second.closed_ms) return;
    found->second.closed_ms = entry.at_ms();
    found->second.reason = body.drill_closed().reason();
  }
}

const Session* Drills::find(std::string_view id) const {
  const auto found = sessions_.find(id);
  return found == sessions_.end() ? nullptr : &found->second;
}

}  // namespace noroshi::drills
