#include "hub/in_force/ground.hpp"

namespace noroshi::in_force {

Ground::Ground(const registry::Registry& registry, journal::Sequence through)
    : registry_(registry), through_(through) {
  for (const auto& [code, publisher] : registry_.publishers())
    if (publisher.territory) territories_.set(code, *publisher.territory);
}

void Ground::apply(const v1::Entry& entry) {
  registry_.apply(entry);
  through_ = entry.sequence();
  if (!entry.body().has_publisher_registered()) return;
  const auto& publisher = entry.body().publisher_registered();
  territories_.set(publisher.code(), publisher.territory());
  speakers_.clear();
}

const std::vector<std::string>& Ground::speakers_of(const std::string& code) {
  const auto [found, fresh] = speakers_.try_emplace(code);
  if (fresh)
    for (const auto& [id, publisher] : registry_.publishers())
      if (publisher.may_speak_for(code)) found->second.push_back(id);
  return found->second;
}

}  // namespace noroshi::in_force
