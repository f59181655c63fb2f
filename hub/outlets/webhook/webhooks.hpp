// The outlet `webhook`, whole: who is called follows the registry live, on the shards; the calls
// are made on a thread of their own.
//
// Threading  entries() is a follower of the journal; the rest belongs to whoever composes the hub.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <vector>

#include "hub/delivery/fanout.hpp"
#include "hub/outlets/webhook/roster.hpp"
#include "hub/webhook/calls.hpp"

namespace noroshi::webhook {

struct Settings {
  Reach reach;
  RetryRules rules;
};

class Webhooks {
 public:
  // `folds` as of the journal's head. All outlive this; it outlives the fanout's stop().
  Webhooks(delivery::Fanout& fanout, outlets::Readings& readings, journal::JournalThread& journal,
           const delivery::Folds& folds, Style style, Settings settings,
           const journal::WallClock& clock);
  ~Webhooks();

  // After the journal and the fanout have started: reads the secrets, then calls begin.
  void start();
  // After the fanout has stopped.
  void stop();
  void entries(const journal::Batch& batch);

  [[nodiscard]] Calls::Gauges gauges() const { return calls_.gauges(); }

 private:
  void read_secrets(std::size_t next);
  void take_secrets(const journal::Stored& stored);
  void begin();
  void tick();
  void apply(const v1::EntryBody& body);
  void refresh(const std::string& subscriber);

  delivery::Fanout& fanout_;
  journal::JournalThread& journal_;
  Calls calls_;
  const Works works_;
  std::vector<std::pair<delivery::Shard*, std::unique_ptr<Roster>>> rosters_;
  std::vector<delivery::Sequence> secrets_;  // entries to be read at the start
  boost::asio::steady_timer timer_;          // of the calls' thread
};

}  // namespace noroshi::webhook
