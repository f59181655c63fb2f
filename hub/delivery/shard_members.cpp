// Who is attached to a shard: how they come, and how they are sent away.
#include <algorithm>
#include <chrono>
#include <utility>

#include "hub/delivery/shard.hpp"

namespace noroshi::delivery {
namespace {

constexpr std::chrono::milliseconds for_good{0};

}  // namespace

void Shard::dismiss_unwelcome(const v1::EntryBody& body) {
  std::string subscriber;
  if (body.has_subscriber_registered()) {
    subscriber = body.subscriber_registered().id();
  } else if (body.has_token_issued() && body.token_issued().kind() == v1::TokenIssued::SUBSCRIBER) {
    subscriber = body.token_issued().id();
  } else if (body.has_certificate_revoked()) {
    subscriber = body.certificate_revoked().id();
  }
  if (subscriber.empty()) return;
  for (const auto& track : tracks_)
    for (const auto& members : track->by_subscriber)
      if (const auto found = members.find(subscriber); found != members.end())
        dismiss_if_unwelcome(*found->second);
}

void Shard::dismiss_if_unwelcome(const Member& member) {
  const auto farewell = [&](const char* why) {
    member.receiver->goodbye("suspended", why, for_good);
  };
  if (member.subscriber->current().suspended) return farewell("suspended by the operator");
  if (folds_.registry().current(member.principal, clock_())) return;
  farewell(registry::by_certificate(member.principal) ? "its certificate is no longer valid"
                                                      : "a new token was issued");
}

bool Shard::over(const Track& track) const {
  if (track.lane == live_lane) return false;
  const auto* session = folds_.registry().drills().find(track.drill);
  return session == nullptr || !session->open_at(clock_());
}

// A drill ends with its window. Its alerts are no longer kept ready; they lie in the journal.
void Shard::end_drills() {
  for (const auto& track : tracks_) {
    if (!over(*track)) continue;
    if (track->empty() && track->ring.bytes() > 0) track->ring.forget(folds_.head());
    std::vector<Receiver*> receivers;
    for (const auto& members : track->by_subscriber)
      for (const auto& [id, member] : members) receivers.push_back(member->receiver);
    for (auto* receiver : receivers)
      receiver->goodbye("drill.closed", "the drill is over", for_good);
  }
}

void Shard::welcome(std::shared_ptr<Receiver> receiver) {
  const auto* key = receiver.get();
  guests_[key] = std::move(receiver);
}

void Shard::farewell(const Receiver& receiver) {
  detach(receiver);
  guests_.erase(&receiver);
}

Result<Shard::Attached> Shard::attach(const registry::Principal& principal, Receiver& receiver,
                                      const Resume& resume) {
  const auto& subscriber = principal.id;
  const auto& channel = principal.channel;
  const auto* registered = folds_.registry().subscriber(subscriber);
  if (registered == nullptr || registered->current().suspended)
    return failure(ErrorCode::refused, subscriber + " is suspended");
  // The token may have been replaced between the upgrade and this Hello.
  if (!folds_.registry().current(principal, clock_()))
    return failure(ErrorCode::refused, "its token or certificate is no longer valid");
  const auto lane = folds_.lane_of(channel.drill());
  if (!lane || over(*tracks_[*lane])) return failure(ErrorCode::closed, "the drill is not open");

  const auto outlet = receiver.outlet();
  auto& account = ack_log_.account(subscriber, channel, outlet);
  auto& acknowledged = account.acknowledged;
  // Once it has begun, another outlet's acknowledgements move it no further.
  if (outlet == Outlet::stream || outlet == Outlet::webhook || acknowledged == 0)
    acknowledged = std::max(acknowledged, folds_.cursor(subscriber, channel.drill(), outlet));
  Sequence start = acknowledged;
  const bool same_log = !resume.epoch || *resume.epoch == epoch_;
  if (resume.after && same_log) {
    if (*resume.after > folds_.head()) {
      ++gauges_.rolled_back;
      const auto detail = "resume_after " + std::to_string(*resume.after) + " is beyond the head " +
                          std::to_string(folds_.head());
      if (rolled_back_) rolled_back_(principal, detail);
      return failure(ErrorCode::conflict, detail);
    }
    start = std::max(*resume.after, registered->registered);
    if (start > acknowledged) {
      Settled settled{acknowledged, start, 1, {}};
      if (account.left)
        if (auto left = account.left->acknowledge(start)) settled.passed = std::move(left->passed);
      ack_log_.settled(account, settled, clock_());
      acknowledged = start;
    }
  }

  if (start < resume.not_before) {
    start = resume.not_before;
    ack_log_.part(account);
  }
  account.left.reset();
  auto& track = *tracks_[*lane];
  auto& members = track.by_subscriber[static_cast<std::size_t>(outlet)];
  if (const auto older = members.find(subscriber); older != members.end()) {
    ++gauges_.replaced;
    auto* replaced = older->second->receiver;
    replaced->goodbye("replaced", "a newer connection of this subscriber was made", for_good);
    detach(*replaced);
  }
  auto member = std::unique_ptr<Member>(new Member{registered,
                                                   &track,
                                                   &account,
                                                   &receiver,
                                                   start,
                                                   Window(resume.window, start),
                                                   {},
                                                   false,
                                                   std::chrono::steady_clock::now(),
                                                   0,
                                                   0,
                                                   0,
                                                   principal});
  members[subscriber] = member.get();
  receiver.member_ = member.get();
  if (probing_.under_way()) expect_probes(*member);
  members_[&receiver] = std::move(member);
  count_connected();
  return Attached{start, folds_.last_alert(*lane), registered->language};
}

void Shard::count_connected() {
  std::size_t called = 0;
  for (const auto& track : tracks_)
    called += track->by_subscriber[static_cast<std::size_t>(Outlet::webhook)].size();
  gauges_.connected = members_.size() - std::min(called, members_.size());
}

void Shard::detach(const Receiver& receiver) {
  const auto found = members_.find(&receiver);
  if (found == members_.end()) return;
  auto& member = *found->second;
  if (probing_.under_way()) note_departure(member);
  auto& by_subscriber = member.track->by_subscriber[static_cast<std::size_t>(receiver.outlet())];
  const auto by_name = by_subscriber.find(member.principal.id);
  if (by_name != by_subscriber.end() && by_name->second == &member) by_subscriber.erase(by_name);
  if (member.turn < sweep_.size() && sweep_[member.turn] == &member) sweep_[member.turn] = nullptr;
  if (receiver.outlet() != Outlet::stream) member.account->left = std::move(member.window);
  member.receiver->member_ = nullptr;
  members_.erase(found);
  count_connected();
}

}  // namespace noroshi::delivery
