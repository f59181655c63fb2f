#include "hub/api/known_ladder.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <set>
#include <utility>

#include "hub/api/ladder_json.hpp"

namespace noroshi::api {
namespace {

using journal::Sequence;

bool refers_to(const KnownLadder& ladder, Sequence sequence) {
  const auto& referenced = ladder.alert.summary().referenced_sequences();
  return std::find(referenced.begin(), referenced.end(), sequence) != referenced.end();
}

}  // namespace

void mark_related(KnownLadders& ladders) {
  for (auto later = ladders.rbegin(); later != ladders.rend(); ++later)
    for (const auto sequence : later->second.alert.summary().referenced_sequences())
      if (const auto earlier = ladders.find(sequence);
          earlier != ladders.end() && later->second.marked)
        earlier->second.marked = true;
  for (auto& [sequence, later] : ladders)
    for (const auto& [before, earlier] : ladders)
      if (earlier.marked && refers_to(later, before)) later.marked = true;
}

void mark(KnownLadders& ladders, Sequence after, Sequence through) {
  for (auto known = ladders.upper_bound(after); known != ladders.end() && known->first <= through;
       ++known)
    known->second.marked = true;
}

void mark_due(KnownLadders& ladders, std::int64_t now_ms) {
  for (auto& [sequence, known] : ladders) {
    if (!known.due_ms || *known.due_ms > now_ms) continue;
    known.due_ms.reset();
    known.marked = true;
  }
}

std::vector<std::string> changed_rows(KnownLadder& known, const view::Ladder& ladder,
                                      const std::vector<delivery::SubscriberState>& states,
                                      const LadderDeadlines& deadlines) {
  std::set<std::string> connected;
  for (const auto& state : states) connected.insert(state.subscriber);
  std::vector<std::string> changed;
  for (const auto& rung : ladder.rungs) {
    auto row = boost::json::serialize(row_json(rung, connected, deadlines));
    auto& last = known.rows[rung.subscriber];
    if (last == row) continue;
    last = std::move(row);
    changed.push_back(rung.subscriber);
  }
  return changed;
}

}  // namespace noroshi::api
