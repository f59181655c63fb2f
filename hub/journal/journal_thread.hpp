// The thread that owns the journal: group commit without a timer.
//
// It takes everything queued while the last commit ran (at most 256 proposals or 1 MB, at least
// one), appends it as one group, then hands the stored entries to every follower once and answers
// each proposer. Low load: one sync a proposal. High load: the groups grow by themselves.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hub/journal/journal.hpp"
#include "proto/merkle/proof.hpp"

namespace noroshi::journal {

// The entries of one commit, ascending, to be shared by all threads.
using Batch = std::shared_ptr<const std::vector<StoredPtr>>;

struct QueueBounds {
  std::size_t proposals_max = 4096;
  std::size_t bytes_max = 64u << 20;
  std::size_t reads_max = 4096;
};

struct JournalGauges {
  std::uint64_t commits = 0;  // groups that wrote something
  std::uint64_t entries = 0;
  std::size_t queued = 0;  // proposals waiting; those being appended are not counted
  std::size_t reads_queued = 0;
  std::uint64_t reads = 0;           // served
  std::uint64_t reads_deferred = 0;  // put off to a later turn, for proposals that waited
  Sequence head = 0;
  // How long those commits took, deciding included.
  std::chrono::microseconds commit_last{0};
  std::chrono::microseconds commit_max{0};
  std::chrono::microseconds commit_sum{0};
};

// Threading  submit(), read(), gauges() from any thread. Callbacks run on the journal thread and
//            must only post; followers are called before the answers of the same group.
// Failure    on the first io error everything queued is answered: the group in flight Unknown, the
//            proposals behind it Unknown with the detail "not attempted: …", reads closed. Then
//            `on_failure` is called once, on the journal thread: the process must stop. Later
//            callers get unavailable.
class JournalThread {
 public:
  using Answer = std::function<void(Outcome)>;
  using ReadAnswer = std::function<void(Result<std::vector<StoredPtr>>)>;
  using Follower = std::function<void(const Batch&)>;

  JournalThread(std::unique_ptr<Journal> journal, QueueBounds bounds,
                std::function<void(const Error&)> on_failure);
  // Finishes what is queued, then ends.
  ~JournalThread();

  // Before start(): `follower` is given every entry with sequence > head at start, in order, once.
  void follow(Follower follower);
  void start();

  // The last quarter of the queue is kept for what cannot wait: alerts, and what the operator does.
  enum class Claim { ordinary, urgent };
  // unavailable when the queue is full or the journal has failed or stopped: nothing was queued
  // and `answer` is never called.
  Result<void> submit(Proposal proposal, Answer answer, Claim claim = Claim::ordinary);
  // Reads take turns with commits, so that neither starves the other: while proposals wait, the
  // reads of a turn end after 5 ms.
  Result<void> read(Sequence after, ReadBounds bounds, ReadAnswer answer);
  // The tree between two commits. `look` runs on the journal thread, for a proof or two; `node_of`
  // is good for that long.
  using Look = std::function<void(const Result<TreeHead>&, const merkle::NodeOf& node_of)>;
  Result<void> look_at_tree(Look look);

  // Takes nothing more; returns when all that was queued is answered. Idempotent; never from a
  // callback.
  void stop();

  [[nodiscard]] JournalGauges gauges() const;
  [[nodiscard]] Head head_at_start() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace noroshi::journal
