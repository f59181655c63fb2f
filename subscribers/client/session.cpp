#include "subscribers/client/session.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace noroshi::subscribers {

namespace pb = noroshi::v1;

Session::Session(const Settings& settings)
    : settings_(settings), stored_(settings_.position), looking_(true) {
  assert(settings_.window >= 1 && settings_.window <= 4096);
  for (const auto& position : settings_.elsewhere) logs_[position.epoch] = position.sequence;
  if (stored_) move_to(*stored_);
}

// All of this log up to there is stored, and nothing of it is outstanding.
void Session::move_to(Position position) {
  stored_ = position;
  received_ = position.sequence;
  logs_[position.epoch] = position.sequence;
}

pb::ClientMessage Session::connected() {
  welcomed_ = false;
  answer_due_ = false;
  sent_here_ = 0;
  acknowledged_here_ = 0;
  probed_here_ = 0;
  pb::ClientMessage message;
  auto& hello = *message.mutable_hello();
  hello.set_window(settings_.window);
  if (stored_ && !looking_) {
    hello.set_epoch(stored_->epoch);
    hello.set_resume_after(stored_->sequence);
  } else if (logs_.empty() && settings_.beginning.kind == Beginning::Kind::after) {
    hello.set_resume_after(settings_.beginning.sequence);
  }
  return message;
}

Session::Event Session::receive(const pb::ServerMessage& message) {
  const auto kind = message.message_case();
  if (kind == pb::ServerMessage::kGoodbye) return goodbye(message.goodbye());
  if (kind == pb::ServerMessage::kWelcome) return welcome(message.welcome());
  if (kind == pb::ServerMessage::MESSAGE_NOT_SET) return Ignore{};
  if (!welcomed_) return Broken{"the hub spoke before its Welcome"};
  switch (kind) {
    case pb::ServerMessage::kDelivery:
      if (!belongs_here(message.delivery().summary()))
        return Broken{"an alert of status " + message.delivery().summary().status() +
                      " on channel " + settings_.channel};
      return item(message.delivery().sequence(),
                  {message.delivery(), message.delivery().sequence()});
    case pb::ServerMessage::kPassed:
      return item(message.passed().sequence(), {message.passed(), message.passed().sequence()});
    case pb::ServerMessage::kRecorded:
      return Answered{message.recorded().id(), std::nullopt};
    case pb::ServerMessage::kDeclined:
      return Answered{message.declined().id(), message.declined()};
    case pb::ServerMessage::kHeartbeat:
      return heartbeat(message.heartbeat());
    case pb::ServerMessage::kProbe:
      probed_here_ = std::max(probed_here_, message.probe().sequence());
      return Ignore{};
    default:
      return Ignore{};
  }
}

Session::Event Session::welcome(const pb::Welcome& message) {
  if (welcomed_) return Broken{"a second Welcome on one connection"};
  if (message.channel() != settings_.channel)
    return Stop{Stop::Reason::other_channel, message.channel()};
  const bool another_log = stored_ && stored_->epoch != message.epoch();
  if (another_log && !outstanding_.empty())
    return Broken{"the log changed while deliveries of the old one are being stored"};
  const auto known = logs_.find(message.epoch());
  const bool new_log = another_log && known == logs_.end();
  if (known != logs_.end() && (another_log || !stored_)) {
    move_to({known->first, known->second});
    looking_ = true;
  }
  if (std::exchange(looking_, false) && !new_log && begins_elsewhere(message)) return Reposition{};
  welcomed_ = true;
  if (!stored_ || new_log) move_to({message.epoch(), message.cursor()});
  sent_here_ = message.cursor();
  acknowledged_here_ = message.cursor();
  return Begin{message, new_log};
}

// The hub never sends the other kind; if it did, nobody shall take one for the other.
bool Session::belongs_here(const pb::Summary& summary) const {
  const bool exercise = summary.status() == "Exercise" || summary.status() == "Test";
  return settings_.channel == "live" ? !exercise : summary.status() != "Actual";
}

// Whether the stream must begin at another place than the hub's cursor.
bool Session::begins_elsewhere(const pb::Welcome& message) {
  if (!stored_) {
    if (settings_.beginning.kind != Beginning::Kind::now || message.cursor() >= message.head())
      return false;
    move_to({message.epoch(), message.head()});
    return true;
  }
  // Beyond the hub's head its log has lost entries: claiming the position makes the hub say so.
  return message.cursor() > stored_->sequence || message.head() < stored_->sequence;
}

Session::Event Session::item(std::uint64_t sequence, HandOver what) {
  sent_here_ = std::max(sent_here_, sequence);
  if (sequence <= received_) {
    ++duplicates_;
    return Ignore{};
  }
  if (outstanding_.size() >= settings_.window)
    return Broken{"more deliveries outstanding than the window allows"};
  received_ = sequence;
  outstanding_.push_back(sequence);
  return what;
}

Session::Event Session::heartbeat(const pb::Heartbeat& message) {
  answer_due_ = true;
  // `through` may lie beyond the last alert, where no position can be resumed from.
  const auto through = std::min(message.through(), message.head());
  sent_here_ = std::max(sent_here_, through);
  if (!outstanding_.empty() || through <= stored_->sequence) return Ignore{};
  move_to({stored_->epoch, through});
  return Advance{*stored_};
}

Session::Event Session::goodbye(const pb::Goodbye& message) const {
  const auto& code = message.code();
  if (code == "replaced") return Stop{Stop::Reason::replaced, message.detail()};
  if (code == "suspended") return Stop{Stop::Reason::suspended, message.detail()};
  if (code == "log.rolled_back") return Stop{Stop::Reason::rolled_back, message.detail()};
  if (code == "drill.closed") return Stop{Stop::Reason::drill_over, message.detail()};
  ComeBack answer{code, message.detail(), std::nullopt};
  if (message.retry_after_ms() > 0)
    answer.wait = std::chrono::milliseconds{message.retry_after_ms()};
  return answer;
}

void Session::stored(std::uint64_t sequence) {
  assert(stored_ && std::binary_search(outstanding_.begin(), outstanding_.end(), sequence));
  stored_->sequence = sequence;
  logs_[stored_->epoch] = sequence;
  while (!outstanding_.empty() && outstanding_.front() <= sequence) outstanding_.pop_front();
}

std::optional<pb::ClientMessage> Session::acknowledgement() {
  if (!welcomed_ || !stored_) return std::nullopt;
  auto through = std::min(stored_->sequence, sent_here_);
  // A probe came behind all that was sent before it, and is no place to resume from.
  if (outstanding_.empty() || outstanding_.front() > probed_here_)
    through = std::max(through, probed_here_);
  if (through <= acknowledged_here_ && !answer_due_) return std::nullopt;
  acknowledged_here_ = std::max(acknowledged_here_, through);
  answer_due_ = false;
  pb::ClientMessage message;
  message.mutable_ack()->set_through(acknowledged_here_);
  return message;
}

}  // namespace noroshi::subscribers
