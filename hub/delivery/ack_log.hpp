// Acknowledgements on their way into the log, coalesced: one entry a flush, one range a subscriber,
// channel and outlet.
//
// An acknowledgement that is lost with the process is only redelivered, so the flush may wait a
// little (250 ms); what touches is merged, so the bound is one range an account and
// one more for each webhook given up in between.
// Threading  belongs to its shard; the journal's answer is posted to `context`.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "hub/delivery/outlet.hpp"
#include "hub/delivery/served.hpp"
#include "hub/delivery/window.hpp"
#include "hub/drills/channel.hpp"
#include "hub/journal/journal_thread.hpp"

namespace noroshi::delivery {

class AckLog {
 public:
  // How far one subscriber has acknowledged in one channel by one outlet, recorded or not.
  class Account {
   public:
    Account(std::string subscriber, const drills::Channel& channel, Outlet outlet)
        : subscriber_(std::move(subscriber)), channel_(channel), outlet_(outlet) {}
    Sequence acknowledged = 0;
    // What the last connection was sent, where acknowledgements may come after its end.
    std::optional<Window> left;
    // What it has fetched, of outlets that are asked; null: nothing since the process began.
    std::unique_ptr<Served> served = nullptr;

   private:
    friend class AckLog;
    struct Range {
      Sequence after = 0;
      Sequence through = 0;
      std::int64_t at_ms = 0;
      std::vector<Sequence> passed;
    };
    std::string subscriber_;
    drills::Channel channel_;
    Outlet outlet_;
    bool gathered_ = false;
    Range range_;
  };

  AckLog(boost::asio::io_context& context, journal::JournalThread& journal);

  // Stays where it is as long as this object lives.
  Account& account(const std::string& subscriber, const drills::Channel& channel, Outlet outlet);
  // How far the subscriber has acknowledged in the channel by any outlet since the process began.
  [[nodiscard]] Sequence acknowledged(const std::string& subscriber,
                                      const drills::Channel& channel) const;
  // How far what the subscriber has fetched there reaches, by any outlet that is asked.
  [[nodiscard]] Sequence fetched(const std::string& subscriber,
                                 const drills::Channel& channel) const;
  void settled(Account& account, const Settled& settled, std::int64_t at_ms);
  // What has gathered of the account stays apart from what comes: between them something was
  // neither sent nor acknowledged.
  void part(Account& account);
  // Proposes what has gathered as one entry. One proposal is under way at a time; what the journal
  // could not take is kept for the next flush.
  void flush();
  [[nodiscard]] bool empty() const {
    return gathered_.empty() && apart_.empty() && under_way_.empty();
  }

 private:
  void gather(Account& account, const Account::Range& range);
  void over(bool committed);

  boost::asio::io_context& context_;
  journal::JournalThread& journal_;
  std::array<std::unordered_map<std::string, Account>, outlets> accounts_;  // drills::qualified()
  std::vector<Account*> gathered_;
  std::vector<std::pair<Account*, Account::Range>> apart_;
  std::vector<std::pair<Account*, Account::Range>> under_way_;
};

}  // namespace noroshi::delivery
