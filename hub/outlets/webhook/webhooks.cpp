#include "hub/outlets/webhook/webhooks.hpp"

#include <boost/asio/post.hpp>
#include <chrono>
#include <utility>

#include "hub/config/log.hpp"

namespace noroshi::webhook {

using namespace std::chrono_literals;

Webhooks::Webhooks(delivery::Fanout& fanout, outlets::Readings& readings,
                   journal::JournalThread& journal, const delivery::Folds& folds, Style style,
                   Settings settings, const journal::WallClock& clock)
    : fanout_(fanout),
      journal_(journal),
      calls_(std::move(settings.reach), clock),
      works_{
          [this](Call call, auto answered) { calls_.call(std::move(call), std::move(answered)); },
          readings, journal, std::move(style), settings.rules},
      timer_(calls_.context()) {
  fanout_.for_each([this](delivery::Shard& shard) {
    auto belongs = [this, &shard](const std::string& id) {
      return &fanout_.shard_of(id) == &shard;
    };
    rosters_.emplace_back(&shard, std::make_unique<Roster>(shard, works_, std::move(belongs)));
  });
  for (const auto& [id, subscriber] : folds.registry().subscribers())
    if (const auto sequence = folds.letters().secrets_set(id)) secrets_.push_back(sequence);
  journal.follow([this](const journal::Batch& batch) { entries(batch); });
}

Webhooks::~Webhooks() { stop(); }

void Webhooks::start() {
  calls_.start();
  boost::asio::post(calls_.context(), [this] { read_secrets(0); });
}

void Webhooks::stop() { calls_.stop(); }

// One after the other: there may be as many as subscribers.
void Webhooks::read_secrets(std::size_t next) {
  if (next == secrets_.size()) return begin();
  const auto asked = journal_.read(secrets_[next] - 1, {1, 1}, [this, next](auto entries) {
    if (entries && !entries->empty()) take_secrets(*entries->front());
    boost::asio::post(calls_.context(), [this, next] { read_secrets(next + 1); });
  });
  if (asked) return;
  timer_.expires_after(100ms);
  timer_.async_wait([this, next](const boost::system::error_code& error) {
    if (!error) read_secrets(next);
  });
}

void Webhooks::take_secrets(const journal::Stored& stored) {
  const auto& body = stored.entry.body();
  if (!body.has_webhook_secrets_set()) return;
  const auto& subscriber = body.webhook_secrets_set().subscriber();
  if (!stored.content) log::warn("webhook.secrets_erased", {{"subscriber", subscriber}});
  calls_.set_secrets(subscriber, stored.sequence,
                     stored.content ? unseal(*stored.content) : std::vector<Secret>{});
}

void Webhooks::begin() {
  for (const auto& [shard, roster] : rosters_)
    shard->post([roster = roster.get()] { roster->begin(); });
  tick();
}

void Webhooks::tick() {
  for (const auto& [shard, roster] : rosters_)
    shard->post([roster = roster.get()] { roster->refresh_drills(); });
  timer_.expires_after(1s);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) tick();
  });
}

// Posted behind what the fanout has posted of the same entries, so each shard knows them already.
void Webhooks::entries(const journal::Batch& batch) {
  for (const auto& stored : *batch) {
    if (stored->entry.body().has_webhook_secrets_set()) take_secrets(*stored);
    apply(stored->entry.body());
  }
}

void Webhooks::apply(const v1::EntryBody& body) {
  if (body.has_subscriber_registered()) return refresh(body.subscriber_registered().id());
  if (body.has_webhook_secrets_set()) return refresh(body.webhook_secrets_set().subscriber());
  if (body.has_webhook_replayed()) return refresh(body.webhook_replayed().subscriber());
  if (body.has_drill_opened())
    for (const auto& id : body.drill_opened().subscribers()) refresh(id);
}

void Webhooks::refresh(const std::string& subscriber) {
  auto& shard = fanout_.shard_of(subscriber);
  for (const auto& [of, roster] : rosters_)
    if (of == &shard)
      shard.post([roster = roster.get(), subscriber] { roster->refresh(subscriber); });
}

}  // namespace noroshi::webhook
