// A hub's own admission, journal and delivery over a log on the disk, with every publisher and
// subscriber in every channel, stopped and started again from what the log says.
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "hub/admission/alert_judge.hpp"
#include "hub/admission/examine.hpp"
#include "hub/delivery/fanout.hpp"
#include "hub/journal/journal_thread.hpp"

namespace noroshi::crossings {

inline constexpr std::array<const char*, 3> drills{"", "east", "west"};  // "": live
inline constexpr int publishers = 3;
inline constexpr int subscribers = 4;

// What is known without asking the hub: with whose token each document was sent, by the document.
using Ledger = std::unordered_map<std::string, std::string>;  // content hash → drill

// What came out on one stream, judged against the ledger alone.
class Output : public delivery::Receiver {
 public:
  enum class Assertion { on, off };
  Output(registry::Principal subscriber, const Ledger& ledger, Assertion assertion)
      : subscriber_(std::move(subscriber)), ledger_(ledger), assertion_(assertion) {}

  // A stream of another channel, as every outlet asks it; switched off it proves that the checker
  // sees what would come of it.
  bool permits(const delivery::Slot& slot) override {
    return assertion_ == Assertion::off || subscriber_.channel.carries(slot.alert());
  }
  bool ready() override { return true; }
  bool prepared(delivery::Slot&) override { return true; }
  void deliver(delivery::Slot& slot) override;
  void pass(delivery::Sequence sequence, const delivery::Fate& fate) override;
  void probe(delivery::Sequence) override {}
  void flush() override;
  [[nodiscard]] std::size_t queued_bytes() const override { return 0; }
  void tick(std::chrono::steady_clock::time_point) override {}
  void goodbye(const std::string& code, const std::string&, std::chrono::milliseconds) override;

  delivery::Shard* shard = nullptr;
  std::uint64_t deliveries = 0;
  std::uint64_t passed = 0;
  std::uint64_t crossings = 0;
  std::uint64_t unknown = 0;  // of no document that was ever sent
  bool gone = false;

 private:
  const registry::Principal subscriber_;
  const Ledger& ledger_;
  Assertion assertion_;
  delivery::Sequence last_ = 0;
  delivery::Sequence acknowledged_ = 0;
};

// What the judge says, and now and then something else: for the positive control.
enum class Admission { right, sometimes_live_for_a_drill };

class Site {
 public:
  Site(std::filesystem::path directory, const Ledger& ledger, Admission admission,
       Output::Assertion assertion);
  ~Site();

  // Brings the hub up from the log and opens every stream.
  void start();
  // Ends it once everything submitted has been answered and sent.
  void stop();

  [[nodiscard]] const registry::Principal& publisher(int number, int drill) const;
  // Examines and proposes what `publisher` sends; blocks while much is under way.
  void send(const registry::Principal& publisher, std::shared_ptr<const std::string> document);

  struct Totals {
    std::uint64_t accepted = 0, refused = 0, known = 0, deliveries = 0, passed = 0, crossings = 0,
                  unknown = 0, held_back = 0;
    std::array<std::uint64_t, drills.size()> accepted_in{};
  };
  [[nodiscard]] Totals totals() const { return totals_; }

 private:
  class Misjudging;
  void answered(const journal::Outcome& outcome);
  void wait_until_under_way_is_at_most(std::size_t most);
  void wait_until_sent();

  std::filesystem::path directory_;
  const Ledger& ledger_;
  Admission admission_;
  Output::Assertion assertion_;
  std::vector<registry::Principal> publishers_;
  std::unique_ptr<Misjudging> judge_;
  std::unique_ptr<journal::JournalThread> journal_;
  std::unique_ptr<delivery::Fanout> fanout_;
  std::vector<std::shared_ptr<Output>> outputs_;
  std::mutex mutex_;
  std::condition_variable answered_;
  std::size_t under_way_ = 0;
  Totals totals_;
};

}  // namespace noroshi::crossings
