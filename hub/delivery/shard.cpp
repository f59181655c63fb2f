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

constexpr auto stalled_after = 45s;
constexpr auto acks_flushed_every = 250ms;
// Of the bytes kept for the live path, for each drill.
constexpr std::size_t drill_ring_part = drills::sessions_at_once_max;

}  // namespace

Shard::Shard(journal::JournalThread& journal, const Folds& folds, std::uint64_t epoch,
             std::string environment, std::size_t ring_bytes_max, journal::WallClock clock)
    : work_(context_.get_executor()),
      folds_(folds),
      epoch_(epoch),
      environment_(std::move(environment)),
      clock_(std::move(clock)),
      ring_bytes_max_(ring_bytes_max),
      catch_up_(context_, journal,
                [this](Sequence after, Sequence through) {
                  ++gauges_.catch_up_reads;
                  feed_within(after, through);
                  check_unread();
                }),
      ack_log_(context_, journal),
      receipt_log_(context_, journal),
      attempt_log_(context_, journal),
      probe_timer_(context_),
      tick_timer_(context_),
      flush_timer_(context_),
      departure_timer_(context_) {
  add_tracks(folds.head());
}

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
  receipt_log_.flush();
  attempt_log_.flush();
  if (guests_.empty() && ack_log_.empty() && receipt_log_.empty() && attempt_log_.empty())
    return gone->set_value();
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

// One for each channel the log has named so far; a new one holds what comes after `base`.
void Shard::add_tracks(Sequence base) {
  while (tracks_.size() < folds_.lanes()) {
    const auto lane = static_cast<Lane>(tracks_.size());
    const auto bytes_max = lane == live_lane ? ring_bytes_max_ : ring_bytes_max_ / drill_ring_part;
    tracks_.push_back(
        std::make_unique<Track>(Track{lane, folds_.drill_of(lane), Ring(base, bytes_max), {}}));
  }
}

void Shard::apply(const journal::StoredPtr& stored) {
  folds_.apply(stored->entry);
  add_tracks(stored->sequence - 1);
  const auto& body = stored->entry.body();
  if (body.has_alert_accepted())
    tracks_[*folds_.lane_of(body.alert_accepted().drill())]->ring.push(stored);
  if (body.has_probe_started()) begin_probe(stored->sequence, body.probe_started());
  dismiss_unwelcome(body);
}

SubscriberState::Condition Shard::condition(const Member& member) const {
  using Condition = SubscriberState::Condition;
  if (member.window.outstanding() > 0 && Clock::now() - member.moved > stalled_after)
    return Condition::stalled;
  return member.lagging ? Condition::lagging : Condition::live;
}

std::vector<SubscriberState> Shard::states(const drills::Channel& channel) const {
  std::vector<SubscriberState> states;
  const auto lane = folds_.lane_of(channel.drill());
  if (!lane) return states;
  for (const auto& members : tracks_[*lane]->by_subscriber)
    for (const auto& [id, member] : members)
      if (member->receiver->connected())
        states.push_back({id, member->position, member->window.acknowledged(),
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
  std::uint64_t ring_bytes = 0;
  for (const auto& track : tracks_) ring_bytes += track->ring.bytes();
  gauges_.ring_bytes = ring_bytes;
}

void Shard::tick() {
  const auto now = Clock::now();
  end_drills();
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
    if (registry::by_certificate(found->second->principal)) dismiss_if_unwelcome(*found->second);
    if (members_.contains(receiver)) receiver->tick(now);
  }
  if (!unread_.empty()) check_unread();
  if (gauges_.lagging > 0 || awaiting) sweep();  // what found no place is asked for again
  tick_timer_.expires_after(1s);
  tick_timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) tick();
  });
}

void Shard::flush_acks() {
  ack_log_.flush();
  receipt_log_.flush();
  attempt_log_.flush();
  flush_timer_.expires_after(acks_flushed_every);
  flush_timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) flush_acks();
  });
}

}  // namespace noroshi::delivery
