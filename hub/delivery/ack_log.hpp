// Acknowledgements on their way into the log, coalesced: one entry a flush, one range a subscriber.
//
// An acknowledgement that is lost with the process is only redelivered, so the flush may wait a
// little (250 ms); what is here is merged, so the bound is one range a subscriber.
// Threading  belongs to its shard; the journal's answer is posted to `context`.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <string>

#include "hub/delivery/window.hpp"
#include "hub/journal/journal_thread.hpp"

namespace noroshi::delivery {

class AckLog {
 public:
  AckLog(boost::asio::io_context& context, journal::JournalThread& journal);

  void settled(const std::string& subscriber, const Settled& settled, std::int64_t at_ms);
  // Proposes what has gathered as one entry. One proposal is under way at a time; what the journal
  // could not take is kept for the next flush.
  void flush();
  [[nodiscard]] bool empty() const { return gathered_.empty() && !under_way_; }

 private:
  void put_back(const v1::AcksRecorded& acks);

  boost::asio::io_context& context_;
  journal::JournalThread& journal_;
  std::map<std::string, v1::AckRange> gathered_;
  bool under_way_ = false;
};

}  // namespace noroshi::delivery
