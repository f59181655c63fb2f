// The tree in the file of a journal: made again where it is missing, believed nowhere.
#include "hub/journal/sqlite_tree.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "hub/journal/journal.hpp"
#include "tests/unit/hub/journal/recording_judge.hpp"

namespace noroshi::journal {
namespace {

constexpr Sequence entries = 21;

void edit(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* connection = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &connection), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sql;
  sqlite3_close(connection);
}

class TreeOfAFile : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(create_sqlite(file_, test_epoch, "live", test_clock));
    auto journal = open();
    ASSERT_TRUE(journal) << why(journal);
    append(**journal, entries);
    tree_ = (*journal)->tree();
  }

  Result<std::unique_ptr<Journal>> open(Start start = Start::from_every_entry) {
    SqliteOptions options;
    options.start = start;
    options.digest_entries = 10;
    return open_sqlite(file_, judge_, test_clock, options);
  }

  static void append(Journal& journal, Sequence last) {
    for (auto next = journal.head().sequence + 1; next <= last; ++next)
      ASSERT_TRUE(journal.append(std::vector{alert("hino", std::to_string(next))}));
  }

  static Result<void> idle_until_done(Journal& journal) {
    for (int turn = 0; turn < 100; ++turn) {
      const auto rest = journal.idle();
      if (!rest) return tl::unexpected(rest.error());
      if (*rest == Journal::Rest::done) return {};
    }
    return failure(ErrorCode::io, "it never rests");
  }

  const ScratchDirectory directory_;
  const std::filesystem::path file_ = directory_.file();
  RecordingJudge judge_;
  TreeHead tree_;
};

TEST_F(TreeOfAFile, IsTheSameAfterAStart) {
  const auto journal = open();
  ASSERT_TRUE(journal) << why(journal);
  EXPECT_EQ((*journal)->tree().size, entries);
  EXPECT_EQ((*journal)->tree().root, tree_.root);
}

// As an older program leaves it, which knows of no nodes.
TEST_F(TreeOfAFile, IsGivenTheNodesItMisses) {
  for (const std::string sql :
       {"DROP TABLE nodes", "DELETE FROM nodes",
        // Those of entries 15 and later: none over pairs behind leaf 14, and nothing above them.
        "DELETE FROM nodes WHERE ((place & 0xffffffff) + 1) << (place >> 48) > 14"}) {
    edit(file_, sql);
    const auto journal = open();
    ASSERT_TRUE(journal) << sql << ": " << why(journal);
    EXPECT_EQ((*journal)->tree().size, entries);
    EXPECT_EQ((*journal)->tree().root, tree_.root) << sql;
  }
}

TEST_F(TreeOfAFile, SeesThatEntriesAtTheEndAreMissing) {
  edit(file_, "DELETE FROM entries WHERE sequence > 18");
  const auto journal = open();
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().code, ErrorCode::io);
  EXPECT_NE(journal.error().detail.find("entries at the end are missing"), std::string::npos)
      << why(journal);
}

// One that stands for no entry read at this start is found when the journal rests.
TEST_F(TreeOfAFile, IsComparedWithItsEntries) {
  for (const auto start : {Start::from_every_entry, Start::from_digest})
    for (const std::string place : {"1 << 48", "(1 << 48) + 9", "3 << 48", "4 << 48"}) {
      auto journal = open(start);
      ASSERT_TRUE(journal) << why(journal);
      ASSERT_TRUE(idle_until_done(**journal));
      journal->reset();
      edit(file_, "UPDATE nodes SET hash = zeroblob(32) WHERE place = " + place);
      journal = open(start);
      if (start == Start::from_digest && journal) {
        const auto rested = idle_until_done(**journal);
        ASSERT_FALSE(rested) << place;
        EXPECT_NE(rested.error().detail.find("does not match its entries"), std::string::npos);
        journal->reset();
      } else {
        ASSERT_FALSE(journal) << place;
        EXPECT_NE(journal.error().detail.find("does not match its entries"), std::string::npos)
            << why(journal);
      }
      edit(file_, "DELETE FROM nodes");
    }
}

TEST_F(TreeOfAFile, ANodeThatIsNotThereIsTheEnd) {
  auto journal = open();
  ASSERT_TRUE(journal) << why(journal);
  EXPECT_EQ((*journal)->node(1, 10).error().code, ErrorCode::io);
  EXPECT_FALSE((*journal)->read(0, {}));
}

}  // namespace
}  // namespace noroshi::journal
