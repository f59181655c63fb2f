// Which receipts wait for the hub's word, and which of them to say now: each as soon as the hub has
// sent the alert it is about, at most so many without an answer, again with every heartbeat and on
// every connection.
//
// Bounds     `unanswered_max` said and not answered; what waits is bounded by who reports.
// Threading  none inside.
#pragma once

#include <noroshi/v1/stream.pb.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace noroshi::subscribers {

class Outbox {
 public:
  static constexpr std::size_t unanswered_max = 128;

  // One whose id waits already changes nothing.
  void add(v1::Receipt receipt);
  // The hub has recorded or declined it. False when it was not waiting.
  bool answered(const std::string& id);
  // A connection began or a heartbeat came: whatever was said is said again.
  void begin_again();
  // Those to say now, in the order in which they were added; `reached` is how far this connection
  // has brought us.
  std::vector<v1::ClientMessage> due(std::uint64_t reached);
  // Everything that waited belonged to another log.
  void clear();

  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }

 private:
  struct Waiting {
    v1::Receipt receipt;
    bool said = false;
  };
  std::map<std::uint64_t, Waiting> waiting_;  // by when it was added
  std::map<std::string, std::uint64_t> by_id_;
  std::uint64_t added_ = 0;
  std::size_t unanswered_ = 0;
};

}  // namespace noroshi::subscribers
