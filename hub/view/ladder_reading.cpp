#include "hub/view/ladder_reading.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace noroshi::view {
namespace {

constexpr std::size_t looked_at_max = 64;

// What took the alert's place, and what took that one's, and so on; the oldest first. A cancel
// names every revision, and what came between is looked at all the same.
std::vector<Sequence> successors(ViewDatabase& database, const Listed& alert) {
  std::set<Sequence> all;
  std::set<Sequence> open;
  const auto look_behind = [&open](const Listed& listed) {
    if (listed.superseded_by) open.insert(*listed.superseded_by);
    if (listed.cancelled_by) open.insert(*listed.cancelled_by);
  };
  look_behind(alert);
  while (!open.empty() && all.size() < looked_at_max) {
    const auto next = open.extract(open.begin()).value();
    if (!all.insert(next).second) continue;
    if (const auto found = database.alert(next)) look_behind(*found);
  }
  return {all.begin(), all.end()};
}

// What the alert refers to, and what that refers to, and so on; the newest first.
std::vector<Sequence> predecessors(ViewDatabase& database, const drills::Channel& channel,
                                   const Listed& alert) {
  std::vector<Sequence> all;
  std::vector<Listed> open{alert};
  std::set<Sequence> seen;
  while (!open.empty() && all.size() < looked_at_max) {
    const auto next = open.back();
    open.pop_back();
    for (const auto referenced : next.alert.summary().referenced_sequences()) {
      if (referenced >= alert.sequence || !seen.insert(referenced).second) continue;
      auto found = database.alert(referenced);
      if (!found || !channel.carries(found->alert)) continue;
      all.push_back(referenced);
      open.push_back(std::move(*found));
    }
  }
  std::sort(all.rbegin(), all.rend());
  return all;
}

std::vector<Medium> media_of(const Reports& reports, const std::vector<Reports>& successors,
                             const std::string& subscriber) {
  const auto* reported = reports.of(subscriber);
  if (reported == nullptr) return {};
  auto media = *reported;
  for (const auto& successor : successors)
    if (const auto* shown = successor.of(subscriber)) replace_by(media, *shown);
  return media;
}

void note_earlier(Rung& rung, const std::vector<Medium>& media) {
  for (const auto& medium : media) {
    if (medium.shown_ms == 0) continue;
    if (medium.state == Medium::State::shown)
      rung.earlier = Rung::Earlier::shown;
    else if (rung.earlier == Rung::Earlier::never_shown)
      rung.earlier = Rung::Earlier::withdrawn;
  }
}

// Completes the rungs, each with its acknowledgement already in it.
void add_reports(Ladder& ladder, ViewDatabase& database, const drills::Channel& channel,
                 const Cursors& cursors) {
  const auto reports = database.reports(channel, ladder.alert.sequence);
  std::vector<Reports> later;
  const auto after = successors(database, ladder.alert);
  for (const auto sequence : after) later.push_back(database.reports(channel, sequence));
  for (auto& rung : ladder.rungs) {
    rung.media = media_of(reports, later, rung.subscriber);
    const auto cursor = cursors.find(drills::qualified(channel.drill(), rung.subscriber));
    const bool has_successor =
        !after.empty() && cursor != cursors.end() && cursor->second >= after.front();
    rung.state = state_of(rung.stored, rung.media, has_successor);
  }
  ladder.refers_to = predecessors(database, channel, ladder.alert);
  if (ladder.refers_to.empty()) return;
  later.push_back(reports);
  for (const auto sequence : ladder.refers_to) {
    auto earlier = database.reports(channel, sequence);
    for (auto& rung : ladder.rungs) note_earlier(rung, media_of(earlier, later, rung.subscriber));
    later.push_back(std::move(earlier));
  }
}

}  // namespace

Result<Ladder> read_ladder(ViewDatabase& database, const registry::Registry& registry,
                           const Cursors& cursors, const drills::Channel& channel,
                           Sequence sequence) {
  auto alert = database.alert(sequence);
  if (!alert || !channel.carries(alert->alert))
    return failure(ErrorCode::not_found, std::to_string(sequence));
  Ladder ladder{std::move(*alert), {}, {}};
  for (const auto& [id, subscriber] : registry.subscribers()) {
    if (!registry.addressed(subscriber, ladder.alert.alert, sequence)) continue;
    ladder.rungs.push_back(Rung{id, subscriber.name});
  }
  std::vector<Rung*> acknowledged;
  for (auto& rung : ladder.rungs) {
    const auto cursor = cursors.find(drills::qualified(channel.drill(), rung.subscriber));
    if (cursor != cursors.end() && cursor->second >= sequence) acknowledged.push_back(&rung);
  }
  database.fill_in(channel, sequence, acknowledged);
  add_reports(ladder, database, channel, cursors);
  return ladder;
}

void follow(Cursors& cursors, const v1::Entry& entry) {
  for (const auto& range : entry.body().acks_recorded().ranges()) {
    const auto channel = drills::Channel::of(range);
    auto& cursor = cursors[drills::qualified(channel.drill(), range.subscriber())];
    cursor = std::max<Sequence>(cursor, range.through());
  }
}

}  // namespace noroshi::view
