#include "tests/bench/registration.hpp"

#include <algorithm>
#include <fstream>
#include <vector>

#include "hub/admin/administer.hpp"
#include "hub/admin/data_directory.hpp"
#include "hub/admin/log_access.hpp"
#include "hub/admin/token.hpp"
#include "tests/bench/alert_text.hpp"
#include "tests/bench/measure.hpp"

namespace noroshi::bench {
namespace {

using admin::AdminRequest;

constexpr std::size_t group_max = 256;
constexpr std::uint32_t levels = 5;

std::string hexadecimal(const journal::Hash& hash) {
  std::string text;
  for (const auto byte : hash) text += fmt::format("{:02x}", byte);
  return text;
}

std::string prefecture(std::string_view area) { return std::string(area.substr(0, 2)); }

void subscribe(AdminRequest& request, std::uint32_t number, Subscriptions subscriptions) {
  if (subscriptions == Subscriptions::everything) {
    request.areas = {"*"};
    return;
  }
  request.events = {"evac"};
  if (subscriptions == Subscriptions::spread) {
    request.areas = {prefecture(areas[number % areas.size()])};
    request.min_level = number / areas.size() % levels + 1;
    return;
  }
  request.areas.emplace();
  for (const auto area : areas) request.areas->push_back(prefecture(area));
  request.min_level = warning_level;
}

// Carries out requests on one log, at most group_max proposals a commit.
class Desk {
 public:
  explicit Desk(admin::OfflineLog& log) : log_(log) {}

  // The new account's token.
  std::string add(AdminRequest request, v1::TokenIssued::Kind kind) {
    const auto token = admin::make_token(kind);
    request.action = AdminRequest::Action::add;
    request.token_sha256 = hexadecimal(journal::content_hash(token));
    auto administration = admin::administer(request, log_.registry());
    if (administration.proposals.empty()) give_up(administration.answer.note);
    for (auto& proposal : administration.proposals) group_.push_back(std::move(proposal));
    if (group_.size() + 2 > group_max) commit();
    return token;
  }

  void commit() {
    const auto outcomes = log_.append(group_);
    if (!outcomes) give_up(outcomes.error().detail);
    group_.clear();
  }

 private:
  admin::OfflineLog& log_;
  std::vector<journal::Proposal> group_;
};

}  // namespace

void register_accounts(const Registration& registration) {
  const admin::DataDirectory directory{registration.data};
  const auto log = admin::OfflineLog::open(directory.journal(), admin::system_clock());
  if (!log) give_up(log.error().detail);
  Desk desk(**log);

  AdminRequest publisher;
  publisher.subject = AdminRequest::Subject::publisher;
  publisher.id = publisher.name.emplace("bench");
  publisher.senders = {"*"};
  publisher.areas = {"*"};
  std::ofstream(registration.data / "bench.publisher.token")
      << desk.add(publisher, v1::TokenIssued::PUBLISHER) << '\n';

  std::ofstream tokens(registration.data / "bench.subscribers.tokens");
  for (std::uint32_t i = 0; i < registration.subscribers; ++i) {
    AdminRequest subscriber;
    subscriber.subject = AdminRequest::Subject::subscriber;
    subscriber.id = subscriber.name.emplace("bench-" + std::to_string(i));
    subscriber.outlets = {"stream", "events"};
    subscribe(subscriber, i, registration.subscriptions);
    tokens << desk.add(subscriber, v1::TokenIssued::SUBSCRIBER) << '\n';
  }
  desk.commit();
}

std::uint32_t addressed(std::uint32_t subscribers, Subscriptions subscriptions) {
  if (subscriptions != Subscriptions::spread) return subscribers;
  if (subscribers % (areas.size() * levels) != 0)
    give_up("spread subscriptions come in multiples of 50");
  return subscribers / (static_cast<std::uint32_t>(areas.size()) * levels) * warning_level;
}

Subscriptions subscriptions_named(const std::string& name) {
  if (name == "everything") return Subscriptions::everything;
  if (name == "matching") return Subscriptions::matching;
  if (name == "spread") return Subscriptions::spread;
  give_up("no subscriptions are called " + name);
}

}  // namespace noroshi::bench
