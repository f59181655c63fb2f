// The short cut of a start: taken where it fits the log, and dropped wherever it does not.
#include "hub/journal/digest.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "hub/journal/journal.hpp"
#include "tests/unit/hub/journal/recording_judge.hpp"

namespace noroshi::journal {
namespace {

constexpr Sequence entries = 65;

std::string slurp(const std::filesystem::path& file) {
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

void spill(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

void edit(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* connection = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &connection), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(connection);
}

SqliteOptions from_digest() {
  SqliteOptions options;
  options.start = Start::from_digest;
  options.digest_entries = 10;
  return options;
}

class DigestTest : public testing::Test {
 protected:
  DigestTest() { make(directory_.file(), test_epoch); }

  // Alerts, refusals and acknowledgements up to `entries`.
  static void make(const std::filesystem::path& file, std::uint64_t epoch) {
    ASSERT_TRUE(create_sqlite(file, epoch, "live", test_clock));
    RecordingJudge judge;
    auto journal = open_sqlite(file, judge, test_clock, from_digest());
    ASSERT_TRUE(journal) << why(journal);
    append_up_to(**journal, entries);
  }

  static void append_up_to(Journal& journal, Sequence last) {
    for (auto next = journal.head().sequence + 1; next <= last; ++next) {
      Proposal proposal = alert(next % 5 == 0 ? "suspended" : "hino", std::to_string(next));
      if (next % 3 == 0) {
        proposal = {};
        auto& range = *proposal.body.mutable_acks_recorded()->add_ranges();
        range.set_subscriber("s" + std::to_string(next % 2));
        range.set_through(next - 1);
      }
      ASSERT_TRUE(journal.append(std::vector{proposal}));
      ASSERT_TRUE(journal.idle());
    }
  }

  [[nodiscard]] std::filesystem::path digest() const {
    return directory_.file().string() + ".digest";
  }

  struct Started {
    std::size_t applied = 0;  // fewer than `entries` when the short cut was taken
    Sequence head = 0;
    std::map<std::string, Sequence> acknowledged;
  };
  // Every alert must be known again, whatever way the start took.
  Started start() {
    RecordingJudge judge;
    auto journal = open_sqlite(directory_.file(), judge, test_clock, from_digest());
    EXPECT_TRUE(journal) << why(journal);
    if (!journal) return {};
    Started started{judge.applied.size(), (*journal)->head().sequence, {}};
    for (const std::string& bytes : judge.applied) {
      v1::Entry entry;
      EXPECT_TRUE(entry.ParseFromString(bytes));
      for (const auto& range : entry.body().acks_recorded().ranges())
        started.acknowledged[range.subscriber()] = range.through();
    }
    for (Sequence sequence = 2; sequence <= entries; ++sequence) {
      if (sequence % 3 == 0 || sequence % 5 == 0) continue;
      const auto outcomes =
          (*journal)->append(std::vector{alert("hino", std::to_string(sequence))});
      EXPECT_TRUE(outcomes) << why(outcomes);
      if (!outcomes) return started;
      const auto* known = std::get_if<Known>(&outcomes->front());
      EXPECT_TRUE(known != nullptr && known->stored->sequence == sequence) << sequence;
    }
    EXPECT_EQ((started.acknowledged), (std::map<std::string, Sequence>{{"s0", 59}, {"s1", 62}}));
    return started;
  }

  ScratchDirectory directory_;
};

TEST_F(DigestTest, StandsForTheEntriesItCovers) {
  const auto started = start();
  EXPECT_EQ(started.head, entries);
  EXPECT_LT(started.applied, entries);
}

TEST_F(DigestTest, IsNotNeeded) {
  std::filesystem::remove(digest());
  EXPECT_EQ(start().applied, entries);
  EXPECT_LT(start().applied, entries) << "and is there again";
}

TEST_F(DigestTest, WithoutItAStartTellsHowFarItIs) {
  std::filesystem::remove(digest());
  std::vector<std::pair<Sequence, Sequence>> told;
  auto options = from_digest();
  options.progress_entries = 25;
  options.progress = [&](Sequence read, Sequence all) { told.emplace_back(read, all); };
  RecordingJudge judge;
  ASSERT_TRUE(open_sqlite(directory_.file(), judge, test_clock, options));
  EXPECT_EQ(told, (std::vector<std::pair<Sequence, Sequence>>{{25, entries}, {50, entries}}));
}

TEST_F(DigestTest, IsLeftAloneByAStartFromEveryEntry) {
  const auto before = slurp(digest());
  RecordingJudge judge;
  auto journal = open_sqlite(directory_.file(), judge, test_clock);
  ASSERT_TRUE(journal) << why(journal);
  EXPECT_EQ(judge.applied.size(), entries);
  EXPECT_TRUE(slurp(digest()) == before);
}

// The process may end at any byte of a write.
TEST_F(DigestTest, CutShortAnywhereCountsAsFarAsItIsWhole) {
  const auto whole = slurp(digest());
  std::size_t least = entries;
  for (std::size_t size = 0; size < whole.size(); size += 41) {
    spill(digest(), whole.substr(0, size));
    least = std::min(least, start().applied);
    EXPECT_TRUE(slurp(digest()) == whole) << "made whole again after " << size;
    if (HasFailure()) return;
  }
  EXPECT_LT(least, entries);
}

TEST_F(DigestTest, WithAFlippedBitAnywhereIsNotBelieved) {
  const auto whole = slurp(digest());
  const auto full = start().applied;
  for (std::size_t at = 0; at < whole.size(); at += 37) {
    auto spoilt = whole;
    spoilt[at] = static_cast<char>(spoilt[at] ^ (1 << (at % 8)));
    spill(digest(), spoilt);
    EXPECT_GT(start().applied, full) << at;
    if (HasFailure()) return;
  }
}

TEST_F(DigestTest, OfAnotherLogIsNotBelieved) {
  const ScratchDirectory other;
  make(other.file(), test_epoch + 1);
  spill(digest(), slurp(other.file().string() + ".digest"));
  EXPECT_EQ(start().applied, entries);
}

TEST_F(DigestTest, OfAnotherVersionIsNotBelieved) {
  constexpr auto own = static_cast<char>(Reduction::version);
  for (const char version : {'\x00', static_cast<char>(own - 1), static_cast<char>(own + 1)}) {
    auto bytes = slurp(digest());
    bytes[8] = version;
    spill(digest(), bytes);
    EXPECT_EQ(start().applied, entries);
  }
}

TEST_F(DigestTest, ThatIsNoneAtAllIsNotBelieved) {
  for (const auto& bytes : {std::string(1000, 'x'), std::string(100'000, '\0')}) {
    spill(digest(), bytes);
    EXPECT_EQ(start().applied, entries);
  }
}

TEST_F(DigestTest, AheadOfTheLogIsNotBelieved) {
  const auto copy = directory_.path() / "copy.db";
  std::filesystem::copy_file(directory_.file(), copy);
  {
    RecordingJudge judge;
    auto journal = open_sqlite(directory_.file(), judge, test_clock, from_digest());
    ASSERT_TRUE(journal) << why(journal);
    append_up_to(**journal, 3 * entries);
  }
  std::filesystem::rename(copy, directory_.file());  // an older copy was put back
  EXPECT_EQ(start().head, entries);
}

TEST_F(DigestTest, OfALogThatWentAnotherWayIsNotBelieved) {
  const ScratchDirectory other;
  ASSERT_TRUE(create_sqlite(other.file(), test_epoch, "live", test_clock));
  {
    RecordingJudge judge;
    auto journal = open_sqlite(other.file(), judge, test_clock);
    for (Sequence sequence = 2; sequence <= entries; ++sequence)
      ASSERT_TRUE((*journal)->append(std::vector{alert("tama", std::to_string(sequence))}));
  }
  std::filesystem::copy_file(digest(), other.file().string() + ".digest");
  RecordingJudge judge;
  auto journal = open_sqlite(other.file(), judge, test_clock, from_digest());
  ASSERT_TRUE(journal) << why(journal);
  EXPECT_EQ(judge.applied.size(), entries);
}

TEST_F(DigestTest, ThatCannotBeWrittenStopsNothing) {
  std::filesystem::remove(digest());
  std::filesystem::create_directory(digest());
  EXPECT_EQ(start().applied, entries);
  EXPECT_EQ(start().applied, entries);
}

// What the start did not read is read when there is time, before the process is done with it.
TEST_F(DigestTest, HidesNoDamageForLong) {
  edit(directory_.file(),
       "UPDATE entries SET bytes = CAST(replace(bytes, 'hino', 'hina') AS BLOB) "
       "WHERE sequence = 7");
  RecordingJudge judge;
  auto journal = open_sqlite(directory_.file(), judge, test_clock, from_digest());
  ASSERT_TRUE(journal) << why(journal);
  auto rest = (*journal)->idle();
  for (Sequence turns = 0; rest && *rest == Journal::Rest::wanted && turns < entries; ++turns)
    rest = (*journal)->idle();
  ASSERT_FALSE(rest);
  EXPECT_EQ(rest.error().code, ErrorCode::io);
  EXPECT_NE(why(rest).find("entry 7 does not match its leaf hash"), std::string::npos);
}

TEST_F(DigestTest, IsCheckedToItsEndAndNoFurther) {
  RecordingJudge judge;
  auto journal = open_sqlite(directory_.file(), judge, test_clock, from_digest());
  ASSERT_TRUE(journal) << why(journal);
  Sequence turns = 0;
  while (turns < entries && (*journal)->idle() == Journal::Rest::wanted) ++turns;
  EXPECT_LT(turns, entries);
  EXPECT_EQ((*journal)->idle(), Journal::Rest::done);
}

}  // namespace
}  // namespace noroshi::journal
