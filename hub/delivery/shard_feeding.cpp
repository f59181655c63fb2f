// How each attached subscriber is fed, and how it acknowledges.
#include <algorithm>
#include <chrono>
#include <utility>

#include "hub/delivery/shard.hpp"

namespace noroshi::delivery {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t receivers_a_turn = 256;
// An acknowledgement that settles no delivery is only worth an entry when it saves a long walk.
constexpr Sequence unrecorded_walk_max = 10'000;

}  // namespace

void Shard::feed(const Receiver& receiver) {
  if (auto* member = member_of(receiver)) feed(*member);
}

void Shard::feed(Member& member) {
  while (member.receiver->ready() && member.window.open()) {
    auto* slot = next_alert(member);
    if (slot == nullptr || !offer(member, *slot)) break;
  }
  if (member.probe > 0 && member.position >= member.probe) tell_probe(member);
  member.receiver->flush();
}

// The next alert after the member's position, from the ring or from a range of the journal; null
// at the head, or when a range has to be read first.
Slot* Shard::next_alert(Member& member) {
  auto& ring = member.track->ring;
  while (member.position < ring.base()) {
    member.place.reset();
    const auto next_in_log = folds_.alert_after(member.position, member.track->lane);
    member.position = std::min(next_in_log.value_or(ring.base() + 1) - 1, ring.base());
    if (member.position == ring.base()) break;
    member.lagging = true;
    auto* range = catch_up_.from(member.position);
    if (range == nullptr) return nullptr;
    const auto next =
        std::find_if(range->alerts.begin(), range->alerts.end(), [&](const auto& slot) {
          return slot.sequence() > member.position &&
                 slot.drill == member.principal.channel.drill();
        });
    if (next != range->alerts.end()) return &*next;
    member.position = range->through;
  }
  member.lagging = false;
  if (!member.place) member.place = ring.after(member.position);
  auto* slot = ring.at(*member.place);
  if (slot == nullptr)
    member.position = std::max(member.position, folds_.head());
  else
    ++*member.place;
  return slot;
}

// False when the member has to wait for the alert's form.
bool Shard::offer(Member& member, Slot& slot) {
  const auto sequence = slot.sequence();
  if (!slot.audience) slot.audience = folds_.registry().audience(slot.alert(), sequence);
  if (!slot.audience->includes(*member.subscriber)) {
    member.position = sequence;
    return true;
  }
  if (!member.receiver->permits(slot)) {
    ++gauges_.crossings_refused;
    member.position = sequence;
    return true;
  }
  const auto fate = folds_.fate(slot.alert(), sequence, slot.stored->entry.at_ms(), clock_());
  if (!fate && !member.receiver->prepared(slot)) {
    member.awaited = sequence;
    member.place.reset();  // it stands before the alert still
    return false;
  }
  member.awaited = 0;
  member.position = sequence;
  if (member.window.outstanding() == 0) member.moved = Clock::now();
  if (fate) {
    member.window.sent(sequence, Form::passed);
    member.receiver->pass(sequence, *fate);
    ++gauges_.passed;
  } else {
    member.window.sent(sequence, Form::delivered);
    member.receiver->deliver(slot);
    member.track->ring.recount(slot);
    ++gauges_.deliveries;
  }
  return true;
}

void Shard::keep(Slot* slot, Encoding encoding, const wire::Frame& frame) {
  if (slot == nullptr) return;
  slot->frame(encoding) = frame;
  slot->under_way.reset(static_cast<std::size_t>(encoding));
}

void Shard::encoded(Sequence sequence, Encoding encoding, const wire::Frame& frame) {
  for (const auto& track : tracks_) {
    auto* slot = track->ring.find(sequence);
    keep(slot, encoding, frame);
    if (slot != nullptr) track->ring.recount(*slot);
  }
  keep(catch_up_.find(sequence), encoding, frame);
  std::vector<Member*> waiting;
  for (const auto& [receiver, member] : members_)
    if (member->awaited == sequence) waiting.push_back(member.get());
  if (waiting.size() > receivers_a_turn) return sweep();
  for (auto* member : waiting) feed(*member);
}

// Feeds everybody, some at a time, so that acknowledgements are served in between. A round is
// always finished before the next begins: whoever is last is fed however fast entries come.
void Shard::sweep() {
  sweep_again_ = true;
  if (!std::exchange(sweep_posted_, true)) sweep_on();
}

void Shard::sweep_on() {
  if (swept_ == sweep_.size()) {
    sweep_again_ = false;
    swept_ = 0;
    sweep_.clear();
    for (const auto& [receiver, member] : members_) {
      member->turn = sweep_.size();
      sweep_.push_back(member.get());
    }
  }
  const auto end = std::min(sweep_.size(), swept_ + receivers_a_turn);
  while (swept_ < end)
    if (auto* member = sweep_[swept_++]) feed(*member);
  sweep_posted_ = swept_ < sweep_.size() || sweep_again_;
  if (sweep_posted_) post([this] { sweep_on(); });
}

// At once, while the range is certain to be kept.
void Shard::feed_within(Sequence after, Sequence through) {
  std::vector<Member*> waiting;
  for (const auto& [receiver, member] : members_)
    if (member->lagging && after <= member->position && member->position < through)
      waiting.push_back(member.get());
  for (auto* member : waiting) feed(*member);
}

Result<void> Shard::acknowledge(const Receiver& receiver, Sequence through) {
  auto* member = member_of(receiver);
  if (member == nullptr) return {};
  const bool was_full = !member->window.open();
  auto settled = member->window.acknowledge(through);
  if (!settled) return tl::unexpected<Error>(settled.error());
  if (probing_.under_way()) note_probe_answer(*member, through);
  // Nothing is addressed beyond the last alert, and no cursor need stand there.
  settled->through =
      std::min(settled->through, std::max(settled->after, folds_.last_alert(member->track->lane)));
  if (settled->through == settled->after) return {};

  auto& account = *member->account;
  account.acknowledged = std::max(account.acknowledged, settled->through);
  if (settled->deliveries > 0 || !settled->passed.empty()) {
    member->moved = Clock::now();
    ack_log_.settled(account, *settled, clock_());
  } else if (settled->through > folds_.cursor(member->principal.id,
                                              member->principal.channel.drill(),
                                              receiver.outlet()) +
                                    unrecorded_walk_max) {
    ack_log_.settled(account, *settled, clock_());
  }
  if (was_full) feed(*member);
  return {};
}

bool Shard::window_full(const Receiver& receiver) {
  const auto* member = member_of(receiver);
  return member != nullptr && !member->window.open();
}

Sequence Shard::tell_through(const Receiver& receiver) {
  auto* member = member_of(receiver);
  if (member == nullptr) return 0;
  member->window.told(member->position);
  return member->position;
}

Sequence Shard::last_alert(const Receiver& receiver) const {
  const auto* member = member_of(receiver);
  return member == nullptr ? 0 : folds_.last_alert(member->track->lane);
}

}  // namespace noroshi::delivery
