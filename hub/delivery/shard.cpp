#include "hub/delivery/shard.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <future>
#include <random>
#include <utility>

namespace noroshi::delivery {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::size_t receivers_a_turn = 256;
constexpr auto stalled_after = 45s;
constexpr auto acks_flushed_every = 250ms;
// An acknowledgement that settles no delivery is only worth an entry when it saves a long walk.
constexpr Sequence unrecorded_walk_max = 10'000;

}  // namespace

Shard::Shard(journal::JournalThread& journal, const Folds& folds, std::uint64_t epoch,
             std::string environment, std::size_t ring_bytes_max, journal::WallClock clock)
    : work_(context_.get_executor()),
      folds_(folds),
      epoch_(epoch),
      environment_(std::move(environment)),
      clock_(std::move(clock)),
      ring_(folds.head(), ring_bytes_max),
      catch_up_(context_, journal,
                [this](Sequence after, Sequence through) {
                  ++gauges_.catch_up_reads;
                  feed_within(after, through);
                }),
      ack_log_(context_, journal),
      tick_timer_(context_),
      flush_timer_(context_),
      departure_timer_(context_) {}

Shard::~Shard() {
  context_.stop();
  if (thread_.joinable()) thread_.join();
}

void Shard::start() {
  thread_ = std::thread([this] {
    tick();
    flush_acks();
    context_.run();
  });
}

void Shard::stop(std::chrono::milliseconds limit) {
  if (!thread_.joinable()) return;
  auto gone = std::make_shared<std::promise<void>>();
  post([this, gone] {
    begin_stop();
    await_departures(gone);
  });
  // Receivers detach as their last bytes leave; past the limit whoever is left is cut.
  gone->get_future().wait_for(limit);
  work_.reset();
  context_.stop();
  thread_.join();
}

void Shard::await_departures(const std::shared_ptr<std::promise<void>>& gone) {
  ack_log_.flush();
  if (guests_.empty() && ack_log_.empty()) return gone->set_value();
  departure_timer_.expires_after(5ms);
  departure_timer_.async_wait([this, gone](const boost::system::error_code& error) {
    if (!error) await_departures(gone);
  });
}

void Shard::begin_stop() {
  stopping_ = true;
  std::mt19937_64 random{std::random_device{}()};
  const auto spread = std::max<std::int64_t>(2'000, static_cast<std::int64_t>(guests_.size()));
  std::uniform_int_distribution<std::int64_t> back(500, 500 + spread);
  std::vector<std::shared_ptr<Receiver>> receivers;
  for (const auto& [key, receiver] : guests_) receivers.push_back(receiver);
  for (const auto& receiver : receivers)
    receiver->goodbye("stopping", "the hub is stopping", std::chrono::milliseconds(back(random)));
}

void Shard::entries(const journal::Batch& batch) {
  post([this, batch] {
    for (const auto& stored : *batch) apply(stored);
    sweep();
  });
}

void Shard::apply(const journal::StoredPtr& stored) {
  folds_.apply(stored->entry);
  const auto& body = stored->entry.body();
  if (body.has_alert_accepted()) ring_.push(stored);
  dismiss_unwelcome(body);
}

void Shard::dismiss_unwelcome(const v1::EntryBody& body) {
  std::string subscriber;
  if (body.has_subscriber_registered()) {
    subscriber = body.subscriber_registered().id();
  } else if (body.has_token_issued() && body.token_issued().kind() == v1::TokenIssued::SUBSCRIBER) {
    subscriber = body.token_issued().id();
  } else if (body.has_certificate_revoked()) {
    subscriber = body.certificate_revoked().id();
  }
  const auto found = by_subscriber_.find(subscriber);
  if (found != by_subscriber_.end()) dismiss_if_unwelcome(*found->second);
}

void Shard::dismiss_if_unwelcome(const Member& member) {
  const auto& subscriber = *member.subscriber;
  const auto farewell = [&](const char* why) {
    member.receiver->goodbye("suspended", why, std::chrono::milliseconds(0));
  };
  if (subscriber.current().suspended) return farewell("suspended by the operator");
  const registry::Principal principal{registry::Principal::Kind::subscriber, subscriber.id,
                                      member.credential};
  if (folds_.registry().current(principal, clock_())) return;
  farewell(registry::by_certificate(principal) ? "its certificate is no longer valid"
                                               : "a new token was issued");
}

void Shard::welcome(std::shared_ptr<Receiver> receiver) {
  const auto* key = receiver.get();
  guests_[key] = std::move(receiver);
}

void Shard::farewell(const Receiver& receiver) {
  detach(receiver);
  guests_.erase(&receiver);
}

Result<Shard::Attached> Shard::attach(const std::string& subscriber, const std::string& credential,
                                      Receiver& receiver, const Resume& resume) {
  const auto* registered = folds_.registry().subscriber(subscriber);
  if (registered == nullptr || registered->current().suspended)
    return failure(ErrorCode::refused, subscriber + " is suspended");
  // The token may have been replaced between the upgrade and this Hello.
  if (!folds_.registry().current({registry::Principal::Kind::subscriber, subscriber, credential},
                                 clock_()))
    return failure(ErrorCode::refused, "its token or certificate is no longer valid");

  auto& account = ack_log_.account(subscriber);
  auto& acknowledged = account.acknowledged;
  acknowledged = std::max(acknowledged, folds_.cursor(subscriber));
  Sequence start = acknowledged;
  const bool same_log = !resume.epoch || *resume.epoch == epoch_;
  if (resume.after && same_log) {
    if (*resume.after > folds_.head()) {
      ++gauges_.rolled_back;
      return failure(ErrorCode::conflict, "resume_after " + std::to_string(*resume.after) +
                                              " is beyond the head " +
                                              std::to_string(folds_.head()));
    }
    start = std::max(*resume.after, registered->registered);
    if (start > acknowledged) {
      ack_log_.settled(account, {acknowledged, start, 1, {}}, clock_());
      acknowledged = start;
    }
  }

  if (const auto older = by_subscriber_.find(subscriber); older != by_subscriber_.end()) {
    ++gauges_.replaced;
    auto* replaced = older->second->receiver;
    replaced->goodbye("replaced", "a newer connection of this subscriber was made",
                      std::chrono::milliseconds(0));
    detach(*replaced);
  }
  auto member = std::make_unique<Member>(Member{registered,
                                                &account,
                                                &receiver,
                                                start,
                                                Window(resume.window, start),
                                                {},
                                                false,
                                                Clock::now()});
  member->credential = credential;
  by_subscriber_[subscriber] = member.get();
  receiver.member_ = member.get();
  members_[&receiver] = std::move(member);
  gauges_.connected = members_.size();
  return Attached{start};
}

void Shard::detach(const Receiver& receiver) {
  const auto found = members_.find(&receiver);
  if (found == members_.end()) return;
  const auto by_name = by_subscriber_.find(found->second->subscriber->id);
  if (by_name != by_subscriber_.end() && by_name->second == found->second.get())
    by_subscriber_.erase(by_name);
  auto& member = *found->second;
  if (member.turn < sweep_.size() && sweep_[member.turn] == &member) sweep_[member.turn] = nullptr;
  member.receiver->member_ = nullptr;
  members_.erase(found);
  gauges_.connected = members_.size();
}

void Shard::feed(const Receiver& receiver) {
  if (auto* member = member_of(receiver)) feed(*member);
}

void Shard::feed(Member& member) {
  while (member.receiver->ready() && member.window.open()) {
    auto* slot = next_alert(member);
    if (slot == nullptr || !offer(member, *slot)) break;
  }
  member.receiver->flush();
}

// The next alert after the member's position, from the ring or from a range of the journal; null
// at the head, or when a range has to be read first.
Slot* Shard::next_alert(Member& member) {
  while (member.position < ring_.base()) {
    member.place.reset();
    const auto next_in_log = folds_.alert_after(member.position);
    member.position = std::min(next_in_log.value_or(ring_.base() + 1) - 1, ring_.base());
    if (member.position == ring_.base()) break;
    member.lagging = true;
    auto* range = catch_up_.from(member.position);
    if (range == nullptr) return nullptr;
    const auto next = std::find_if(range->alerts.begin(), range->alerts.end(),
                                   [&](const auto& s) { return s.sequence() > member.position; });
    if (next != range->alerts.end()) return &*next;
    member.position = range->through;
  }
  member.lagging = false;
  if (!member.place) member.place = ring_.after(member.position);
  auto* slot = ring_.at(*member.place);
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
    ring_.recount(slot);
    ++gauges_.deliveries;
  }
  return true;
}

void Shard::keep(Slot* slot, Encoding encoding, const wire::Frame& frame) {
  if (slot == nullptr) return;
  slot->frame(encoding) = frame;
  slot->under_way.reset(static_cast<std::size_t>(encoding));
  ring_.recount(*slot);
}

void Shard::encoded(Sequence sequence, Encoding encoding, const wire::Frame& frame) {
  keep(ring_.find(sequence), encoding, frame);
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
  if (settled->through == settled->after) return {};

  auto& account = *member->account;
  account.acknowledged = std::max(account.acknowledged, settled->through);
  if (settled->deliveries > 0 || !settled->passed.empty()) {
    member->moved = Clock::now();
    ack_log_.settled(account, *settled, clock_());
  } else if (settled->through > folds_.cursor(member->subscriber->id) + unrecorded_walk_max) {
    ack_log_.settled(account, *settled, clock_());
  }
  if (was_full) feed(*member);
  return {};
}

Sequence Shard::tell_through(const Receiver& receiver) {
  auto* member = member_of(receiver);
  if (member == nullptr) return 0;
  member->window.told(member->position);
  return member->position;
}

SubscriberState::Condition Shard::condition(const Member& member) const {
  using Condition = SubscriberState::Condition;
  if (member.window.outstanding() > 0 && Clock::now() - member.moved > stalled_after)
    return Condition::stalled;
  return member.lagging ? Condition::lagging : Condition::live;
}

std::vector<SubscriberState> Shard::states() const {
  std::vector<SubscriberState> states;
  for (const auto& [receiver, member] : members_)
    states.push_back({member->subscriber->id, member->position, member->window.acknowledged(),
                      member->window.outstanding(), condition(*member)});
  return states;
}

void Shard::said_goodbye(std::string_view code) {
  const auto known = std::find(goodbye_codes.begin(), goodbye_codes.end(), code);
  assert(known != goodbye_codes.end());
  ++gauges_.goodbyes[static_cast<std::size_t>(known - goodbye_codes.begin())];
}

// What is counted once a second, because it costs a look at everybody.
void Shard::take_stock() {
  std::uint64_t lagging = 0;
  std::uint64_t stalled = 0;
  std::uint64_t queued = 0;
  std::uint64_t queued_max = 0;
  for (const auto& [receiver, member] : members_) {
    const auto state = condition(*member);
    if (state == SubscriberState::Condition::lagging) ++lagging;
    if (state == SubscriberState::Condition::stalled) ++stalled;
    const std::uint64_t bytes = receiver->queued_bytes();
    queued += bytes;
    queued_max = std::max(queued_max, bytes);
  }
  gauges_.lagging = lagging;
  gauges_.stalled = stalled;
  gauges_.queued_bytes = queued;
  gauges_.queued_bytes_max = queued_max;
  gauges_.ring_bytes = ring_.bytes();
}

void Shard::tick() {
  const auto now = Clock::now();
  take_stock();
  bool awaiting = false;
  std::vector<Receiver*> receivers;
  for (const auto& [receiver, member] : members_) {
    receivers.push_back(member->receiver);
    awaiting = awaiting || member->awaited > 0;
  }
  for (auto* receiver : receivers) {
    const auto found = members_.find(receiver);
    if (found == members_.end()) continue;
    // A certificate ends by time alone, without an entry.
    if (found->second->credential.starts_with(registry::certificate_credential_prefix))
      dismiss_if_unwelcome(*found->second);
    if (members_.contains(receiver)) receiver->tick(now);
  }
  if (gauges_.lagging > 0 || awaiting) sweep();  // what found no place is asked for again
  tick_timer_.expires_after(1s);
  tick_timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) tick();
  });
}

void Shard::flush_acks() {
  ack_log_.flush();
  flush_timer_.expires_after(acks_flushed_every);
  flush_timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) flush_acks();
  });
}

}  // namespace noroshi::delivery
