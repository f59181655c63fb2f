#include "tests/faults/powercut/sim_journal.hpp"

#include <fmt/core.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include "proto/merkle/frontier.hpp"

namespace noroshi::faults {

SimJournal::SimJournal() {
  const auto file = directory_.file();
  const auto created =
      journal::create_sqlite(file, journal::test_epoch, "live", journal::test_clock);
  if (!created) std::abort();
  std::ifstream stream(file, std::ios::binary);
  fresh_.assign(std::istreambuf_iterator<char>(stream), {});
  vfs_.emplace(disk);
  begin_again();
}

void SimJournal::begin_again() {
  close();
  disk.before = nullptr;
  disk.forget(file() + "-wal");
  disk.put(file(), fresh_);
  known_.clear();
  acknowledged_ = 0;
}

bool SimJournal::open(journal::SqliteOptions options) {
  judge_ = std::make_unique<journal::RecordingJudge>();
  auto opened =
      journal::open_sqlite(directory_.file(), *judge_, journal::test_clock, std::move(options));
  if (!opened) why_not_ = opened.error().detail;
  if (opened) journal_ = *std::move(opened);
  return opened.has_value();
}

bool SimJournal::append(Random& random) {
  std::vector<journal::Proposal> group(1 + random() % 5);
  for (auto& proposal : group) {
    const auto content = std::make_shared<const std::string>(
        random() % 8 == 0 ? 9000 : random() % 700, static_cast<char>('a' + alerts_ % 26));
    proposal = journal::alert(random() % 4 == 0 ? "suspended" : "hino", std::to_string(++alerts_),
                              content);
  }
  const auto outcomes = journal_->append(group);
  known_ = judge_->applied;
  if (!outcomes) return false;
  acknowledged_ = known_.size();
  return true;
}

bool SimJournal::rest() { return journal_->idle().has_value(); }

std::string SimJournal::judged() {
  const auto head = journal_->head().sequence;
  if (known_.empty()) known_ = judge_->applied;
  if (head < acknowledged_) return fmt::format("{} acknowledged, {} there", acknowledged_, head);
  if (head != acknowledged_ && head != known_.size())
    return fmt::format("half a group: {} acknowledged, {} tried, {} there", acknowledged_,
                       known_.size(), head);
  known_.resize(head);
  if (judge_->applied != known_) return "the judge was told something else";
  if (auto wrong = entries_wrong(); !wrong.empty()) return wrong;
  acknowledged_ = head;
  return tree_wrong();
}

std::string SimJournal::entries_wrong() {
  for (journal::Sequence after = 0; after < known_.size();) {
    const auto page = journal_->read(after, {});
    if (!page) return "read: " + page.error().detail;
    for (const auto& stored : *page) {
      if (stored->sequence != after + 1 || stored->bytes != known_[after])
        return fmt::format("entry {} is another", after + 1);
      const bool has_content = stored->entry.body().has_alert_accepted();
      if (has_content != (stored->content != nullptr))
        return fmt::format("the content of entry {} is gone", after + 1);
      ++after;
    }
  }
  return {};
}

std::string SimJournal::tree_wrong() {
  merkle::Frontier frontier;
  std::string wrong;
  for (const auto& bytes : known_) {
    frontier.add(journal::leaf_hash(bytes), [&](const merkle::Node& node) {
      const auto lies = journal_->node(node.level, node.index);
      if (!lies)
        wrong = "read: " + lies.error().detail;
      else if (*lies != node.hash)
        wrong = fmt::format("node {} of level {} is another", node.index, node.level);
    });
  }
  const auto tree = journal_->tree();
  if (tree.size != known_.size() || tree.root != frontier.root()) wrong = "the root is another";
  return wrong;
}

std::uint64_t seed_of_run() {
  const char* given = std::getenv("NOROSHI_SEED");
  const std::uint64_t seed = given ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  std::printf("NOROSHI_SEED=%llu\n", static_cast<unsigned long long>(seed));
  return seed;
}

std::size_t rounds(std::size_t count) {
#ifdef NOROSHI_SANITIZED
  count /= 10;
#endif
  return std::getenv("NOROSHI_LONG") ? 20 * count : count;
}

}  // namespace noroshi::faults
