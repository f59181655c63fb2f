// Receipts on their way into the log, coalesced: what came within a flush is one entry, and ten
// thousand of one alert, state and medium one part of it. Nobody is told before it is durable.
//
// Bounds     `waiting_max` receipts gathered or under way, 4096 of them in an entry; `a_minute_max`
//            of one subscriber in a channel; of what was
//            recorded the last 256 ids of each subscriber and channel (8 bytes each, hashed). An
//            older id that comes again is recorded again, and counts no more for that: whoever
//            reads the log goes by the first.
// Threading  belongs to its shard; the journal's answer is posted to `context`.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "hub/delivery/receipt.hpp"
#include "hub/journal/journal_thread.hpp"

namespace noroshi::delivery {

class ReceiptLog {
 public:
  static constexpr std::size_t waiting_max = 65'536;
  static constexpr std::size_t a_minute_max = 1200;

  ReceiptLog(boost::asio::io_context& context, journal::JournalThread& journal)
      : context_(context), journal_(journal) {}

  // Whether it was recorded already under its id; nothing else is said of it then.
  [[nodiscard]] bool recorded(const Receipt& receipt) const;
  // `answer` follows once it is durable; at once when too many wait or came, and nothing was
  // kept.
  void take(Receipt receipt, ReceiptAnswer answer);

  // Proposes what has gathered. One proposal is under way at a time; what the journal could not
  // take is kept for the next flush.
  void flush();
  [[nodiscard]] bool empty() const { return gathered_.empty() && under_way_.empty(); }

 private:
  struct Recent {
    std::chrono::steady_clock::time_point minute{};  // when the one being counted began
    std::size_t taken = 0;                           // in it
    std::vector<std::size_t> ids;  // hashed; the oldest is at `next` once they are all there
    std::size_t next = 0;
  };

  bool too_many(const Receipt& receipt);
  void over(bool committed);
  void remember(const Receipt& receipt);

  boost::asio::io_context& context_;
  journal::JournalThread& journal_;
  std::deque<Receipt> gathered_;
  std::deque<Receipt> under_way_;
  // Of both, by whose they are and their id: one for each time it was sent, at most 4.
  std::unordered_map<std::string, std::vector<ReceiptAnswer>> answers_;
  std::unordered_map<std::string, Recent> recent_;  // by drills::qualified()
};

}  // namespace noroshi::delivery
