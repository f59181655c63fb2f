#include "hub/journal/sqlite_database.hpp"

#include <gtest/gtest.h>

#include "tests/unit/hub/journal/recording_judge.hpp"

namespace noroshi::journal {
namespace {

class SqliteDatabase : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(create_sqlite(file, test_epoch, "live", test_clock)); }

  ScratchDirectory directory;
  const std::filesystem::path file = directory.file();
};

TEST_F(SqliteDatabase, KeepsTheSettingsThatMakeACommitDurable) {
  auto database = Database::open(file);
  ASSERT_TRUE(database) << why(database);
  const auto durable = database->make_durable(Durability::full);
  ASSERT_TRUE(durable) << why(durable);
  const std::pair<const char*, const char*> expected[] = {
      {"locking_mode", "exclusive"}, {"journal_mode", "wal"},
      {"synchronous", "2"},          {"mmap_size", "0"},
      {"cell_size_check", "1"},      {"trusted_schema", "0"},
      {"wal_autocheckpoint", "0"}};
  for (const auto& [name, value] : expected)
    EXPECT_EQ(database->ask(std::string("PRAGMA ") + name).value_or("failed"), value) << name;
}

TEST_F(SqliteDatabase, SyncsNothingForThePositiveControl) {
  auto database = Database::open(file);
  ASSERT_TRUE(database) << why(database);
  ASSERT_TRUE(database->make_durable(Durability::none_for_positive_control));
  EXPECT_EQ(database->ask("PRAGMA synchronous").value_or("failed"), "0");
}

// A database in memory keeps its own journal mode and says nothing about it.
TEST(SqliteSettings, AreReadBackAndRefusedWhenTheyDidNotTake) {
  auto database = Database::open(":memory:");
  ASSERT_TRUE(database) << why(database);
  const auto durable = database->make_durable(Durability::full);
  ASSERT_FALSE(durable);
  EXPECT_EQ(durable.error().code, ErrorCode::configuration);
  EXPECT_NE(durable.error().detail.find("keeps journal_mode at 'memory' instead of 'wal'"),
            std::string::npos)
      << why(durable);
}

TEST_F(SqliteDatabase, ReportsWhatCannotBeBound) {
  auto database = Database::open(file);
  ASSERT_TRUE(database) << why(database);
  auto statement = database->prepare("SELECT ?1");
  ASSERT_TRUE(statement) << why(statement);
  statement->bind(2, 7);
  EXPECT_FALSE(statement->step());
  statement->reset();
  statement->bind(1, 7);
  ASSERT_TRUE(statement->step());
  EXPECT_EQ(statement->number(0), 7u);
}

}  // namespace
}  // namespace noroshi::journal
