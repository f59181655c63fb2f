// What is in force, and where: follows the log on its own thread, and answers by code and by
// position.
//
// Threading  ask() from any thread; answers run on its own thread and must only post. entries() is
//            a follower of the journal.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hub/in_force/situation.hpp"
#include "hub/journal/entry.hpp"
#include "hub/registry/registry.hpp"
#include "proto/result.hpp"

namespace noroshi::in_force {

class InForce {
 public:
  // `folds` and `registry` as of `head`; `clock` tells Unix milliseconds.
  InForce(Folds folds, const registry::Registry& registry, Sequence head,
          std::function<std::int64_t()> clock);
  ~InForce();

  // Entries of the log after a sequence, at most so many; answers on any thread, or never once the
  // process ends.
  using Page = std::function<void(Result<std::vector<journal::StoredPtr>>)>;
  using Reader = std::function<void(Sequence after, std::size_t entries_max, Page answer)>;
  // Begins to answer, and to read the shapes of what stands; until it has, positions and shapes are
  // unavailable.
  void start(Reader read_log);
  void stop();

  void entries(std::shared_ptr<const std::vector<journal::StoredPtr>> batch);
  // Whose orders these are; any thread.
  [[nodiscard]] const std::string& channel() const;
  void ask(Question question, std::function<void(Result<Answer>)> answer);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace noroshi::in_force
