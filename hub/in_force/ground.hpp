// What the situations of all channels stand on: who is registered, and whose territories hold a
// position.
//
// Threading  none inside: belongs to the thread that asks it.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "hub/in_force/territories.hpp"
#include "hub/journal/entry.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::in_force {

class Ground {
 public:
  // `registry` as of `through`.
  Ground(const registry::Registry& registry, journal::Sequence through);

  // Every entry of the log from there on.
  void apply(const v1::Entry& entry);

  [[nodiscard]] const registry::Registry& registry() const { return registry_; }
  [[nodiscard]] journal::Sequence through() const { return through_; }
  // Codes of the publishers whose territory holds the position.
  [[nodiscard]] std::set<std::string> local_to(cap::Point position) const {
    return territories_.at(position);
  }
  // Codes of the publishers that may speak for `code`. Valid until the next apply().
  const std::vector<std::string>& speakers_of(const std::string& code);

 private:
  registry::Registry registry_;
  Territories territories_;
  std::map<std::string, std::vector<std::string>> speakers_;  // by code; made when asked
  journal::Sequence through_;
};

}  // namespace noroshi::in_force
