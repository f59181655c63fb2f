// Storage or memory that refuses its Nth call, once or from then on: refused or durable, never a
// false acknowledgement, and right again after the next start, with or without a power cut.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/faults/powercut/sim_journal.hpp"

namespace noroshi::faults {
namespace {

enum class Lasting { once, from_then_on };

struct Fault {
  std::size_t at;  // counted from 0
  int code;
  Lasting lasting;
  bool failed_sync_forgets;
};

// Some groups with a fold between them, and the end. What is wrong, or nothing.
std::string live(SimJournal& log, Random& random) {
  journal::SqliteOptions options;
  options.checkpoint_idle_bytes = 8192;
  if (!log.open(options)) return {};
  for (int group = 0; group < 5; ++group) {
    if (log.append(random) && log.rest()) continue;
    // Fail-stop: a failed sync is never retried.
    return log.append(random) || log.journal().read(0, {}) ? "went on after a failure" : "";
  }
  return {};
}

// Whether the life is long enough for `fault` to come to pass.
bool live_with(SimJournal& log, const Fault& fault, Random& random, std::string& wrong) {
  std::size_t calls = 0;
  log.disk.failed_sync_forgets = fault.failed_sync_forgets;
  log.disk.before = [&](Operation) {
    const std::size_t call = calls++;
    const bool hit = fault.lasting == Lasting::once ? call == fault.at : call >= fault.at;
    return hit ? fault.code : SQLITE_OK;
  };
  wrong = live(log, random);
  log.close();
  log.disk.before = nullptr;
  return calls > fault.at;
}

// SQLite's memory, of which the Nth piece is refused.
struct Allocations {
  sqlite3_mem_methods real{};
  std::size_t calls = 0;
  std::size_t at = 0;
  Lasting lasting = Lasting::once;
  bool counted = false;

  bool refuses() {
    if (!counted) return false;
    const std::size_t call = calls++;
    return lasting == Lasting::once ? call == at : call >= at;
  }
} allocations;

void* take(int bytes) { return allocations.refuses() ? nullptr : allocations.real.xMalloc(bytes); }

void* take_more(void* piece, int bytes) {
  return allocations.refuses() ? nullptr : allocations.real.xRealloc(piece, bytes);
}

// While it lives, SQLite asks `allocations`.
class CountedMemory {
 public:
  CountedMemory() {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &allocations.real);
    sqlite3_mem_methods counted = allocations.real;
    counted.xMalloc = take;
    counted.xRealloc = take_more;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &counted);
    sqlite3_initialize();
  }
  ~CountedMemory() {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_MALLOC, &allocations.real);
    sqlite3_initialize();
  }
  CountedMemory(const CountedMemory&) = delete;
  CountedMemory& operator=(const CountedMemory&) = delete;
};

bool live_without_memory(SimJournal& log, const Fault& fault, Random& random, std::string& wrong) {
  allocations.calls = 0;
  allocations.at = fault.at;
  allocations.lasting = fault.lasting;
  allocations.counted = true;
  wrong = live(log, random);
  log.close();
  allocations.counted = false;
  return allocations.calls > fault.at;
}

std::string started_right(SimJournal& log) {
  if (!log.open()) return "does not open: " + log.why_not();
  return log.judged();
}

// The next start serves and takes what it can; then the power goes, with all that was not synced.
std::string right_afterwards(SimJournal& log, Random& random) {
  if (auto wrong = started_right(log); !wrong.empty()) return wrong;
  if (!log.append(random)) return "takes nothing new";
  log.disk.power_off();
  log.close();
  log.disk.power_on(nullptr);
  if (auto wrong = started_right(log); !wrong.empty()) return "after a cut: " + wrong;
  if (!log.append(random)) return "takes nothing new after a cut";
  log.close();
  return {};
}

// Every N until the whole life has no Nth call.
void fail_at_every_call(Fault fault, decltype(&live_with) life = live_with) {
  const auto seed = seed_of_run();
  SimJournal log;
  for (bool hit = true; hit; ++fault.at) {
    log.begin_again();
    Random random(seed);
    // The log has seen a crash: there is something to recover.
    ASSERT_TRUE(log.open() && log.append(random) && log.append(random)) << log.why_not();
    log.disk.power_off();
    log.close();
    log.disk.power_on(nullptr);
    std::string wrong;
    hit = life(log, fault, random, wrong);
    if (wrong.empty()) wrong = right_afterwards(log, random);
    ASSERT_EQ(wrong, "") << "call " << fault.at;
  }
  std::printf("figure: %zu calls failed\n", fault.at);
  EXPECT_GT(fault.at, 100u);
}

TEST(FailedCall, OnceIsRefusedOrDurable) {
  fail_at_every_call({0, SQLITE_IOERR, Lasting::once, false});
}

TEST(FailedCall, OnceIsRefusedOrDurableWhereAFailedSyncForgets) {
  fail_at_every_call({0, SQLITE_IOERR, Lasting::once, true});
}

TEST(FailedCall, FromThenOnIsRefusedOrDurable) {
  fail_at_every_call({0, SQLITE_IOERR, Lasting::from_then_on, true});
}

TEST(DiskFull, OnceIsRefusedOrDurable) {
  fail_at_every_call({0, SQLITE_FULL, Lasting::once, false});
}

TEST(DiskFull, FromThenOnIsRefusedOrDurable) {
  fail_at_every_call({0, SQLITE_FULL, Lasting::from_then_on, false});
}

TEST(NoMemory, OnceIsRefusedOrDurable) {
  const CountedMemory memory;
  fail_at_every_call({0, SQLITE_NOMEM, Lasting::once, false}, live_without_memory);
}

TEST(NoMemory, FromThenOnIsRefusedOrDurable) {
  const CountedMemory memory;
  fail_at_every_call({0, SQLITE_NOMEM, Lasting::from_then_on, false}, live_without_memory);
}

// The same way of judging sees an entry that was acknowledged over syncs that did not happen.
TEST(FailedCall, PositiveControlOfADiskThatIgnoresSyncsIsCaught) {
  SimJournal log;
  log.disk.ignores_sync = true;
  Random random(seed_of_run());
  ASSERT_TRUE(log.open() && log.append(random));
  EXPECT_NE(right_afterwards(log, random), "");
}

}  // namespace
}  // namespace noroshi::faults
