// What a test of the journal thread holds in its hand: a judge that waits, a journal that breaks.
#pragma once

#include <chrono>
#include <cstddef>
#include <future>
#include <memory>
#include <semaphore>
#include <thread>
#include <utility>
#include <vector>

#include "hub/journal/journal.hpp"
#include "tests/unit/hub/journal/recording_judge.hpp"

namespace noroshi::journal {

// Waits in its first decide until opened, so that a test can fill the queue behind it.
class GateJudge final : public Judge {
 public:
  void apply(const v1::Entry& entry) override { inner_.apply(entry); }
  Decision decide(const Proposal& proposal, Sequence sequence, std::int64_t at_ms) override {
    if (!std::exchange(passed_, true)) {
      entered_.set_value();
      opened_.get_future().wait();
    }
    return inner_.decide(proposal, sequence, at_ms);
  }

  void wait_until_entered() { entered_.get_future().wait(); }
  void open() {
    if (!std::exchange(told_to_open_, true)) opened_.set_value();
  }

 private:
  RecordingJudge inner_;
  bool passed_ = false;        // of the journal thread
  bool told_to_open_ = false;  // of the test
  std::promise<void> entered_;
  std::promise<void> opened_;
};

// Which call breaks, counted from 1; 0 is none.
struct BreakingPoint {
  int append = 0;
  int read = 0;
  int idle = 0;
  int idles_wanted = 0;  // so many times there is more housekeeping to do
  ErrorCode read_code = ErrorCode::io;
};

struct Seen {
  std::vector<std::size_t> groups;
  int idles = 0;
  std::chrono::milliseconds read_takes{0};  // by the test, before it starts
  std::counting_semaphore<> idle{0};        // one for each
};

// A journal in memory that breaks where it is told to.
class StagedJournal final : public Journal {
 public:
  StagedJournal(Judge& judge, BreakingPoint point, Seen& seen)
      : inner_(open_memory(test_epoch, "live", judge, test_clock)), point_(point), seen_(seen) {}

  Result<std::vector<Outcome>> append(std::span<const Proposal> group) override {
    seen_.groups.push_back(group.size());
    auto outcomes = inner_->append(group);
    if (++appends_ == point_.append) return failure(ErrorCode::io, "sync failed");
    return outcomes;
  }
  Result<std::vector<StoredPtr>> read(Sequence after, ReadBounds bounds) override {
    if (++reads_ == point_.read) return failure(point_.read_code, "read failed");
    std::this_thread::sleep_for(seen_.read_takes);
    return inner_->read(after, bounds);
  }
  [[nodiscard]] Head head() const override { return inner_->head(); }
  [[nodiscard]] TreeHead tree() const override { return inner_->tree(); }
  Result<Hash> node(unsigned level, std::uint64_t index) override {
    return inner_->node(level, index);
  }
  Result<Rest> idle() override {
    ++seen_.idles;
    seen_.idle.release();
    if (seen_.idles == point_.idle) return failure(ErrorCode::io, "checkpoint failed");
    return seen_.idles <= point_.idles_wanted ? Rest::wanted : Rest::done;
  }

 private:
  const std::unique_ptr<Journal> inner_;
  const BreakingPoint point_;
  Seen& seen_;
  int appends_ = 0;
  int reads_ = 0;
};

}  // namespace noroshi::journal
