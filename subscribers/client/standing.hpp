// What became of the alerts a receiver was handed: which stand now, and how the others ended. A
// fold of items and of time; the same items again change nothing.
//
// It follows what the hub says is in force (ops/docs/contract.md, "In force"): a revision takes the
// place of all it refers to and of every earlier revision of its document; a Cancel and a lift end
// them; expiry ends what nobody has to lift, and once ended nothing stands again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "subscribers/client/item.hpp"

namespace noroshi::subscribers {

enum class State {
  stands,      // in force
  unlifted,    // in force, although its time ran out: only somebody's lift ends it
  superseded,  // another revision has taken its place
  cancelled,   // it should never have been sent
  lifted,      // what it ordered is over
  expired,     // its time ran out
  said,        // orders nothing itself: a lift, a Cancel, a null report
  forgotten,   // there was no room for it: the oldest of more than `standing_max`
};

// "stands", "unlifted" …
std::string_view name(State state);
std::optional<State> state_named(std::string_view name);

struct Held {
  // Where it came from: more than one when several logs delivered it. Empty: it is known only from
  // the references of another.
  std::vector<Position> positions;
  std::string publisher, sender, identifier;  // together its name
  std::string sha256;                         // of the accepted bytes, binary
  std::string document;
  std::uint32_t revision = 0;
  std::string status, event, headline;
  std::uint32_t level = 0;  // the highest that it orders; 0: none
  std::vector<std::string> areas;
  std::int64_t accepted_ms = 0;
  State state = State::stands;
  std::int64_t changed_ms = 0;           // when the state became so, by the hub's clock
  std::optional<Position> by;            // what ended it
  std::optional<std::int64_t> until_ms;  // when it runs out
  bool until_lifted = false;             // running out does not end it

  [[nodiscard]] bool in_force() const { return state == State::stands || state == State::unlifted; }
  friend bool operator==(const Held&, const Held&) = default;
};

// Bounds     `standing_max` that stand (beyond, the oldest that nobody has to lift is forgotten
//            first) and the last `ended_max` that do not.
// Threading  none inside.
class Standing {
 public:
  static constexpr std::size_t standing_max = 10'000;
  static constexpr std::size_t ended_max = 4'000;
  static constexpr std::size_t positions_max = 4;

  // Each alert whose state is new, as it is now, in the order in which it happened. `now_ms` is the
  // hub's time.
  std::vector<Held> take(const Item& item, std::int64_t now_ms);
  std::vector<Held> pass_time(std::int64_t now_ms);

  // Whether this very alert (name and bytes) was handed on from another log than the item's.
  [[nodiscard]] bool knows_from_elsewhere(const Item& item) const;

  // What is in force: the highest level first, then the newest.
  [[nodiscard]] std::vector<Held> in_force() const;
  // Everything that is remembered, for whoever keeps it; add() takes it back, in that order.
  [[nodiscard]] std::vector<Held> all() const;
  void add(Held held);

 private:
  using Name = std::string;
  struct Place {
    Held held;
    std::uint64_t changed = 0;  // the order in which states became what they are
  };

  Held& hold(const Name& name, Held held);
  void become(const Name& name, State state, std::optional<Position> by, std::int64_t now_ms,
              std::vector<Held>& changes);
  void end_earlier(const Held& next, const std::set<Name>& named, State state,
                   std::vector<Held>& changes);
  std::vector<Held> deliver(const Item& item, const noroshi::v1::Delivery& delivery,
                            std::int64_t now_ms);
  void make_room(std::int64_t now_ms, std::vector<Held>& changes);

  std::map<Name, Place> held_;
  std::map<Position, Name> by_position_;
  std::map<std::string, std::set<Name>> by_document_;  // publisher and document
  std::map<std::uint64_t, Name> ended_;                // by `changed`
  std::map<std::uint64_t, Name> standing_;             // of those in force, likewise
  std::uint64_t changes_ = 0;
};

}  // namespace noroshi::subscribers
