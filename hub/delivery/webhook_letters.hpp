// How the webhooks stand that were not taken at the first attempt: a fold of the log.
//
// A letter is one alert on its way to one subscriber in one channel. It waits for its next attempt,
// or is dead, or was replayed and waits again. It is gone from here once it is taken: a waiting one
// with the acknowledgement that covers it, a replayed one with an attempt that has neither a next
// one nor is dead, because its acknowledgement lies far behind others.
//
// Bounds     of a subscriber and channel the last `dead_max` dead letters.
// Threading  none inside: each thread that needs it folds its own.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "hub/journal/entry.hpp"

namespace noroshi::delivery {

using journal::Sequence;

class WebhookLetters {
 public:
  static constexpr std::size_t dead_max = 1024;

  struct Letter {
    enum class State { waiting, dead, replayed } state = State::waiting;
    std::uint32_t attempts = 0;
    std::int64_t at_ms = 0;  // of the last attempt, or of the replay
    std::uint32_t status = 0;
    std::string detail;
    std::int64_t next_ms = 0;  // of a waiting or replayed one; 0: at once
  };
  using Letters = std::map<Sequence, Letter>;

  void apply(const v1::Entry& entry);

  // `whose` is drills::qualified().
  [[nodiscard]] const Letters& of(const std::string& whose) const;
  // The last alert that was given up: the cursor has gone past it.
  [[nodiscard]] Sequence given_up_through(const std::string& whose) const;
  // How many are dead now, of everybody.
  [[nodiscard]] std::size_t dead() const;

  // Whether the endpoint has answered 410 Gone since the subscriber was last registered or
  // something of it replayed: it is not called.
  [[nodiscard]] bool is_gone(const std::string& subscriber) const;
  // The entry with which the subscriber's webhooks were asked for; 0 when they are not.
  [[nodiscard]] Sequence asked_for(std::string_view subscriber) const;
  // The entry with the subscriber's secrets; 0 when there are none.
  [[nodiscard]] Sequence secrets_set(const std::string& subscriber) const;

 private:
  struct Post {
    Letters letters;
    Sequence given_up_through = 0;
  };
  struct Endpoint {
    bool gone = false;
    Sequence asked_for = 0;
    Sequence secrets_set = 0;
  };
  void attempted(const v1::WebhookAttempts& attempts);
  void taken(const v1::AckRange& range);
  static void bury(Letters& letters);

  std::unordered_map<std::string, Post> posts_;
  std::map<std::string, Endpoint, std::less<>> endpoints_;
};

}  // namespace noroshi::delivery
