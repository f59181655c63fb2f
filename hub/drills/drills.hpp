// Which drill sessions there are, who takes part and when each is open: a fold of the log.
//
// Threading  none inside: each thread that needs one folds its own from the same entries.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "hub/drills/channel.hpp"
#include "hub/journal/entry.hpp"

namespace noroshi::drills {

// How long a session may be, and how many may not be over at the same time: what each costs while
// it lasts (a ring in every shard) is bounded by this.
inline constexpr std::int64_t length_max_ms = std::int64_t{30} * 86'400'000;
inline constexpr std::size_t sessions_at_once_max = 16;

// Times are Unix milliseconds of the hub's clock.
struct Session {
  using Ids = std::set<std::string, std::less<>>;
  enum class State { waiting, open, over };

  std::string id;
  std::string name;
  Ids publishers;
  Ids subscribers;
  std::int64_t from_ms = 0;
  std::int64_t until_ms = 0;
  std::optional<std::int64_t> closed_ms;  // by hand, before its end
  std::string reason;
  journal::Sequence opened = 0;  // its first entry
  Channel channel;

  [[nodiscard]] State state_at(std::int64_t now_ms) const;
  [[nodiscard]] bool open_at(std::int64_t now_ms) const { return state_at(now_ms) == State::open; }
};

class Drills {
 public:
  // Entries of other kinds change nothing.
  void apply(const v1::Entry& entry);

  // Null when there is none. Whoever is found stays where it is, and follows its later entries, as
  // long as this lives.
  [[nodiscard]] const Session* find(std::string_view id) const;
  [[nodiscard]] const std::map<std::string, Session, std::less<>>& all() const { return sessions_; }

 private:
  std::map<std::string, Session, std::less<>> sessions_;
};

}  // namespace noroshi::drills
