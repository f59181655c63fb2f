// A journal file at rest that was changed: a bit, a page, its length, another file in its place.
// Nothing wrong is ever served: it is found at open or at the read, or made no difference.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/faults/powercut/sim_journal.hpp"

namespace noroshi::faults {
namespace {

constexpr std::size_t page_bytes = 4096;

enum class Fate { harmless, at_open, when_served };

class BitRot : public testing::Test {
 protected:
  // About 200 entries, folded into the file; the write-ahead log is gone.
  void fill(int groups) {
    for (int group = 0; group < groups; ++group) ASSERT_TRUE(log.append(random));
  }
  void SetUp() override {
    ASSERT_TRUE(log.open()) << log.why_not();
    fill(30);
    log.close();
    older = log.disk.bytes_of(log.file());
    ASSERT_TRUE(log.open()) << log.why_not();
    fill(30);
    log.close();
    good = log.disk.bytes_of(log.file());
    ASSERT_EQ(log.disk.bytes_of(log.file() + "-wal"), "");
  }

  // What becomes of `bytes` in place of the journal. Fails the test when something wrong is served.
  Fate fate_of(const std::string& bytes, const std::string& what) {
    log.disk.forget(log.file() + "-wal");
    log.disk.put(log.file(), bytes);
    if (!log.open()) return Fate::at_open;
    const std::string wrong = log.judged();
    log.close();
    if (wrong.empty()) return Fate::harmless;
    EXPECT_TRUE(wrong.starts_with("read: ")) << what << ": " << wrong;
    return Fate::when_served;
  }

  void count(Fate fate) { ++fates[static_cast<std::size_t>(fate)]; }
  void print(const char* what) const {
    std::printf("figure: %s: %zu found at open, %zu when served, %zu without effect\n", what,
                fates[1], fates[2], fates[0]);
  }

  Random random{seed_of_run()};
  SimJournal log;
  std::string older;
  std::string good;
  std::size_t fates[3] = {};
};

TEST_F(BitRot, OfOneBitServesNothingWrong) {
  for (std::size_t flips = rounds(10'000); flips > 0 && !HasFailure(); --flips) {
    std::string bytes = good;
    const std::size_t bit = random() % (8 * bytes.size());
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
    count(fate_of(bytes, fmt::format("bit {}", bit)));
  }
  print("bits");
}

TEST_F(BitRot, OfAPageServesNothingWrong) {
  for (std::size_t at = 0; at < good.size() && !HasFailure(); at += page_bytes) {
    const std::size_t other = random() % (good.size() / page_bytes) * page_bytes;
    const std::pair<std::size_t, std::string> losses[] = {
        {page_bytes, std::string(page_bytes, '\0')},
        {page_bytes, good.substr(other, page_bytes)},
        {512 * (1 + random() % 7), std::string(page_bytes, '\xff')},
        {page_bytes,
         at < older.size() ? older.substr(at, page_bytes) : std::string(page_bytes, '\0')}};
    for (const auto& [torn, with] : losses) {
      std::string bytes = good;
      bytes.replace(at, torn, with, 0, torn);
      count(fate_of(bytes, fmt::format("page {} from {}", at / page_bytes, other / page_bytes)));
    }
  }
  print("pages");
}

TEST_F(BitRot, OfTheLengthServesNothingWrong) {
  for (std::size_t cuts = rounds(1000); cuts > 0 && !HasFailure(); --cuts) {
    const std::size_t length = random() % good.size();
    count(fate_of(good.substr(0, length), fmt::format("length {}", length)));
  }
  print("lengths");
}

TEST_F(BitRot, OfAnotherFileIsFoundOut) {
  for (const std::string& bytes :
       {std::string(), std::string(good.size(), '\0'), std::string(good.rbegin(), good.rend())})
    EXPECT_EQ(fate_of(bytes, "another file"), Fate::at_open);
}

// SQLite ends the log at the first frame that does not add up: by the file alone that is an older
// log, and nothing worse.
TEST_F(BitRot, OfTheWriteAheadLogIsAtMostAnOlderLog) {
  const std::string log_file = log.file() + "-wal";
  ASSERT_TRUE(log.open()) << log.why_not();
  fill(10);
  log.disk.power_off();
  log.close();
  log.disk.power_on(nullptr);
  const std::string ahead = log.disk.bytes_of(log_file);
  ASSERT_NE(ahead, "");
  ASSERT_TRUE(log.open()) << log.why_not();
  ASSERT_EQ(log.judged(), "") << "with nothing flipped";
  log.disk.power_off();
  log.close();
  log.disk.power_on(nullptr);
  std::size_t older_logs = 0;
  for (std::size_t flips = rounds(1000); flips > 0; --flips) {
    std::string bytes = ahead;
    const std::size_t bit = random() % (8 * bytes.size());
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
    log.disk.forget(log_file);
    log.disk.put(log.file(), good);
    log.disk.put(log_file, bytes);
    if (!log.open()) continue;
    const std::string wrong = log.judged();
    log.close();
    if (wrong.ends_with(" there")) ++older_logs;
    ASSERT_TRUE(wrong.empty() || wrong.ends_with(" there")) << "bit " << bit << ": " << wrong;
  }
  std::printf("figure: %zu older logs\n", older_logs);
}

// The same way of judging sees what the file by itself does not: that it is an older one.
TEST_F(BitRot, PositiveControlOfAnOlderFileIsSeenByTheJudge) {
  log.disk.put(log.file(), older);
  ASSERT_TRUE(log.open()) << log.why_not();
  EXPECT_NE(log.judged(), "");
}

}  // namespace
}  // namespace noroshi::faults
