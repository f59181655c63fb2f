// What a receiver says of its connection, and why it ended.
#pragma once

#include <noroshi/v1/stream.pb.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "proto/result.hpp"
#include "subscribers/client/fault.hpp"

namespace noroshi::subscribers {

// Why a receiver ended.
struct Ending {
  enum class Kind {
    asked,          // stop() was called
    count_reached,  // as many items as wanted are stored and acknowledged
    replaced,       // a newer connection of the same subscriber has taken over
    suspended,
    rolled_back,    // the hub's log ends before what we hold: it lost entries
    drill_over,     // the drill has ended, and its stream with it
    other_channel,  // the hub's stream is not the one that was asked for
    not_allowed,    // the hub refuses this token
    untrusted,      // the very first connection failed on the hub's certificate or protocol
    store_failed,
  };
  Kind kind;
  std::string detail = {};          // the hub's words, if any
  std::optional<Fault> fault = {};  // with not_allowed, untrusted and, when not begun, drill_over
  std::optional<Error> error = {};  // with store_failed
};

// What a person or a log should hear. Calls come from the loop.
class Listener {
 public:
  virtual ~Listener() = default;
  // `gone` is how long the hub had been away; absent the first time.
  virtual void on_connected(const noroshi::v1::Welcome& welcome,
                            std::optional<std::chrono::milliseconds> gone) = 0;
  virtual void on_lost(const Fault& fault, std::chrono::milliseconds retry_in) = 0;
  // The hub has another log than before: sequences start anew.
  virtual void on_log_changed(const noroshi::v1::Welcome& welcome) = 0;
  // The hub will never record a receipt: it is thrown away.
  virtual void on_declined(const noroshi::v1::Declined&) {}
  // The hub to be called next, by its place among those of the settings: before the first call, and
  // before on_lost() or on_connected() whenever it is another one than before.
  virtual void on_hub(std::size_t) {}
  // The last call.
  virtual void on_ended(const Ending& ending) = 0;
};

}  // namespace noroshi::subscribers
