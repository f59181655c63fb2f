// The life of a journal in a file: made, opened, opened again, left behind by a crash.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <sstream>

#include "hub/journal/journal.hpp"
#include "tests/unit/hub/journal/child_process.hpp"
#include "tests/unit/hub/journal/recording_judge.hpp"

namespace noroshi::journal {
namespace {

using testing::ElementsAre;

std::string slurp(const std::filesystem::path& file) {
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

std::vector<std::string> names_in(const std::filesystem::path& directory) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(directory))
    names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

class SqliteJournal : public testing::Test {
 protected:
  Result<void> create() { return create_sqlite(file, test_epoch, "live", test_clock); }

  Result<std::unique_ptr<Journal>> open(Judge& asked, SqliteOptions options = {}) {
    return open_sqlite(file, asked, test_clock, options);
  }

  std::unique_ptr<Journal> opened(Judge& asked, SqliteOptions options = {}) {
    auto journal = open(asked, options);
    EXPECT_TRUE(journal) << why(journal);
    return journal ? *std::move(journal) : nullptr;
  }

  std::filesystem::path log() const { return file.string() + "-wal"; }

  ScratchDirectory directory;
  const std::filesystem::path file = directory.file();
  RecordingJudge judge;
};

TEST_F(SqliteJournal, IsOneFileForItsOwnerAlone) {
  ASSERT_TRUE(create());
  EXPECT_THAT(names_in(directory.path()), ElementsAre("journal.db"));
  EXPECT_EQ(std::filesystem::status(file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(SqliteJournal, IsNeverCreatedOverAFile) {
  ASSERT_TRUE(create());
  const std::string before = slurp(file);
  const auto again = create_sqlite(file, test_epoch + 1, "live", test_clock);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_EQ(slurp(file), before);
  EXPECT_THAT(names_in(directory.path()), ElementsAre("journal.db"));
}

TEST_F(SqliteJournal, IsCreatedAfterAnAttemptThatBrokeOff) {
  std::ofstream(file.string() + ".new") << "half a journal";
  std::ofstream(file.string() + ".new-wal") << "half a log";
  ASSERT_TRUE(create());
  EXPECT_THAT(names_in(directory.path()), ElementsAre("journal.db"));
  EXPECT_EQ(opened(judge)->head().sequence, 1u);
}

TEST_F(SqliteJournal, HasAnEpochThatEveryJsonReaderKeeps) {
  const std::uint64_t largest = (std::uint64_t{1} << 53) - 1;
  for (const std::uint64_t epoch : {std::uint64_t{0}, largest + 1}) {
    const auto created = create_sqlite(file, epoch, "live", test_clock);
    ASSERT_FALSE(created);
    EXPECT_EQ(created.error().code, ErrorCode::invalid);
  }
  ASSERT_TRUE(create_sqlite(file, largest, "live", test_clock));
  EXPECT_EQ(opened(judge)->head().epoch, largest);
}

TEST_F(SqliteJournal, SaysWhenItIsNotThere) {
  const auto journal = open(judge);
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().code, ErrorCode::not_found);
}

TEST_F(SqliteJournal, SaysWhenItCannotBeCreated) {
  const auto created =
      create_sqlite(directory.path() / "absent" / "journal.db", 1, "live", test_clock);
  ASSERT_FALSE(created);
  EXPECT_EQ(created.error().code, ErrorCode::io);
}

TEST_F(SqliteJournal, BringsANewJudgeToWhereTheOldOneWas) {
  ASSERT_TRUE(create());
  {
    auto journal = opened(judge);
    ASSERT_TRUE(journal->append(std::vector{alert("hino", "A"), alert("suspended", "B")}));
    ASSERT_TRUE(journal->append(std::vector{alert("hino", "C")}));
  }
  RecordingJudge next;
  auto journal = opened(next);
  EXPECT_EQ(next.applied, judge.applied);
  EXPECT_THAT(next.calls, ElementsAre("apply 1", "apply 2", "apply 3", "apply 4"));
  EXPECT_EQ(journal->head().sequence, 4u);
  EXPECT_EQ(journal->head().epoch, test_epoch);
  EXPECT_EQ(journal->head().environment, "live");
}

TEST_F(SqliteJournal, AnswersAKnownAlertAfterItWasReopened) {
  ASSERT_TRUE(create());
  std::string first;
  {
    const auto outcomes = opened(judge)->append(std::vector{alert("hino", "A")});
    first = std::get<Committed>(outcomes->front()).stored->bytes;
  }
  RecordingJudge next;
  auto journal = opened(next);
  const auto outcomes = journal->append(std::vector{alert("hino", "A"), alert("hino", "B")});
  ASSERT_TRUE(outcomes) << why(outcomes);
  EXPECT_EQ(std::get<Known>(outcomes->at(0)).stored->bytes, first);
  EXPECT_EQ(std::get<Committed>(outcomes->at(1)).stored->sequence, 3u);
}

TEST_F(SqliteJournal, KeepsOneCopyOfAContent) {
  ASSERT_TRUE(create());
  const auto large = std::make_shared<const std::string>(1u << 20, 'x');
  std::vector<Proposal> group;
  group.reserve(10);
  for (int i = 0; i < 10; ++i) group.push_back(alert("hino", std::to_string(i), large));
  ASSERT_TRUE(opened(judge)->append(group));
  EXPECT_LT(std::filesystem::file_size(file), 2u << 20);
}

TEST_F(SqliteJournal, IsNotOpenedTwiceByOneProcess) {
  ASSERT_TRUE(create());
  auto journal = opened(judge);
  RecordingJudge other;
  const auto second = open(other);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  EXPECT_TRUE(journal->append(std::vector{alert("hino", "A")}));
}

TEST_F(SqliteJournal, IsRefusedToASecondProcessBeforeAndAfterTheFirstWrite) {
  ASSERT_TRUE(create());
  ChildProcess child([this](const auto& pause) {
    RecordingJudge other;
    for (int i = 0; i < 2; ++i) {
      const auto second = open(other);
      if (second || second.error().code != ErrorCode::conflict) return 1;
      if (second.error().detail.find("another process holds the journal") == std::string::npos)
        return 2;
      if (i == 0) pause();
    }
    return 0;
  });
  auto journal = opened(judge);
  child.go_on();
  child.wait_for_pause();
  ASSERT_TRUE(journal->append(std::vector{alert("hino", "A")}));
  child.go_on();
  EXPECT_EQ(child.wait_for_end(), 0);
  EXPECT_TRUE(journal->append(std::vector{alert("hino", "B")}));
}

TEST_F(SqliteJournal, IsFreeAgainOnceItsProcessIsGone) {
  ASSERT_TRUE(create());
  ChildProcess child([this](const auto& pause) {
    auto journal = open(judge);
    if (!journal) return 1;
    // What was acknowledged must be there although nothing is closed.
    if (!(*journal)->append(std::vector{alert("hino", "A"), alert("hino", "B")})) return 2;
    pause();
    ::_exit(0);
  });
  child.go_on();
  child.wait_for_pause();
  const auto held = open(judge);
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().code, ErrorCode::conflict);
  child.go_on();
  ASSERT_EQ(child.wait_for_end(), 0);
  EXPECT_GT(std::filesystem::file_size(log()), 0u);
  EXPECT_EQ(opened(judge)->head().sequence, 3u);
}

TEST_F(SqliteJournal, StartsOnALongLogThatAKillLeftBehind) {
  ASSERT_TRUE(create());
  ChildProcess child([this](const auto&) {
    auto journal = open(judge);
    if (!journal) return 1;
    const auto large = std::make_shared<const std::string>(3u << 20, 'x');
    if (!(*journal)->append(std::vector{alert("hino", "A", large)})) return 2;
    ::_exit(0);
  });
  child.go_on();
  ASSERT_EQ(child.wait_for_end(), 0);
  ASSERT_GT(std::filesystem::file_size(log()), 3u << 20);
  EXPECT_EQ(opened(judge)->head().sequence, 2u);
}

TEST_F(SqliteJournal, FoldsItsLogWhenIdleAndKeepsTheSpace) {
  ASSERT_TRUE(create());
  auto journal = opened(judge, {.checkpoint_idle_bytes = 64u << 10});
  ASSERT_TRUE(journal->append(std::vector{alert("hino", "A")}));
  const auto before = std::filesystem::file_size(file);
  ASSERT_TRUE(journal->idle());
  EXPECT_EQ(std::filesystem::file_size(file), before) << "folded a log that is short";

  const auto large = std::make_shared<const std::string>(1u << 20, 'x');
  ASSERT_TRUE(journal->append(std::vector{alert("hino", "B", large)}));
  const auto log_before = std::filesystem::file_size(log());
  ASSERT_TRUE(journal->idle());
  EXPECT_GT(std::filesystem::file_size(file), 1u << 20);
  ASSERT_TRUE(journal->append(std::vector{alert("hino", "C")}));
  EXPECT_EQ(std::filesystem::file_size(log()), log_before);
  EXPECT_EQ(journal->read(0, {9, 9u << 20})->size(), 4u);
}

TEST_F(SqliteJournal, BoundsItsLogUnderLoad) {
  ASSERT_TRUE(create());
  auto journal = opened(judge, {.checkpoint_bytes_max = 256u << 10});
  for (int i = 0; i < 40; ++i) {
    const auto content = std::make_shared<const std::string>(100'000, static_cast<char>(i));
    ASSERT_TRUE(journal->append(std::vector{alert("hino", std::to_string(i), content)}));
    ASSERT_LT(std::filesystem::file_size(log()), 512u << 10);
  }
  EXPECT_EQ(journal->read(1, {99, 99u << 20})->size(), 40u);
}

TEST_F(SqliteJournal, BreaksForGoodWhenTheDiskTakesNoMoreAndKeepsWhatItAnswered) {
  ASSERT_TRUE(create());
  ChildProcess child([this](const auto&) {
    auto journal = open(judge);
    if (!journal || !(*journal)->append(std::vector{alert("hino", "A")})) return 1;
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{64 << 10, RLIM_INFINITY};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
    const auto large = std::make_shared<const std::string>(1u << 20, 'x');
    const auto broken = (*journal)->append(std::vector{alert("hino", "B", large)});
    if (broken || broken.error().code != ErrorCode::io) return 3;
    const rlimit lifted{RLIM_INFINITY, RLIM_INFINITY};
    if (::setrlimit(RLIMIT_FSIZE, &lifted) != 0) return 4;
    const auto later = (*journal)->append(std::vector{alert("hino", "C")});
    if (later || later.error().code != ErrorCode::io) return 5;
    if ((*journal)->read(0, {}) || (*journal)->idle()) return 6;
    journal->reset();
    return 0;
  });
  child.go_on();
  ASSERT_EQ(child.wait_for_end(), 0);
  auto journal = opened(judge);
  ASSERT_NE(journal, nullptr);
  EXPECT_EQ(journal->head().sequence, 2u);
  EXPECT_TRUE(journal->append(std::vector{alert("hino", "D")}));
}

}  // namespace
}  // namespace noroshi::journal
