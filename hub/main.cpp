// noroshi-hub: composes the rooms. Reading serve() shows what exists, who knows whom and, read
// upwards, the order of ending.
#include <sys/resource.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <iostream>

#include "hub/admin/audit_key.hpp"
#include "hub/admin/command_line.hpp"
#include "hub/admin/live_administration.hpp"
#include "hub/admin/tree_head_keeper.hpp"
#include "hub/admission/alert_judge.hpp"
#include "hub/alarms/watch.hpp"
#include "hub/api/alert_json.hpp"
#include "hub/api/audit_minute.hpp"
#include "hub/api/feed_door.hpp"
#include "hub/api/feed_probe.hpp"
#include "hub/api/health.hpp"
#include "hub/api/hub_certificate.hpp"
#include "hub/api/probe_rounds.hpp"
#include "hub/api/routes.hpp"
#include "hub/api/times.hpp"
#include "hub/api/watchdog.hpp"
#include "hub/config/config.hpp"
#include "hub/config/log.hpp"
#include "hub/config/start_progress.hpp"
#include "hub/config/systemd.hpp"
#include "hub/delivery/fanout.hpp"
#include "hub/in_force/in_force.hpp"
#include "hub/outlets/readings.hpp"
#include "hub/outlets/webhook/webhooks.hpp"
#include "hub/transport/door.hpp"
#include "hub/transport/door_keys.hpp"
#include "hub/transport/loopback.hpp"
#include "hub/transport/priority.hpp"
#include "hub/view/view.hpp"
#include "hub/webhook/reach.hpp"
#include "proto/process/core_dump.hpp"

namespace noroshi {
namespace {

using namespace std::chrono_literals;

constexpr auto requests_drain_max = 5s;
constexpr auto streams_drain_max = 5s;
constexpr unsigned worker_threads = 1;

std::int64_t wall_clock() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

// Folds what delivery needs while the journal brings the judge up to its head.
class Replay : public journal::Judge {
 public:
  explicit Replay(admission::AlertJudge& judge) : judge_(judge) {}
  void apply(const v1::Entry& entry) override {
    judge_.apply(entry);
    if (!replaying_) return;
    folds_.apply(entry);
    in_force_.apply(entry);
    alarms_.apply(entry, entry.at_ms());
  }
  journal::Decision decide(const journal::Proposal& proposal, journal::Sequence sequence,
                           std::int64_t at_ms) override {
    return judge_.decide(proposal, sequence, at_ms);
  }
  delivery::Folds take_folds() {
    replaying_ = false;
    return std::move(folds_);
  }
  in_force::FoldsByChannel take_in_force() { return std::move(in_force_); }
  alarms::Folds take_alarms() { return std::move(alarms_); }

 private:
  admission::AlertJudge& judge_;
  delivery::Folds folds_;
  in_force::FoldsByChannel in_force_;
  alarms::Folds alarms_;
  bool replaying_ = true;
};

int report(const Error& error) {
  log::error("hub.failed", {{"detail", error.detail}});
  std::cerr << "noroshi-hub: " << error.detail << '\n';
  return error.code == ErrorCode::configuration ? 3 : 1;
}

// As far as it may go; how many descriptors that is.
std::uint64_t raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

// After the first error of the store nothing may be acknowledged any more: the process ends here
// and the log is verified at the next start.
void stop_for_good(const Error& error) {
  log::error("journal.failed", {{"detail", error.detail}});
  std::_Exit(1);
}

std::string url(std::string_view scheme, const std::string& address, std::uint16_t port) {
  const bool v6 = address.find(':') != std::string::npos;
  return std::string(scheme) + "://" + (v6 ? "[" + address + "]" : address) + ":" +
         std::to_string(port);
}

// A port that was asked for is had or the hub does not start; the second door's default gives way.
Result<void> open_mutual(transport::Door& mutual, const config::Config& config) {
  auto open = mutual.open(config.listen, config.door_for_certificates());
  if (open || config.mtls_port) return open;
  log::warn("hub.mutual_port_taken", {{"detail", open.error().detail}});
  return mutual.open(config.listen, 0);
}

int serve(const config::Config& config) {
  log::begin(config.log_level);
  if (!process::leave_no_core()) log::warn("hub.core_dumps_not_stopped");
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGHUP, SIG_IGN);  // until there is something to reload

  using Questioning = admission::AlertJudge::Questioning;
  admission::AlertJudge judge(config.confirmations == "note" ? Questioning::note
                                                             : Questioning::ask);
  Replay replay(judge);
  journal::SqliteOptions options;
  options.start = journal::Start::from_digest;
  config::StartProgress progress;
  options.progress = [&](auto read, auto all) { progress.tell(read, all); };
  auto opened = journal::open_sqlite(config.journal_file(), replay, wall_clock, options);
  if (!opened) return report(opened.error());
  const auto head = (*opened)->head();
  const auto folds = replay.take_folds();
  in_force::InForce in_force(replay.take_in_force(), folds.registry(), head.sequence, wall_clock);
  const auto log_signer = admin::audit_key({config.data}, head.epoch);
  if (!log_signer) return report(log_signer.error());
  if (const auto fits =
          admin::start_from_tree_head({config.data}, log_signer->verifier(), **opened);
      !fits)
    return report(fits.error());
  view::View view(config.view_file(), head.epoch, head.sequence, folds.registry(), folds.cursors(),
                  wall_clock);

  const auto reach = webhook::reach_of(config.data, config.webhook_ca, config.webhook_private);
  if (!reach) return report(reach.error());
  webhook::RetryRules webhook_retry;
  webhook_retry.first = config.webhook_retry;
  webhook_retry.give_up_after = config.webhook_give_up;
  journal::JournalThread journal(std::move(*opened), {}, stop_for_good);
  outlets::Readings readings;
  delivery::Fanout fanout(config.shards, journal, folds, head.epoch, head.environment,
                          config.ring_bytes_max, wall_clock);
  webhook::Webhooks webhooks(fanout, readings, journal, folds,
                             {api::full_alert_json, api::timestamp}, {*reach, webhook_retry},
                             wall_clock);
  boost::asio::io_context front(1);
  boost::asio::thread_pool workers(worker_threads);
  boost::asio::post(workers, transport::yield_to_alerts);
  alarms::Watch alarms(front, workers, journal, view, replay.take_alarms(), wall_clock,
                       {config.data, config.disk_free_bytes_min, config.notify, head.environment,
                        head.epoch, *reach});
  api::Identity identity(folds.registry(), wall_clock);
  api::Meters meters;
  api::Limits limits(config, raise_descriptor_limit());
  api::Guards guards(judge.drafts());
  api::Rooms rooms{front,      workers,    journal,          view,       in_force, fanout,
                   readings,   identity,   meters,           limits,     guards,   alarms,
                   wall_clock, head.epoch, head.environment, *log_signer};
  rooms.feed_public = config.feed_public;
  rooms.witnesses = config.witnesses;
  api::probe_feeds(rooms);
  api::Routes routes(rooms);
  transport::DoorBounds bounds;
  bounds.connections_max = config.connections_max;
  bounds.strangers_max = config.strangers_max;
  bounds.strangers_per_address_max = config.strangers_per_address_max;
  bounds.connections_per_identity_max = config.connections_per_identity_max;
  bounds.handshakes_max = config.handshakes_max;
  bounds.requests.hosts = config.hosts;
  auto keys = transport::load_door_keys(config, api::HubCertificate::refusals(rooms));
  if (!keys) return report(keys.error());
  transport::Handshakes handshakes(front);
  transport::Door door(front, handshakes, keys->tokens, bounds, routes.handlers());
  transport::Door mutual(front, handshakes, keys->mutual, bounds,
                         routes.handlers_for_certificates());
  transport::Door feed(front, handshakes, keys->mutual, bounds,
                       api::feed_door_handlers(rooms, config));
  delivery::WebhookLetters letters = folds.letters();  // the front's
  api::Health health(rooms, door, mutual, feed, {webhooks, letters});
  api::HubCertificate certificate(rooms, config, {door, mutual, feed}, health);
  transport::Loopback loopback(front, [&](const auto& request) { return health.handle(request); });
  api::AuditMinute audit_minute(rooms);
  admin::TreeHeadKeeper tree_head(front, workers, journal, *log_signer, {config.data});
  api::ProbeRounds probe_rounds(
      front, [&] { api::probe_all(fanout.probes()); }, config.probe_every);
  api::Watchdog watchdog(front);
  admin::LiveAdministration administration(front, journal, identity.registry(), letters,
                                           fanout.probes(), alarms.alarms(), *log_signer, view,
                                           [&] { return health.status_json(); });

  journal.follow([&](const journal::Batch& batch) { view.entries(batch); });
  journal.follow([&](const journal::Batch& batch) { in_force.entries(batch); });
  journal.follow([&](const journal::Batch& batch) {
    boost::asio::post(front, [&identity, &guards, &alarms, &meters, &letters, &routes, batch] {
      for (const auto& stored : *batch) {
        identity.apply(stored->entry);
        guards.drafts.apply(stored->entry);
        alarms.apply(stored->entry);
        meters.receipts.apply(stored->entry);
        letters.apply(stored->entry);
      }
      routes.entries(batch);
    });
  });
  if (const auto open = door.open(config.listen, config.port); !open) return report(open.error());
  if (const auto open = loopback.open(config.admin_port); !open) return report(open.error());
  if (const auto open = open_mutual(mutual, config); !open) return report(open.error());
  if (config.feed_tcp_port)
    if (const auto open = feed.open(config.listen, *config.feed_tcp_port); !open)
      return report(open.error());
  if (const auto open = administration.open(config.admin_socket()); !open)
    return report(open.error());
  boost::asio::steady_timer patience(front);
  boost::asio::signal_set signals(front, SIGTERM, SIGINT);
  boost::asio::signal_set reloads(front, SIGHUP);  // from now on none is lost
  view.start([&](journal::Sequence after, view::View::Page answer) {
    const auto asked = journal.read(after, {}, answer);
    if (!asked) answer(tl::unexpected(asked.error()));
  });
  in_force.start([&](journal::Sequence after, std::size_t entries, in_force::InForce::Page answer) {
    const auto asked = journal.read(after, {entries, journal::ReadBounds{}.bytes_max}, answer);
    if (!asked) answer(tl::unexpected(asked.error()));
  });
  fanout.on_rolled_back([&](const registry::Principal& who, const std::string& detail) {
    boost::asio::post(front, [&alarms, who, detail] {
      alarms.watcher().rolled_back(who.id, who.channel.drill(), detail);
    });
  });
  fanout.start();
  journal.start();
  webhooks.start();
  health.enter(api::Health::Phase::ready);

  const auto api_url = url("https", config.listen, door.port());
  const auto mutual_url = url("https", config.listen, mutual.port());
  const auto metrics_url = url("http", "127.0.0.1", loopback.port());
  std::cout << "API      " << api_url << "\nstream   wss" << api_url.substr(5)
            << "/v1/stream\nmTLS     " << mutual_url << "\nmetrics  " << metrics_url
            << "/metrics\n";
  if (config.feed_tcp_port)
    std::cout << "TCP feed " << url("tls", config.listen, feed.port()) << '\n';
  std::cout << std::flush;
  log::info("hub.started", {{"url", api_url},
                            {"mutual_url", mutual_url},
                            {"environment", head.environment},
                            {"head", std::to_string(head.sequence)}});
  config::tell_service_manager("READY=1\nSTATUS=");
  watchdog.start();
  alarms.start();
  certificate.start(keys->validity());
  tree_head.start();

  int doors_open = 3;
  std::function<void()> await_reload = [&] {
    reloads.async_wait([&](const boost::system::error_code& error, int) {
      if (error) return;
      config::tell_service_manager(config::reloading_now());
      certificate.reload();
      config::tell_service_manager("READY=1");
      await_reload();
    });
  };
  await_reload();
  signals.async_wait([&](const boost::system::error_code& error, int) {
    if (error) return;
    config::tell_service_manager("STOPPING=1");
    log::info("hub.stopping");
    health.enter(api::Health::Phase::stopping);
    routes.stop();
    audit_minute.stop();
    probe_rounds.stop();
    watchdog.stop();
    tree_head.stop();
    alarms.stop();
    certificate.stop();
    reloads.cancel();
    administration.close();
    patience.expires_after(requests_drain_max);
    patience.async_wait([&](const boost::system::error_code& cancelled) {
      if (!cancelled) front.stop();
    });
    const auto drained = [&] {
      if (--doors_open == 0) front.stop();
    };
    door.drain(drained);
    mutual.drain(drained);
    feed.drain(drained);
  });
  audit_minute.start();
  probe_rounds.start();
  front.run();

  workers.join();
  readings.stop();
  fanout.stop(streams_drain_max);
  webhooks.stop();
  tree_head.last();
  journal.stop();
  in_force.stop();
  view.stop();
  log::info("hub.stopped", {{"head", std::to_string(journal.gauges().head)}});
  return 0;
}

}  // namespace
}  // namespace noroshi

int main(int argc, char** argv) { return noroshi::admin::run(argc, argv, noroshi::serve); }
