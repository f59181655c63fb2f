// What is in force in every channel: of the live path, and of each drill until it is over.
//
// Threading  none inside: belongs to the thread that asks it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hub/in_force/situation.hpp"
#include "proto/result.hpp"

namespace noroshi::in_force {

class Situations {
 public:
  // `folds` and `registry` as of `through`.
  Situations(FoldsByChannel folds, const registry::Registry& registry, Sequence through,
             std::int64_t now_ms);
  Situations(const Situations&) = delete;
  Situations& operator=(const Situations&) = delete;

  // What of the log should be read next, of what stood at the start; of the live path first.
  // Nothing when all has been.
  struct Unread {
    Sequence first, last;
  };
  [[nodiscard]] std::optional<Unread> unread() const;
  // `page` begins with the first and may end early.
  void take(const Unread& unread, const std::vector<journal::StoredPtr>& page);

  // The next entry of the log, with its content.
  void apply(const journal::Stored& stored, std::int64_t now_ms);

  // Of the live path, or of a drill by its id. not_found of one that is over; unavailable while
  // shapes are wanted and not read.
  Result<Answer> answer(std::string_view drill, const Question& question, std::int64_t now_ms);

  [[nodiscard]] std::size_t drills() const { return in_drills_.size(); }

 private:
  struct Part {
    Part(Folds folds, Ground& ground, std::int64_t now_ms);
    Situation situation;
    std::set<Sequence> unread;
  };
  // Null of a drill that is over.
  Part* part_of(std::string_view drill);
  void forget_drills(std::int64_t now_ms);

  Ground ground_;
  Part live_;
  std::map<std::string, Part, std::less<>> in_drills_;
};

}  // namespace noroshi::in_force
