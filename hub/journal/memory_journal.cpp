#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "hub/journal/group.hpp"
#include "hub/journal/journal.hpp"
#include "proto/merkle/frontier.hpp"

namespace noroshi::journal {
namespace {

std::size_t size_of(const Stored& stored) {
  return stored.bytes.size() + (stored.content ? stored.content->size() : 0);
}

class MemoryJournal final : public Journal {
 public:
  MemoryJournal(std::uint64_t epoch, const std::string& environment, Judge& judge, WallClock clock)
      : judge_(judge), clock_(std::move(clock)), epoch_(epoch), environment_(environment) {
    add(opening(epoch, environment, clock_()));
    judge_.apply(entries_.back()->entry);
  }

  Result<std::vector<Outcome>> append(std::span<const Proposal> group) override {
    if (broken_) return tl::unexpected(*broken_);
    auto decided = decide(group, entries_.size(), judge_, clock_, [this](Sequence sequence) {
      return Result<StoredPtr>(entries_[sequence - 1]);
    });
    if (!decided) return broken(decided.error());
    for (const Leaf& leaf : decided->leaves) {
      if (leaf.key && !keys_.insert(*leaf.key).second)
        return broken({ErrorCode::io, fmt::format("entry {}: its alert was accepted before",
                                                  leaf.stored->sequence)});
    }
    for (const Leaf& leaf : decided->leaves) add(leaf);
    return std::move(decided->outcomes);
  }

  Result<std::vector<StoredPtr>> read(Sequence after, ReadBounds bounds) override {
    if (broken_) return tl::unexpected(*broken_);
    std::vector<StoredPtr> page;
    const std::size_t entries_max = std::max<std::size_t>(bounds.entries_max, 1);
    std::size_t bytes = 0;
    for (std::size_t i = after; i < entries_.size() && page.size() < entries_max; ++i) {
      bytes += size_of(*entries_[i]);
      if (!page.empty() && bytes > bounds.bytes_max) break;
      page.push_back(entries_[i]);
    }
    return page;
  }

  [[nodiscard]] Head head() const override { return {entries_.size(), epoch_, environment_}; }

  [[nodiscard]] TreeHead tree() const override { return {tree_.size(), tree_.root()}; }

  Result<Hash> node(unsigned level, std::uint64_t index) override {
    const auto found = nodes_.find({level, index});
    if (found == nodes_.end()) return broken({ErrorCode::io, "no such node"});
    return found->second;
  }

 private:
  void add(const Leaf& leaf) {
    entries_.push_back(leaf.stored);
    tree_.add(leaf.hash, [this](const merkle::Node& node) {
      nodes_[{node.level, node.index}] = node.hash;
    });
  }

  tl::unexpected<Error> broken(Error error) {
    broken_ = std::move(error);
    return tl::unexpected(*broken_);
  }

  Judge& judge_;
  const WallClock clock_;
  const std::uint64_t epoch_;
  const std::string environment_;
  std::vector<StoredPtr> entries_;
  merkle::Frontier tree_;
  std::map<std::pair<unsigned, std::uint64_t>, Hash> nodes_;
  std::set<AlertKey> keys_;
  std::optional<Error> broken_;
};

}  // namespace

std::unique_ptr<Journal> open_memory(std::uint64_t epoch, const std::string& environment,
                                     Judge& judge, WallClock clock) {
  return std::make_unique<MemoryJournal>(epoch, environment, judge, std::move(clock));
}

}  // namespace noroshi::journal
