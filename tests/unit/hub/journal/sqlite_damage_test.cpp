// What a journal must not serve: files of others, and its own when they were changed behind it.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>
#include <sstream>

#include "hub/journal/journal.hpp"
#include "tests/unit/hub/journal/recording_judge.hpp"

namespace noroshi::journal {
namespace {

std::string slurp(const std::filesystem::path& file) {
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

// Changes the file the way only another program could.
void edit(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* connection = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &connection), SQLITE_OK);
  char* message = nullptr;
  EXPECT_EQ(sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK)
      << message;
  sqlite3_free(message);
  sqlite3_close(connection);
}

std::filesystem::path make_journal(const ScratchDirectory& directory) {
  std::filesystem::path file = directory.file();
  EXPECT_TRUE(create_sqlite(file, test_epoch, "live", test_clock));
  RecordingJudge judge;
  auto journal = open_sqlite(file, judge, test_clock);
  EXPECT_TRUE(journal) << why(journal);
  EXPECT_TRUE(
      (*journal)->append(std::vector{alert("hino", "A"), alert("tama", "B"), alert("hino", "C")}));
  return file;
}

struct Case {
  std::string name;
  std::string sql;
  std::string told;
};

std::string name_of(const testing::TestParamInfo<Case>& info) { return info.param.name; }

class ForeignFile : public testing::TestWithParam<Case> {};

TEST_P(ForeignFile, IsRefusedAndLeftAsItIs) {
  const ScratchDirectory directory;
  const std::filesystem::path file = make_journal(directory);
  edit(file, GetParam().sql);
  const std::string before = slurp(file);
  RecordingJudge judge;
  const auto journal = open_sqlite(file, judge, test_clock);
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().code, ErrorCode::configuration) << why(journal);
  EXPECT_NE(journal.error().detail.find(GetParam().told), std::string::npos) << why(journal);
  EXPECT_TRUE(slurp(file) == before);
  EXPECT_TRUE(judge.calls.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Marks, ForeignFile,
    testing::Values(
        Case{"OfAnotherApplication", "PRAGMA application_id = 7", "application_id is 7"},
        Case{"OfTheNextVersion", "PRAGMA user_version = 2", "user_version is 2"},
        Case{"OfNoVersion", "PRAGMA user_version = 0", "user_version is 0"},
        Case{"OfOtherPages", "PRAGMA journal_mode = DELETE; PRAGMA page_size = 8192; VACUUM",
             "page_size is 8192"},
        Case{"OutsideWalMode", "PRAGMA journal_mode = DELETE; PRAGMA application_id = 7",
             "application_id is 7"}),
    name_of);

TEST(ForeignFile, IsRefusedWhenItIsNoDatabase) {
  for (const std::string& bytes : {std::string(), std::string(9000, 'x'), std::string("short")}) {
    const ScratchDirectory directory;
    std::ofstream(directory.file(), std::ios::binary) << bytes;
    RecordingJudge judge;
    const auto journal = open_sqlite(directory.file(), judge, test_clock);
    ASSERT_FALSE(journal);
    EXPECT_EQ(journal.error().code, ErrorCode::configuration) << why(journal);
    EXPECT_TRUE(slurp(directory.file()) == bytes);
  }
}

// What a newer version has written may lie in its log alone.
TEST(ForeignFile, IsLeftWithTheLogBesideIt) {
  const ScratchDirectory directory;
  const std::filesystem::path file = make_journal(directory);
  const std::filesystem::path log = file.string() + "-wal";
  sqlite3* newer = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &newer), SQLITE_OK);
  sqlite3_db_config(newer, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  EXPECT_EQ(sqlite3_exec(newer, "PRAGMA user_version = 2", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(newer);
  const std::string before = slurp(file);
  const std::string log_before = slurp(log);
  ASSERT_FALSE(log_before.empty());
  RecordingJudge judge;
  const auto journal = open_sqlite(file, judge, test_clock);
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().code, ErrorCode::configuration) << why(journal);
  EXPECT_TRUE(slurp(file) == before);
  EXPECT_TRUE(slurp(log) == log_before);
}

class DamagedLog : public testing::TestWithParam<Case> {};

TEST_P(DamagedLog, IsNotOpened) {
  const ScratchDirectory directory;
  const std::filesystem::path file = make_journal(directory);
  edit(file, GetParam().sql);
  RecordingJudge judge;
  const auto journal = open_sqlite(file, judge, test_clock);
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().code, ErrorCode::io) << why(journal);
  EXPECT_NE(journal.error().detail.find(GetParam().told), std::string::npos) << why(journal);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, DamagedLog,
    testing::Values(
        Case{"WithAChangedByteOfAnEntry",
             "UPDATE entries SET bytes = CAST(replace(bytes, 'tama', 'tana') AS BLOB) "
             "WHERE sequence = 3",
             "entry 3 does not match its leaf hash"},
        Case{"WithAChangedByteOfALeafHash",
             "UPDATE entries SET leaf_hash = CAST(substr(leaf_hash, 1, 31) || "
             "(CASE substr(leaf_hash, 32) WHEN x'00' THEN x'01' ELSE x'00' END) AS BLOB) "
             "WHERE sequence = 3",
             "entry 3 does not match its leaf hash"},
        Case{"WithAnEmptyEntry", "UPDATE entries SET bytes = x'' WHERE sequence = 3",
             "entry 3 does not match its leaf hash"},
        Case{"WithAnEntryMissing", "DELETE FROM entries WHERE sequence = 3", "entry 3 is missing"},
        Case{"WithTheFirstEntryMissing", "DELETE FROM entries WHERE sequence = 1",
             "entry 1 is missing"},
        Case{"WithoutEntries", "DELETE FROM entries", "entry 1 is missing"},
        Case{"WithAnEntryInThePlaceOfAnother",
             "UPDATE entries SET (bytes, leaf_hash) = "
             "(SELECT bytes, leaf_hash FROM entries WHERE sequence = 4) WHERE sequence = 2",
             "entry 4 lies in the place of entry 2"},
        Case{"WithoutItsTable", "DROP TABLE entries", "entries"}),
    name_of);

class DamagedContent : public testing::TestWithParam<Case> {};

TEST_P(DamagedContent, IsNotServedAndNothingIsAfterIt) {
  const ScratchDirectory directory;
  const std::filesystem::path file = make_journal(directory);
  edit(file, GetParam().sql);
  RecordingJudge judge;
  auto journal = open_sqlite(file, judge, test_clock);
  ASSERT_TRUE(journal) << why(journal);
  const auto untouched = (*journal)->read(1, {1, 1u << 20});
  ASSERT_TRUE(untouched) << why(untouched);
  EXPECT_EQ(*untouched->front()->content, "<alert/>A");

  const auto page = (*journal)->read(1, {});
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code, ErrorCode::io);
  EXPECT_NE(page.error().detail.find(GetParam().told), std::string::npos) << why(page);
  EXPECT_FALSE((*journal)->read(1, {1, 1u << 20}));
  EXPECT_FALSE((*journal)->append(std::vector{alert("hino", "D")}));
}

const std::string of_entry_3 = "(SELECT content_hash FROM entries WHERE sequence = 3)";

INSTANTIATE_TEST_SUITE_P(
    Rows, DamagedContent,
    testing::Values(
        Case{"WithAChangedByte",
             "UPDATE contents SET bytes = CAST('<alert/>b' AS BLOB) WHERE hash = " + of_entry_3,
             "entry 3 does not match its hash"},
        Case{"WithABytesLess", "UPDATE contents SET bytes = x'' WHERE hash = " + of_entry_3,
             "entry 3 does not match its hash"},
        Case{"ThatIsNothing", "UPDATE contents SET bytes = NULL WHERE hash = " + of_entry_3,
             "entry 3 is missing"},
        Case{"WithTheMarkOfAnother",
             "UPDATE contents SET bytes = CAST('archived:' || (SELECT content_hash FROM entries "
             "WHERE sequence = 2) AS BLOB) WHERE hash = " +
                 of_entry_3,
             "entry 3 does not match its hash"},
        Case{"ThatIsMissing", "DELETE FROM contents WHERE hash = " + of_entry_3,
             "entry 3 is missing"},
        Case{"OfAnotherEntry",
             "UPDATE entries SET content_hash = (SELECT content_hash FROM entries "
             "WHERE sequence = 2) WHERE sequence = 3",
             "entry 3 is not the one it names"},
        Case{"WithoutItsHash", "UPDATE entries SET content_hash = NULL WHERE sequence = 3",
             "entry 3 is not the one it names"}),
    name_of);

// In SQLite || makes text of its operands, byte by byte.
const std::string archive = "UPDATE contents SET bytes = CAST('archived:' || hash AS BLOB)";

TEST(ArchivedContent, IsReadAsAnEntryWithoutContent) {
  const ScratchDirectory directory;
  const std::filesystem::path file = make_journal(directory);
  edit(file, archive + " WHERE hash = " + of_entry_3);
  RecordingJudge judge;
  auto journal = open_sqlite(file, judge, test_clock);
  ASSERT_TRUE(journal) << why(journal);
  const auto page = (*journal)->read(1, {});
  ASSERT_TRUE(page) << why(page);
  EXPECT_NE(page->at(0)->content, nullptr);
  EXPECT_EQ(page->at(1)->content, nullptr);
  EXPECT_TRUE(page->at(1)->entry.body().has_alert_accepted());
}

TEST(ArchivedContent, IsThereAgainOnceItIsAcceptedAgain) {
  const ScratchDirectory directory;
  const std::filesystem::path file = make_journal(directory);
  edit(file, archive);
  RecordingJudge judge;
  auto journal = open_sqlite(file, judge, test_clock);
  ASSERT_TRUE(journal) << why(journal);
  const auto content = std::make_shared<const std::string>("<alert/>B");
  ASSERT_TRUE((*journal)->append(std::vector{alert("hino", "D", content)}));
  const auto page = (*journal)->read(1, {});
  ASSERT_TRUE(page) << why(page);
  EXPECT_EQ(page->at(0)->content, nullptr);
  ASSERT_NE(page->at(1)->content, nullptr);
  ASSERT_NE(page->at(3)->content, nullptr);
  EXPECT_EQ(*page->at(1)->content, "<alert/>B");
  EXPECT_EQ(*page->at(3)->content, "<alert/>B");
}

// Flips one bit in every 37th byte of the file.
TEST(DamagedFile, NeverServesAnEntryOtherThanItWas) {
  const ScratchDirectory directory;
  const std::filesystem::path file = make_journal(directory);
  const std::string good = slurp(file);
  std::vector<std::string> entries;
  {
    RecordingJudge judge;
    auto journal = open_sqlite(file, judge, test_clock);
    ASSERT_TRUE(journal) << why(journal);
    entries = judge.applied;
  }
  std::size_t refused = 0;
  for (std::size_t at = 0; at < good.size(); at += 37) {
    std::string spoilt = good;
    spoilt[at] = static_cast<char>(spoilt[at] ^ (1 << (at % 8)));
    std::filesystem::remove(file.string() + "-wal");
    std::ofstream(file, std::ios::binary | std::ios::trunc) << spoilt;
    RecordingJudge judge;
    auto journal = open_sqlite(file, judge, test_clock);
    auto page = journal ? (*journal)->read(0, {}) : tl::unexpected(journal.error());
    if (!page) {
      ++refused;
      continue;
    }
    // An entry more or less at the end is for the tree head to see.
    for (std::size_t i = 0; i < page->size(); ++i) {
      EXPECT_EQ(page->at(i)->bytes, entries.at(i)) << "bit flipped at " << at;
      if (i > 0) {
        EXPECT_NE(page->at(i)->content, nullptr) << "bit flipped at " << at;
      }
    }
  }
  EXPECT_GT(refused, 0u);
}

}  // namespace
}  // namespace noroshi::journal
