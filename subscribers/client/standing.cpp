#include "subscribers/client/standing.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "subscribers/client/reading.hpp"

namespace noroshi::subscribers {

namespace pb = noroshi::v1;

namespace {

constexpr std::array<std::pair<State, std::string_view>, 8> names{
    {{State::stands, "stands"},
     {State::unlifted, "unlifted"},
     {State::superseded, "superseded"},
     {State::cancelled, "cancelled"},
     {State::lifted, "lifted"},
     {State::expired, "expired"},
     {State::said, "said"},
     {State::forgotten, "forgotten"}}};

// No part of it may hold a NUL: they come out of XML.
std::string name_of(std::string_view publisher, std::string_view sender,
                    std::string_view identifier) {
  return std::string(publisher) + '\0' + std::string(sender) + '\0' + std::string(identifier);
}

std::string name_of(const Held& held) {
  return name_of(held.publisher, held.sender, held.identifier);
}

std::string document_of(const Held& held) { return held.publisher + '\0' + held.document; }

State state_of(pb::Passed::Reason reason) {
  if (reason == pb::Passed::EXPIRED) return State::expired;
  return reason == pb::Passed::CANCELLED ? State::cancelled : State::superseded;
}

std::uint32_t rank(const Held& held) { return std::min(held.level, 5U); }

}  // namespace

std::string_view name(State state) {
  return std::find_if(names.begin(), names.end(),
                      [&](const auto& each) { return each.first == state; })
      ->second;
}

std::optional<State> state_named(std::string_view name) {
  for (const auto& [state, word] : names)
    if (word == name) return state;
  return std::nullopt;
}

std::vector<Held> Standing::take(const Item& item, std::int64_t now_ms) {
  if (const auto* delivery = std::get_if<pb::Delivery>(&item.content))
    return deliver(item, *delivery, now_ms);
  // Handed on before its turn came again.
  const auto& passed = std::get<pb::Passed>(item.content);
  std::vector<Held> changes;
  const auto found = by_position_.find(item.position);
  if (found == by_position_.end() || !held_.at(found->second).held.in_force()) return changes;
  if (passed.reason() == pb::Passed::EXPIRED) return changes;  // by its own time, or by a lift
  std::optional<Position> by;
  if (passed.by() != 0) by = Position{item.position.epoch, passed.by()};
  become(Name(found->second), state_of(passed.reason()), by, now_ms, changes);
  return changes;
}

std::vector<Held> Standing::deliver(const Item& item, const pb::Delivery& delivery,
                                    std::int64_t now_ms) {
  std::vector<Held> changes;
  auto [next, ends, references] = read(item, delivery);
  const auto name = name_of(next);
  const auto known = held_.find(name);
  // Known from another log, or come again: the same alert has one state.
  if (known != held_.end() && known->second.held.sha256 == next.sha256) {
    auto& positions = known->second.held.positions;
    if (std::find(positions.begin(), positions.end(), item.position) == positions.end() &&
        positions.size() < positions_max) {
      positions.push_back(item.position);
      by_position_[item.position] = name;
    }
    return changes;
  }
  next.changed_ms = now_ms;
  // Somebody who spoke later has ended it already; or it comes after a later revision.
  if (known != held_.end() && known->second.held.positions.empty()) {
    next.state = known->second.held.state;
    next.by = known->second.held.by;
  }
  std::set<Name> named;
  for (const auto& reference : references)
    named.insert(name_of(next.publisher, reference.sender, reference.identifier));
  for (const auto sequence : delivery.summary().referenced_sequences())
    if (const auto found = by_position_.find({item.position.epoch, sequence});
        found != by_position_.end())
      named.insert(found->second);
  named.erase(name);
  end_earlier(next, named, ends, changes);
  if (!next.document.empty() && next.in_force())
    for (const auto& other : by_document_[document_of(next)])
      if (const auto& later = held_.at(other).held; later.revision > next.revision) {
        next.state = State::superseded;
        next.by = later.positions.empty() ? std::nullopt : std::optional(later.positions.front());
      }
  if (next.state == State::stands && next.until_ms && *next.until_ms <= now_ms)
    next.state = next.until_lifted ? State::unlifted : State::expired;
  changes.push_back(hold(name, std::move(next)));
  make_room(now_ms, changes);
  return changes;
}

// `named` become `state`, and so do the earlier revisions of the same document. What is named and
// was never handed on is remembered, so that it does not stand when it comes late.
void Standing::end_earlier(const Held& next, const std::set<Name>& named, State state,
                           std::vector<Held>& changes) {
  const auto by = next.positions.front();
  for (const auto& name : named) {
    if (held_.find(name) != held_.end()) {
      become(name, state, by, next.changed_ms, changes);
      continue;
    }
    Held unseen;
    const auto sender = name.find('\0') + 1;
    const auto identifier = name.find('\0', sender) + 1;
    unseen.publisher = next.publisher;
    unseen.sender = name.substr(sender, identifier - 1 - sender);
    unseen.identifier = name.substr(identifier);
    unseen.state = state;
    unseen.by = by;
    unseen.changed_ms = next.changed_ms;
    hold(name, std::move(unseen));
  }
  if (next.document.empty()) return;
  const auto revisions = by_document_[document_of(next)];
  for (const auto& name : revisions)
    if (held_.at(name).held.revision < next.revision)
      become(name, state, by, next.changed_ms, changes);
}

std::vector<Held> Standing::pass_time(std::int64_t now_ms) {
  std::vector<Held> changes;
  const auto standing = standing_;
  for (const auto& [order, name] : standing) {
    const auto& held = held_.at(name).held;
    if (held.state != State::stands || !held.until_ms || *held.until_ms > now_ms) continue;
    become(name, held.until_lifted ? State::unlifted : State::expired, std::nullopt, now_ms,
           changes);
  }
  return changes;
}

void Standing::become(const Name& name, State state, std::optional<Position> by,
                      std::int64_t now_ms, std::vector<Held>& changes) {
  auto held = held_.at(name).held;
  if (!held.in_force() || held.state == state) return;
  held.state = state;
  held.by = by;
  held.changed_ms = now_ms;
  changes.push_back(hold(name, std::move(held)));
}

Held& Standing::hold(const Name& name, Held held) {
  if (const auto old = held_.find(name); old != held_.end()) {
    ended_.erase(old->second.changed);
    standing_.erase(old->second.changed);
    for (const auto& position : old->second.held.positions) by_position_.erase(position);
    if (const auto document = by_document_.find(document_of(old->second.held));
        document != by_document_.end()) {
      document->second.erase(name);
      if (document->second.empty()) by_document_.erase(document);
    }
  }
  auto& place = held_[name];
  place = {std::move(held), ++changes_};
  for (const auto& position : place.held.positions) by_position_[position] = name;
  if (!place.held.document.empty()) by_document_[document_of(place.held)].insert(name);
  (place.held.in_force() ? standing_ : ended_)[place.changed] = name;
  return place.held;
}

void Standing::make_room(std::int64_t now_ms, std::vector<Held>& changes) {
  while (standing_.size() > standing_max) {
    auto oldest = std::find_if(standing_.begin(), standing_.end(), [&](const auto& each) {
      return !held_.at(each.second).held.until_lifted;
    });
    if (oldest == standing_.end()) oldest = standing_.begin();
    become(Name(oldest->second), State::forgotten, std::nullopt, now_ms, changes);
  }
  while (ended_.size() > ended_max) {
    const auto name = ended_.begin()->second;
    auto& held = held_.at(name).held;
    for (const auto& position : held.positions) by_position_.erase(position);
    if (const auto document = by_document_.find(document_of(held));
        document != by_document_.end()) {
      document->second.erase(name);
      if (document->second.empty()) by_document_.erase(document);
    }
    ended_.erase(ended_.begin());
    held_.erase(name);
  }
}

bool Standing::knows_from_elsewhere(const Item& item) const {
  const auto* delivery = std::get_if<pb::Delivery>(&item.content);
  if (delivery == nullptr) return false;
  const auto& summary = delivery->summary();
  const auto found =
      held_.find(name_of(delivery->publisher(), summary.sender(), summary.identifier()));
  if (found == held_.end()) return false;
  const auto& held = found->second.held;
  const bool elsewhere =
      !held.positions.empty() && held.positions.front().epoch != item.position.epoch;
  return elsewhere && held.sha256 == read(item, *delivery).held.sha256;
}

std::vector<Held> Standing::in_force() const {
  std::vector<Held> all;
  for (const auto& [order, name] : standing_) all.push_back(held_.at(name).held);
  std::stable_sort(all.begin(), all.end(), [](const Held& a, const Held& b) {
    return std::pair(rank(a), a.accepted_ms) > std::pair(rank(b), b.accepted_ms);
  });
  return all;
}

std::vector<Held> Standing::all() const {
  std::vector<std::pair<std::uint64_t, const Held*>> places;
  for (const auto& [name, place] : held_) places.emplace_back(place.changed, &place.held);
  std::sort(places.begin(), places.end());
  std::vector<Held> everything;
  for (const auto& [changed, held] : places) everything.push_back(*held);
  return everything;
}

void Standing::add(Held held) {
  const auto name = name_of(held);
  hold(name, std::move(held));
}

}  // namespace noroshi::subscribers
