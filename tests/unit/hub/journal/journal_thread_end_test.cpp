// How the journal thread ends: told to, or because the store broke.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/journal/journal_thread.hpp"
#include "tests/unit/hub/journal/staged_journal.hpp"

namespace noroshi::journal {
namespace {

using testing::ElementsAre;

class JournalThreadEnd : public testing::Test {
 protected:
  void make(BreakingPoint point) {
    thread = std::make_unique<JournalThread>(std::make_unique<StagedJournal>(judge, point, seen),
                                             QueueBounds{}, [this](const Error& error) {
                                               failures.push_back(error.detail);
                                               failed.set_value();
                                             });
  }

  // A test that gives up early must not leave the thread waiting.
  void TearDown() override { judge.open(); }

  JournalThread::Answer note() {
    return [this](const Outcome& outcome) {
      const auto* unknown = std::get_if<Unknown>(&outcome);
      answers.push_back(unknown ? unknown->detail : "settled");
    };
  }

  JournalThread::ReadAnswer note_read() {
    return [this](const auto& page) {
      answers.push_back(page ? "read" : "not read: " + page.error().detail);
      if (!page) read_codes.push_back(page.error().code);
    };
  }

  void expect_unavailable() {
    const auto proposed = thread->submit(alert("hino", "late"), [](auto) { ADD_FAILURE(); });
    ASSERT_FALSE(proposed);
    EXPECT_EQ(proposed.error().code, ErrorCode::unavailable);
    const auto read = thread->read(0, {}, [](const auto&) { ADD_FAILURE(); });
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::unavailable);
  }

  GateJudge judge;
  Seen seen;
  std::vector<std::string> failures;
  std::promise<void> failed;
  std::vector<std::string> answers;  // in order; written by the journal thread alone
  std::vector<ErrorCode> read_codes;
  std::unique_ptr<JournalThread> thread;
};

TEST_F(JournalThreadEnd, AnswersAllThatIsQueuedBeforeItStops) {
  make({});
  thread->start();
  ASSERT_TRUE(thread->submit(alert("hino", "A"), note()));
  judge.wait_until_entered();
  ASSERT_TRUE(thread->submit(alert("hino", "B"), note()));
  ASSERT_TRUE(thread->read(0, {}, note_read()));
  judge.open();
  thread->stop();
  EXPECT_THAT(answers, ElementsAre("settled", "settled", "read"));
  expect_unavailable();
  thread->stop();
  EXPECT_TRUE(failures.empty());
}

TEST_F(JournalThreadEnd, AnswersWhatIsQueuedEvenWhenItWasNeverStarted) {
  make({});
  judge.open();
  ASSERT_TRUE(thread->submit(alert("hino", "A"), note()));
  thread.reset();
  EXPECT_THAT(answers, ElementsAre("settled"));
}

TEST_F(JournalThreadEnd, AnswersEverybodyWhenACommitFails) {
  make({.append = 2});
  int batches = 0;
  thread->follow([&](const Batch&) { ++batches; });
  thread->start();
  ASSERT_TRUE(thread->submit(alert("hino", "first"), note()));
  judge.wait_until_entered();
  for (int i = 0; i < 300; ++i)
    ASSERT_TRUE(thread->submit(alert("hino", std::to_string(i)), note()));
  ASSERT_TRUE(thread->read(0, {}, note_read()));
  judge.open();
  failed.get_future().wait();
  thread->stop();

  ASSERT_EQ(answers.size(), 302u);
  EXPECT_EQ(answers[0], "settled");
  EXPECT_EQ(answers[1], "sync failed");
  EXPECT_EQ(answers[256], "sync failed");
  EXPECT_EQ(answers[257], "not attempted: sync failed");
  EXPECT_EQ(answers[300], "not attempted: sync failed");
  EXPECT_EQ(answers[301], "not read: sync failed");
  EXPECT_THAT(read_codes, ElementsAre(ErrorCode::closed));
  EXPECT_THAT(failures, ElementsAre("sync failed"));
  EXPECT_THAT(seen.groups, ElementsAre(1, 256));
  EXPECT_EQ(batches, 1) << "entries of a failed commit were followed";
  EXPECT_EQ(thread->gauges().commits, 1u);
  EXPECT_EQ(thread->gauges().head, 2u);
  EXPECT_EQ(thread->gauges().queued, 0u);
  expect_unavailable();
}

TEST_F(JournalThreadEnd, TakesNothingNewFromAnAnswerToAFailedCommit) {
  make({.append = 1});
  judge.open();
  bool tried = false;
  ASSERT_TRUE(thread->submit(alert("hino", "A"), [&](const Outcome&) {
    tried = true;
    expect_unavailable();
  }));
  thread->start();
  failed.get_future().wait();
  thread->stop();
  EXPECT_TRUE(tried);
  EXPECT_EQ(failures.size(), 1u);
}

TEST_F(JournalThreadEnd, EndsWhenARangeCannotBeRead) {
  make({.read = 2});
  judge.open();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(thread->read(0, {}, note_read()));
  thread->start();
  failed.get_future().wait();
  thread->stop();
  EXPECT_THAT(answers, ElementsAre("read", "not read: read failed", "not read: read failed"));
  EXPECT_THAT(read_codes, ElementsAre(ErrorCode::closed, ErrorCode::closed));
  EXPECT_THAT(failures, ElementsAre("read failed"));
  expect_unavailable();
}

TEST_F(JournalThreadEnd, GoesOnWhenAReadFailsForAnotherReason) {
  make({.read = 1, .read_code = ErrorCode::not_found});
  judge.open();
  ASSERT_TRUE(thread->read(0, {}, note_read()));
  ASSERT_TRUE(thread->read(0, {}, note_read()));
  thread->start();
  thread->stop();
  EXPECT_THAT(answers, ElementsAre("not read: read failed", "read"));
  EXPECT_THAT(read_codes, ElementsAre(ErrorCode::not_found));
  EXPECT_TRUE(failures.empty());
}

TEST_F(JournalThreadEnd, EndsWhenHousekeepingFails) {
  make({.idle = 1});
  thread->start();
  failed.get_future().wait();
  expect_unavailable();
  thread->stop();
  EXPECT_THAT(failures, ElementsAre("checkpoint failed"));
}

TEST_F(JournalThreadEnd, KeepsHouseOnceEachTimeItsQueueRanEmpty) {
  make({});
  judge.open();
  thread->start();
  seen.idle.acquire();
  for (const char* identifier : {"A", "B"}) {
    ASSERT_TRUE(thread->submit(alert("hino", identifier), note()));
    seen.idle.acquire();
  }
  thread->stop();
  EXPECT_EQ(seen.idles, 3);
  EXPECT_EQ(answers.size(), 2u);
}

TEST_F(JournalThreadEnd, KeepsHouseAgainForAsLongAsThereIsMoreToDo) {
  make({.idles_wanted = 4});
  judge.open();
  thread->start();
  for (int i = 0; i < 5; ++i) seen.idle.acquire();
  ASSERT_TRUE(thread->submit(alert("hino", "A"), note()));
  seen.idle.acquire();
  thread->stop();
  EXPECT_EQ(seen.idles, 6);
  EXPECT_EQ(answers.size(), 1u);
}

}  // namespace
}  // namespace noroshi::journal
