// Power cuts at every kind of moment: in commits, folds, recovery, opening and closing.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/faults/powercut/sim_journal.hpp"

namespace noroshi::faults {
namespace {

constexpr std::size_t entries_a_log = 60;  // so that a life stays short

journal::SqliteOptions options_by(Random& random, journal::Durability durability) {
  journal::SqliteOptions options;
  options.durability = durability;
  options.checkpoint_idle_bytes = random() % 2 == 0 ? 8192 : 16u << 20;
  options.checkpoint_bytes_max = random() % 2 == 0 ? 32768 : 256u << 20;
  return options;
}

// Runs until the disk stops, or the journal ends in good order. What is wrong, or nothing.
std::string live(SimJournal& log, Random& random, journal::Durability durability) {
  if (!log.open(options_by(random, durability)))
    return log.disk.powered() ? log.why_not() : std::string();
  auto wrong = log.judged();
  if (!wrong.empty()) return log.disk.powered() ? wrong : std::string();
  for (auto groups = random() % 8; groups > 0; --groups) {
    if (!log.append(random) || (random() % 3 == 0 && !log.rest()))
      return log.disk.powered() ? "failed without a fault" : std::string();
  }
  return {};
}

struct Cuts {
  std::size_t made = 0;
  std::size_t entries = 0;
  std::string wrong;
};

Cuts cut_until_wrong(SimJournal& log, std::size_t cuts_max, std::uint64_t seed,
                     journal::Durability durability) {
  Random random(seed);
  Cuts cuts;
  while (cuts.made < cuts_max && cuts.wrong.empty()) {
    auto left = random() % 130;
    log.disk.before = [&](Operation operation) {
      const bool changes = operation == Operation::write || operation == Operation::sync ||
                           operation == Operation::truncate || operation == Operation::remove;
      if (!changes || left-- > 0) return SQLITE_OK;
      log.disk.power_off();
      return SQLITE_IOERR;
    };
    cuts.wrong = live(log, random, durability);
    if (random() % 2 == 0) log.disk.power_off();
    log.close();
    log.disk.power_off();
    log.disk.before = nullptr;
    log.disk.power_on(&random);
    ++cuts.made;
    if (log.acknowledged() < entries_a_log) continue;
    cuts.entries += log.acknowledged();
    if (cuts.wrong.empty() && (!log.open() || !(cuts.wrong = log.judged()).empty()))
      cuts.wrong = "at the end: " + cuts.wrong + log.why_not();
    log.begin_again();
  }
  return cuts;
}

TEST(PowerCut, LosesNothingThatWasAcknowledged) {
  SimJournal log;
  const auto cuts = cut_until_wrong(log, rounds(50'000), seed_of_run(), journal::Durability::full);
  EXPECT_EQ(cuts.wrong, "") << "at cut " << cuts.made;
  std::printf("figure: %zu cuts, %zu acknowledged entries judged\n", cuts.made, cuts.entries);
}

TEST(PowerCut, PositiveControlWithoutSyncsOfTheJournalIsCaught) {
  SimJournal log;
  const auto cuts =
      cut_until_wrong(log, 2000, seed_of_run(), journal::Durability::none_for_positive_control);
  EXPECT_NE(cuts.wrong, "");
}

TEST(PowerCut, PositiveControlOfADiskThatIgnoresSyncsIsCaught) {
  SimJournal log;
  log.disk.ignores_sync = true;
  EXPECT_NE(cut_until_wrong(log, 2000, seed_of_run(), journal::Durability::full).wrong, "");
}

}  // namespace
}  // namespace noroshi::faults
