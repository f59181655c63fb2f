// When the disk is asked to keep what it has, and what follows when it will not.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "hub/journal/journal.hpp"
#include "tests/unit/hub/journal/recording_judge.hpp"

namespace {

// Every sync of this process, SQLite's too, passes here. Tests that use it run on one thread.
struct Syncs {
  bool watched = false;
  bool broken = false;
  std::vector<std::string> names;
};
Syncs syncs;

int sync(long call, int descriptor) {
  if (syncs.watched) {
    std::error_code none;
    const std::filesystem::path link = "/proc/self/fd/" + std::to_string(descriptor);
    syncs.names.push_back(std::filesystem::read_symlink(link, none).filename());
    if (syncs.broken) {
      errno = EIO;
      return -1;
    }
  }
  return static_cast<int>(::syscall(call, descriptor));
}

}  // namespace

extern "C" int fsync(int descriptor) { return sync(SYS_fsync, descriptor); }
extern "C" int fdatasync(int descriptor) { return sync(SYS_fdatasync, descriptor); }

namespace noroshi::journal {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class SqliteSync : public testing::Test {
 protected:
  void TearDown() override { syncs = {}; }

  std::unique_ptr<Journal> open(SqliteOptions options = {}) {
    EXPECT_TRUE(create_sqlite(file, test_epoch, "live", test_clock));
    auto journal = open_sqlite(file, judge, test_clock, options);
    EXPECT_TRUE(journal) << why(journal);
    // The first commit begins the log, which takes a sync of its own.
    EXPECT_TRUE((*journal)->append(std::vector{alert("hino", "first")}));
    return *std::move(journal);
  }

  ScratchDirectory directory;
  const std::filesystem::path file = directory.file();
  const std::string directory_name = directory.path().filename();
  RecordingJudge judge;
};

TEST_F(SqliteSync, KeepsANewFileAndThenItsName) {
  syncs.watched = true;
  ASSERT_TRUE(create_sqlite(file, test_epoch, "live", test_clock));
  ASSERT_GE(syncs.names.size(), 2u);
  EXPECT_EQ(syncs.names[syncs.names.size() - 2], "journal.db.new");
  EXPECT_EQ(syncs.names.back(), directory_name);
}

TEST_F(SqliteSync, KeepsTheNameOfTheLogBeforeTheFirstCommit) {
  ASSERT_TRUE(create_sqlite(file, test_epoch, "live", test_clock));
  syncs.watched = true;
  const auto journal = open_sqlite(file, judge, test_clock);
  ASSERT_TRUE(journal) << why(journal);
  EXPECT_THAT(syncs.names, Contains(directory_name));
}

TEST_F(SqliteSync, HappensOnceForAGroup) {
  auto journal = open();
  syncs.watched = true;
  ASSERT_TRUE(journal->append(std::vector{alert("hino", "A"), alert("tama", "B")}));
  EXPECT_THAT(syncs.names, ElementsAre("journal.db-wal"));
  ASSERT_TRUE(journal->append(std::vector{alert("hino", "A"), alert("silent", "C")}));
  EXPECT_EQ(syncs.names.size(), 1u) << "synced although nothing was written";
}

TEST_F(SqliteSync, HappensBeforeTheFileIsChangedAndBeforeTheLogIsUsedAgain) {
  auto journal = open({.checkpoint_idle_bytes = 0});
  syncs.watched = true;
  ASSERT_TRUE(journal->idle());
  EXPECT_THAT(syncs.names, ElementsAre("journal.db-wal", "journal.db"));
}

TEST_F(SqliteSync, DoesNotHappenInThePositiveControl) {
  auto journal = open({.durability = Durability::none_for_positive_control});
  syncs.watched = true;
  ASSERT_TRUE(journal->append(std::vector{alert("hino", "A")}));
  EXPECT_THAT(syncs.names, IsEmpty());
}

TEST_F(SqliteSync, IsNeverTriedAgainAfterItFailed) {
  auto journal = open();
  syncs.watched = true;
  syncs.broken = true;
  const auto broken = journal->append(std::vector{alert("hino", "A")});
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, ErrorCode::io);
  EXPECT_THAT(syncs.names, ElementsAre("journal.db-wal"));

  syncs.broken = false;
  EXPECT_FALSE(journal->append(std::vector{alert("hino", "B")}));
  EXPECT_FALSE(journal->read(0, {}));
  EXPECT_FALSE(journal->idle());
  journal.reset();
  EXPECT_EQ(syncs.names.size(), 1u) << "synced after a sync had failed";
}

TEST_F(SqliteSync, FailingInACheckpointIsTheEndToo) {
  auto journal = open({.checkpoint_idle_bytes = 0});
  syncs.watched = true;
  syncs.broken = true;
  EXPECT_FALSE(journal->idle());
  syncs.broken = false;
  const auto later = journal->append(std::vector{alert("hino", "B")});
  ASSERT_FALSE(later);
  EXPECT_EQ(later.error().code, ErrorCode::io);
}

TEST_F(SqliteSync, FailingWhileAJournalIsCreatedLeavesNone) {
  syncs.watched = true;
  syncs.broken = true;
  const auto created = create_sqlite(file, test_epoch, "live", test_clock);
  ASSERT_FALSE(created);
  EXPECT_EQ(created.error().code, ErrorCode::io);
  EXPECT_FALSE(std::filesystem::exists(file));
}

}  // namespace
}  // namespace noroshi::journal
