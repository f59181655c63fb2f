// Attempts of webhooks that were not taken on their way into the log, coalesced: what came within a
// flush is one entry, of each webhook the last.
//
// Bounds     one an alert, subscriber and channel with a webhook under way; 4096 an entry.
// Threading  belongs to its shard; the journal's answer is posted to `context`.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <string>
#include <tuple>

#include "hub/journal/journal_thread.hpp"

namespace noroshi::delivery {

class AttemptLog {
 public:
  AttemptLog(boost::asio::io_context& context, journal::JournalThread& journal)
      : context_(context), journal_(journal) {}

  // `recorded` follows once it is durable; not when a later one of the same webhook takes its
  // place first.
  void take(const v1::WebhookAttempts& attempts, std::function<void()> recorded);
  // Proposes what has gathered. One proposal is under way at a time; what the journal could not
  // take is kept for the next flush.
  void flush();
  [[nodiscard]] bool empty() const { return gathered_.empty() && under_way_.empty(); }

 private:
  struct Attempted {
    v1::WebhookAttempts attempts;
    std::function<void()> recorded;
  };
  using Each = std::map<std::tuple<std::string, std::string, journal::Sequence>, Attempted>;
  void over(bool committed);

  boost::asio::io_context& context_;
  journal::JournalThread& journal_;
  Each gathered_;
  Each under_way_;
};

}  // namespace noroshi::delivery
