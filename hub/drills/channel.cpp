#include "hub/drills/channel.hpp"

namespace noroshi::drills {
namespace {

constexpr std::string_view live_name = "live";
constexpr std::string_view drill_prefix = "drill:";

// In the name of a channel; "" in any other.
std::string drill_named(std::string_view name) {
  if (!name.starts_with(drill_prefix)) return "";
  return std::string(name.substr(drill_prefix.size()));
}

}  // namespace

Channel Channel::of(const v1::TokenIssued& token) { return Channel(token.drill()); }

Channel Channel::of(const v1::CertificateIssued&) { return Channel(""); }

Channel Channel::of(const v1::DrillOpened& session) { return Channel(session.id()); }

Channel Channel::of(const v1::AlertAccepted& alert) { return Channel(alert.drill()); }

Channel Channel::of(const v1::DraftSubmitted& draft) { return Channel(draft.drill()); }

Channel Channel::of(const v1::AckRange& range) { return Channel(drill_named(range.channel())); }

Channel Channel::of(const v1::ReceiptsOfAlert& receipts) {
  return Channel(drill_named(receipts.channel()));
}

Channel Channel::of(const v1::WebhookAttempts& attempts) {
  return Channel(drill_named(attempts.channel()));
}

Channel Channel::of(const v1::WebhookReplayed& replayed) {
  return Channel(drill_named(replayed.channel()));
}

Channel Channel::of(const v1::SubscriberRegistered&) { return Channel(""); }

std::string Channel::name() const {
  return live() ? std::string(live_name) : std::string(drill_prefix) + drill_;
}

std::string Channel::path() const { return live() ? "/v1" : "/v1/drills/" + drill_; }

void Channel::mark(v1::AlertAccepted& draft) const {
  draft.set_channel(name());
  draft.set_drill(drill_);
}

void Channel::mark(v1::DraftSubmitted& draft) const { draft.set_drill(drill_); }

void Channel::mark(v1::AckRange& range) const { range.set_channel(name()); }

void Channel::mark(v1::ReceiptsOfAlert& receipts) const { receipts.set_channel(name()); }

void Channel::mark(v1::WebhookAttempts& attempts) const { attempts.set_channel(name()); }

void Channel::mark(v1::WebhookReplayed& replayed) const { replayed.set_channel(name()); }

bool Channel::takes(const std::string& status) const {
  return live() ? status == "Actual" : status == "Exercise" || status == "Test";
}

// No string is made here: it is asked for each delivery.
bool Channel::carries(const v1::AlertAccepted& alert) const {
  if (alert.drill() != drill_ || !takes(alert.summary().status())) return false;
  const std::string_view name = alert.channel();
  if (live()) return name == live_name;
  return name.starts_with(drill_prefix) && name.substr(drill_prefix.size()) == drill_;
}

bool Channel::carries(const v1::DraftSubmitted& draft) const {
  return draft.drill() == drill_ && takes(draft.summary().status());
}

std::string qualified(std::string_view drill, std::string_view name) {
  if (drill.empty()) return std::string(name);
  return std::string(drill) + ":" + std::string(name);
}

}  // namespace noroshi::drills
