#include "hub/journal/journal_thread.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <thread>

#include "tests/unit/hub/journal/staged_journal.hpp"

namespace noroshi::journal {
namespace {

using testing::ElementsAre;

void never(const Error& error) { ADD_FAILURE() << error.detail; }
void ignore(const Outcome&) {}

// A thread over a journal in memory whose judge waits behind its gate.
class JournalThreadBehindAGate : public testing::Test {
 protected:
  explicit JournalThreadBehindAGate(QueueBounds bounds = {})
      : thread(std::make_unique<StagedJournal>(judge, BreakingPoint{}, seen), bounds, never) {}

  // A test that gives up early must not leave the thread waiting.
  void TearDown() override { judge.open(); }

  // The first proposal is being decided, nothing is queued.
  void start() {
    thread.start();
    ASSERT_TRUE(thread.submit(alert("hino", "first"), ignore));
    judge.wait_until_entered();
  }

  GateJudge judge;
  Seen seen;
  JournalThread thread;
};

TEST_F(JournalThreadBehindAGate, CommitsWhatWaitedAsOneGroup) {
  start();
  int answers = 0;
  for (int i = 0; i < 100; ++i)
    ASSERT_TRUE(thread.submit(alert("hino", std::to_string(i)), [&](const Outcome& outcome) {
      answers += std::holds_alternative<Committed>(outcome);
    }));
  EXPECT_EQ(thread.gauges().queued, 100u);
  judge.open();
  thread.stop();
  EXPECT_EQ(answers, 100);
  EXPECT_THAT(seen.groups, ElementsAre(1, 100));
  const JournalGauges gauges = thread.gauges();
  EXPECT_EQ(gauges.commits, 2u);
  EXPECT_EQ(gauges.entries, 101u);
  EXPECT_EQ(gauges.head, 102u);
  EXPECT_EQ(gauges.queued, 0u);
  EXPECT_GE(gauges.commit_sum, gauges.commit_max);
  EXPECT_GE(gauges.commit_max, gauges.commit_last);
  EXPECT_GT(gauges.commit_sum.count(), 0);
}

TEST_F(JournalThreadBehindAGate, TakesNoMoreThan256ProposalsAtOnce) {
  start();
  for (int i = 0; i < 600; ++i)
    ASSERT_TRUE(thread.submit(alert("hino", std::to_string(i)), ignore));
  judge.open();
  thread.stop();
  EXPECT_THAT(seen.groups, ElementsAre(1, 256, 256, 88));
}

TEST_F(JournalThreadBehindAGate, TakesNoMoreThanAMegabyteAtOnceButAtLeastOne) {
  start();
  const auto submit = [this](const std::string& identifier, std::size_t bytes) {
    const auto content = std::make_shared<const std::string>(bytes, 'x');
    ASSERT_TRUE(thread.submit(alert("hino", identifier, content), ignore));
  };
  submit("A", 400'000);
  submit("B", 400'000);
  submit("C", 400'000);
  submit("D", 2'000'000);
  submit("E", 10);
  judge.open();
  thread.stop();
  EXPECT_THAT(seen.groups, ElementsAre(1, 2, 1, 1, 1));
}

TEST_F(JournalThreadBehindAGate, FollowsEachCommitOnceAndBeforeItsAnswers) {
  std::vector<std::vector<Sequence>> batches;
  thread.follow([&](const Batch& batch) {
    batches.emplace_back();
    for (const StoredPtr& stored : *batch) batches.back().push_back(stored->sequence);
  });
  start();
  const auto followed = [&](const Outcome& outcome) {
    const StoredPtr stored = stored_of(outcome);
    ASSERT_EQ(batches.size(), 2u);
    if (stored) {
      EXPECT_LE(stored->sequence, batches.back().back());
    }
  };
  ASSERT_TRUE(thread.submit(alert("hino", "A"), followed));
  ASSERT_TRUE(thread.submit(alert("hino", "first"), followed));
  ASSERT_TRUE(thread.submit(alert("silent", "B"), followed));
  ASSERT_TRUE(thread.submit(alert("suspended", "C"), followed));
  ASSERT_TRUE(thread.submit(alert("hino", "A"), followed));
  judge.open();
  thread.stop();
  ASSERT_EQ(batches.size(), 2u);
  EXPECT_THAT(batches[0], ElementsAre(2));
  EXPECT_THAT(batches[1], ElementsAre(3, 4));
}

TEST(JournalThread, FollowsNothingWhenNothingWasWritten) {
  RecordingJudge judge;
  JournalThread thread(open_memory(1, "live", judge, test_clock), {}, never);
  int batches = 0;
  thread.follow([&](const Batch&) { ++batches; });
  ASSERT_TRUE(thread.submit(alert("silent", "A"), ignore));
  thread.start();
  thread.stop();
  EXPECT_EQ(batches, 0);
  EXPECT_EQ(thread.gauges().commits, 0u);
}

class JournalThreadWithAShortQueue : public JournalThreadBehindAGate {
 protected:
  JournalThreadWithAShortQueue()
      : JournalThreadBehindAGate({.proposals_max = 2, .bytes_max = 10'000, .reads_max = 1}) {}
};

TEST_F(JournalThreadWithAShortQueue, RefusesTheProposalPastItsBound) {
  start();
  int answers = 0;
  const auto count = [&](const Outcome&) { ++answers; };
  ASSERT_TRUE(thread.submit(alert("hino", "A"), count));
  ASSERT_TRUE(thread.submit(alert("hino", "B"), count));
  const auto third = thread.submit(alert("hino", "C"), count);
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().code, ErrorCode::unavailable);
  judge.open();
  thread.stop();
  EXPECT_EQ(answers, 2);
  EXPECT_EQ(thread.gauges().head, 4u);
}

TEST_F(JournalThreadWithAShortQueue, RefusesTheBytesPastItsBound) {
  start();
  const auto half = std::make_shared<const std::string>(6'000, 'x');
  ASSERT_TRUE(thread.submit(alert("hino", "A", half), ignore));
  const auto second = thread.submit(alert("hino", "B", half), ignore);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::unavailable);
  judge.open();
  thread.stop();
}

TEST_F(JournalThreadWithAShortQueue, RefusesTheReadPastItsBound) {
  start();
  std::size_t entries = 0;
  ASSERT_TRUE(thread.read(0, {}, [&](auto page) { entries = page->size(); }));
  const auto second = thread.read(0, {}, [](const auto&) { ADD_FAILURE(); });
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::unavailable);
  judge.open();
  thread.stop();
  EXPECT_EQ(entries, 2u);
}

TEST_F(JournalThreadBehindAGate, LetsReadsAndCommitsTakeTurns) {
  start();
  std::vector<std::string> order;
  for (int i = 0; i < 300; ++i)
    ASSERT_TRUE(thread.submit(alert("hino", std::to_string(i)), [&, i](const Outcome&) {
      if (i == 0 || i == 256) order.push_back("commit");
    }));
  for (int i = 0; i < 12; ++i)
    ASSERT_TRUE(thread.read(0, {}, [&](const auto&) { order.push_back("read"); }));
  judge.open();
  thread.stop();
  ASSERT_EQ(order.size(), 14u);
  EXPECT_EQ(std::find(order.begin(), order.end(), "read") - order.begin(), 1);
  const auto second = std::find(order.begin() + 1, order.end(), "commit") - order.begin();
  EXPECT_GT(second, 1);
  EXPECT_LT(second, 13);
}

TEST_F(JournalThreadBehindAGate, SlowReadsLeaveTheTurnToWaitingProposals) {
  seen.read_takes = std::chrono::milliseconds(6);  // each takes the whole time of a turn
  start();
  std::vector<std::string> order;
  for (int i = 0; i < 600; ++i)
    ASSERT_TRUE(thread.submit(alert("hino", std::to_string(i)), [&, i](const Outcome&) {
      if (i % 256 == 0) order.push_back("commit");
    }));
  for (int i = 0; i < 8; ++i)
    ASSERT_TRUE(thread.read(0, {}, [&](const auto&) { order.push_back("read"); }));
  EXPECT_EQ(thread.gauges().reads_queued, 8u);
  judge.open();
  thread.stop();
  const std::vector<std::string> first(order.begin(), order.begin() + 6);
  EXPECT_THAT(first, ElementsAre("commit", "read", "commit", "read", "commit", "read"));
  EXPECT_EQ(order.size(), 11u);
  EXPECT_EQ(thread.gauges().reads, 8u);
  EXPECT_EQ(thread.gauges().reads_queued, 0u);
  EXPECT_GE(thread.gauges().reads_deferred, 8u);
}

class JournalThreadWithAQueueOfEight : public JournalThreadBehindAGate {
 protected:
  JournalThreadWithAQueueOfEight()
      : JournalThreadBehindAGate({.proposals_max = 8, .bytes_max = 100'000, .reads_max = 1}) {}
};

TEST_F(JournalThreadWithAQueueOfEight, KeepsItsLastQuarterForWhatCannotWait) {
  using Claim = JournalThread::Claim;
  start();
  for (int i = 0; i < 6; ++i)
    ASSERT_TRUE(thread.submit(alert("hino", std::to_string(i)), ignore, Claim::ordinary));
  EXPECT_FALSE(thread.submit(alert("hino", "ordinary"), ignore, Claim::ordinary));
  for (int i = 6; i < 8; ++i)
    EXPECT_TRUE(thread.submit(alert("hino", std::to_string(i)), ignore, Claim::urgent));
  EXPECT_FALSE(thread.submit(alert("hino", "urgent"), ignore, Claim::urgent));
  judge.open();
  thread.stop();
}

TEST_F(JournalThreadWithAQueueOfEight, KeepsTheLastQuarterOfItsBytesToo) {
  using Claim = JournalThread::Claim;
  start();
  const auto most = std::make_shared<const std::string>(70'000, 'x');
  const auto rest = std::make_shared<const std::string>(20'000, 'x');
  ASSERT_TRUE(thread.submit(alert("hino", "A", most), ignore, Claim::ordinary));
  EXPECT_FALSE(thread.submit(alert("hino", "B", rest), ignore, Claim::ordinary));
  EXPECT_TRUE(thread.submit(alert("hino", "C", rest), ignore, Claim::urgent));
  judge.open();
  thread.stop();
}

void submit_from_many_threads(std::unique_ptr<Journal> journal, std::size_t each) {
  constexpr std::size_t threads = 8;
  std::vector<std::atomic<int>> answers(threads * each);
  std::vector<Sequence> followed;
  {
    JournalThread thread(std::move(journal), {}, never);
    thread.follow([&](const Batch& batch) {
      for (const StoredPtr& stored : *batch) followed.push_back(stored->sequence);
    });
    thread.start();
    std::vector<std::thread> proposers;
    for (std::size_t t = 0; t < threads; ++t) {
      proposers.emplace_back([&, t] {
        for (std::size_t i = t * each; i < (t + 1) * each; ++i) {
          const auto queued =
              thread.submit(alert("hino", std::to_string(i)), [&, i](const Outcome& o) {
                answers[i] += std::holds_alternative<Committed>(o) ? 1 : 100;
              });
          EXPECT_TRUE(queued) << why(queued);
        }
      });
    }
    for (std::thread& proposer : proposers) proposer.join();
  }
  EXPECT_TRUE(std::all_of(answers.begin(), answers.end(), [](const auto& n) { return n == 1; }));
  std::vector<Sequence> dense(threads * each);
  std::iota(dense.begin(), dense.end(), 2);
  EXPECT_EQ(followed, dense);
}

TEST(JournalThread, AnswersManyThreadsOnceEachAndFollowsInOrder) {
  RecordingJudge judge;
  submit_from_many_threads(open_memory(1, "live", judge, test_clock), 400);
}

TEST(JournalThread, AnswersManyThreadsOverAFile) {
  const ScratchDirectory directory;
  ASSERT_TRUE(create_sqlite(directory.file(), test_epoch, "live", test_clock));
  {
    RecordingJudge judge;
    auto journal = open_sqlite(directory.file(), judge, test_clock,
                               {.checkpoint_idle_bytes = 100'000, .checkpoint_bytes_max = 400'000});
    ASSERT_TRUE(journal) << why(journal);
    submit_from_many_threads(*std::move(journal), 50);
  }
  RecordingJudge judge;
  auto journal = open_sqlite(directory.file(), judge, test_clock);
  ASSERT_TRUE(journal) << why(journal);
  EXPECT_EQ((*journal)->head().sequence, 401u);
}

TEST(JournalThread, KnowsTheHeadItStartedFrom) {
  RecordingJudge judge;
  JournalThread thread(open_memory(77, "demo", judge, test_clock), {}, never);
  thread.start();
  ASSERT_TRUE(thread.submit(alert("hino", "A"), ignore));
  thread.stop();
  EXPECT_EQ(thread.head_at_start().sequence, 1u);
  EXPECT_EQ(thread.head_at_start().epoch, 77u);
  EXPECT_EQ(thread.head_at_start().environment, "demo");
  EXPECT_EQ(thread.gauges().head, 2u);
}

}  // namespace
}  // namespace noroshi::journal
