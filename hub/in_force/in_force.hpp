// What is in force, and where: follows the log on its own thread, and answers by code and by
// position, of the live path and of each drill that is not over. What is known of a drill is
// dropped with its end.
//
// Threading  ask() from any thread; answers run on its own thread and must only post. entries() is
//            a follower of the journal.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hub/drills/channel.hpp"
#include "hub/in_force/answer.hpp"
#include "hub/in_force/folds.hpp"
#include "hub/journal/entry.hpp"
#include "hub/registry/registry.hpp"
#include "proto/result.hpp"

namespace noroshi::in_force {

class InForce {
 public:
  // `folds` and `registry` as of `head`; `clock` tells Unix milliseconds.
  InForce(FoldsByChannel folds, const registry::Registry& registry, Sequence head,
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
  // Of the orders of `channel` alone; not_found of a drill that is over.
  void ask(const drills::Channel& channel, Question question,
           std::function<void(Result<Answer>)> answer);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace noroshi::in_force
