// The subscriber's side of the stream protocol (ops/docs/contract.md, "Stream") without a socket:
// fed the hub's messages and what has been stored, asked what to say next. It outlives connections,
// so it knows what was received before the line broke.
#pragma once

#include <noroshi/v1/stream.pb.h>

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace noroshi::subscribers {

// A place in one log. Sequences of different epochs have nothing to do with each other.
struct Position {
  std::uint64_t epoch = 0;
  std::uint64_t sequence = 0;
  friend auto operator<=>(const Position&, const Position&) = default;
};

// Where a receiver without a position of its own begins.
struct Beginning {
  enum class Kind { hub_cursor, after, now };
  Kind kind = Kind::hub_cursor;
  std::uint64_t sequence = 0;  // with `after`: the last sequence that is not wanted
};

// Invariant  stored <= received; an acknowledgement never exceeds what was stored nor what this
//            connection has been sent.
// Bounds     at most `window` deliveries received and not stored; more is a breach by the hub.
// Threading  none inside.
class Session {
 public:
  struct Settings {
    // Held for good from an earlier run. The first Hello does not claim it: a higher place than
    // the hub's counts as acknowledged, so the owner first sees whose stream and which log it is.
    std::optional<Position> position = {};
    std::vector<Position> elsewhere = {};  // … in the logs of other hubs
    Beginning beginning = {};              // used when there is no position
    std::uint32_t window = 256;            // 1 to 4096
    // What the stream must be: live, or drill:<id>. Nothing of another channel is handed over.
    std::string channel = "live";
  };

  struct Ignore {};  // a duplicate, a probe, or a message this version does not know
  // The stream begins; `log_changed` when the hub's log is another one than before and new to us.
  struct Begin {
    noroshi::v1::Welcome welcome;
    bool log_changed;
  };
  struct HandOver {
    std::variant<noroshi::v1::Delivery, noroshi::v1::Passed> item;
    std::uint64_t sequence;
  };
  // Nothing is outstanding: the heartbeat moved the position to this sequence.
  struct Advance {
    Position to;
  };
  // Close in order and connect again at once: only now it is known where to begin.
  struct Reposition {};
  // The hub has answered a receipt: recorded, or declined for the reason given.
  struct Answered {
    std::string id;
    std::optional<noroshi::v1::Declined> declined;
  };
  // The hub says good-bye: come back after `wait`, or after the usual backoff when absent.
  struct ComeBack {
    std::string code;
    std::string detail;
    std::optional<std::chrono::milliseconds> wait;
  };
  // The hub says good-bye for good.
  struct Stop {
    enum class Reason { replaced, suspended, rolled_back, drill_over, other_channel };
    Reason reason;
    std::string detail;
  };
  struct Broken {
    std::string detail;
  };
  using Event =
      std::variant<Ignore, Begin, HandOver, Advance, Answered, Reposition, ComeBack, Stop, Broken>;

  explicit Session(const Settings& settings);

  // The next connection is to another hub, which may have a log of its own: nothing is claimed
  // before it has said so.
  void change_hub() { looking_ = true; }
  // A new connection is up; the first message to send on it.
  noroshi::v1::ClientMessage connected();
  Event receive(const noroshi::v1::ServerMessage& message);
  // Everything handed over up to and including `sequence`, which was handed over, is stored for
  // good.
  void stored(std::uint64_t sequence);
  // What to acknowledge now, when that says something new or a heartbeat waits for its answer.
  std::optional<noroshi::v1::ClientMessage> acknowledgement();

  [[nodiscard]] std::optional<Position> position() const { return stored_; }
  // How far this connection has brought us; 0 before its Welcome.
  [[nodiscard]] std::uint64_t reached() const { return welcomed_ ? sent_here_ : 0; }
  [[nodiscard]] std::size_t outstanding() const { return outstanding_.size(); }
  [[nodiscard]] std::uint64_t duplicates() const { return duplicates_; }

 private:
  Event welcome(const noroshi::v1::Welcome& message);
  [[nodiscard]] bool belongs_here(const noroshi::v1::Summary& summary) const;
  bool begins_elsewhere(const noroshi::v1::Welcome& message);
  Event item(std::uint64_t sequence, HandOver what);
  Event heartbeat(const noroshi::v1::Heartbeat& message);
  void move_to(Position position);
  Event goodbye(const noroshi::v1::Goodbye& message) const;

  Settings settings_;
  std::optional<Position> stored_;
  std::map<std::uint64_t, std::uint64_t> logs_;  // how far each log is stored
  std::uint64_t received_ = 0;             // the highest sequence handed over, in stored_'s epoch
  std::deque<std::uint64_t> outstanding_;  // handed over and not stored, ascending
  std::uint64_t sent_here_ = 0;            // how far this connection has brought us
  std::uint64_t acknowledged_here_ = 0;
  std::uint64_t probed_here_ = 0;  // the last probe of this connection, acknowledged in its turn
  std::uint64_t duplicates_ = 0;
  bool looking_;  // no Welcome yet of this hub: the position has not been claimed
  bool welcomed_ = false;
  bool answer_due_ = false;  // a heartbeat waits for its acknowledgement
};

}  // namespace noroshi::subscribers
