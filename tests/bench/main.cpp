// noroshi-bench: the parts that tests/bench/run puts together. Figures are JSON, one object a line.
#include <CLI/CLI.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include "tests/bench/load.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/pieces.hpp"
#include "tests/bench/reference/bare_server.hpp"
#include "tests/bench/registration.hpp"
#include "tests/bench/restart.hpp"

namespace noroshi::bench {
namespace {

// What `register` left in a data directory.
Credentials read_credentials(const std::filesystem::path& data) {
  Credentials credentials;
  std::getline(std::ifstream(data / "bench.publisher.token"), credentials.publisher);
  std::ifstream tokens(data / "bench.subscribers.tokens");
  for (std::string token; std::getline(tokens, token);) credentials.subscribers.push_back(token);
  if (credentials.publisher.empty()) give_up("no accounts in " + data.string());
  return credentials;
}

void add_register(CLI::App& app) {
  auto& verb = *app.add_subcommand("register", "accounts in a data directory nobody serves yet");
  struct Typed {
    Registration registration;
    std::string subscriptions = "everything";
  };
  const auto typed = std::make_shared<Typed>();
  verb.add_option("--data", typed->registration.data)->required();
  verb.add_option("--subscribers", typed->registration.subscribers)->required();
  verb.add_option("--subscriptions", typed->subscriptions, "everything, matching or spread");
  verb.callback([typed] {
    typed->registration.subscriptions = subscriptions_named(typed->subscriptions);
    register_accounts(typed->registration);
  });
}

void add_reference(CLI::App& app) {
  auto& verb = *app.add_subcommand("reference", "serve as the bare WebSocket server");
  const auto options = std::make_shared<BareServer::Options>();
  verb.add_option("--port", options->port)->required();
  verb.add_option("--folder", options->folder)->required();
  verb.add_option("--certificate", options->certificate);
  verb.add_option("--key", options->key);
  verb.callback([options] { BareServer(*options).run(); });
}

void add_load(CLI::App& app) {
  auto& verb = *app.add_subcommand("load", "subscribers and publishers of one server");
  struct Typed {
    LoadOptions options;
    std::string data;
    std::string subscriptions = "everything";
  };
  const auto typed = std::make_shared<Typed>();
  auto& options = typed->options;
  auto& crowd = options.crowd;
  verb.add_option("--protocol", crowd.protocol, "bare, hub, nats, mqtt, redis or amqp")->required();
  verb.add_option("--port", crowd.port)->required();
  verb.add_option("--subscribers", crowd.subscribers)->required();
  verb.add_option("--publishers-max", crowd.publishers_max, "of the hub");
  verb.add_option("--alert-bytes", crowd.alert_bytes);
  verb.add_flag("--tls", crowd.tls);
  verb.add_flag("--verify", crowd.verify, "compare every byte, and who got what");
  verb.add_option("--server", options.server, "process whose CPU and memory are read");
  verb.add_option("--single-alerts", options.single_alerts);
  verb.add_option("--single-seconds-max", options.single_seconds_max);
  verb.add_option("--in-flight", options.in_flight, "e.g. 1,16,64")->delimiter(',');
  verb.add_option("--seconds", options.seconds);
  verb.add_option("--quiet-seconds", options.quiet_seconds);
  verb.add_option("--data", typed->data, "where `register` left its tokens");
  verb.add_option("--subscriptions", typed->subscriptions, "as registered");
  verb.callback([typed] {
    auto& asked = typed->options.crowd;
    asked.addressed = addressed(asked.subscribers, subscriptions_named(typed->subscriptions));
    run_load(typed->options, typed->data.empty() ? Credentials{} : read_credentials(typed->data));
  });
}

void add_restart(CLI::App& app) {
  auto& verb = *app.add_subcommand("restart", "subscribers of a hub that is killed and comes back");
  struct Typed {
    RestartOptions options;
    std::string data;
  };
  const auto typed = std::make_shared<Typed>();
  auto& options = typed->options;
  verb.add_option("--port", options.crowd.port)->required();
  verb.add_option("--subscribers", options.crowd.subscribers)->required();
  verb.add_option("--data", typed->data, "where `register` left its tokens")->required();
  verb.add_option("--publisher-port", options.crowd.publisher_port, "the mutual-TLS door");
  verb.add_option("--publisher-certificate", options.crowd.publisher_certificate);
  verb.add_option("--publisher-key", options.crowd.publisher_key);
  verb.add_option("--alerts-a-second", options.alerts_a_second);
  verb.add_option("--seconds-max", options.seconds_max);
  verb.callback([typed] {
    auto& crowd = typed->options.crowd;
    crowd.protocol = "hub";
    crowd.tls = true;
    crowd.returns = true;
    crowd.addressed = crowd.subscribers;
    auto credentials = read_credentials(typed->data);
    if (crowd.publisher_port != 0) credentials.publisher.clear();
    run_restart(typed->options, std::move(credentials));
  });
}

void add_pieces(CLI::App& app) {
  auto& examine = *app.add_subcommand("examine", "gate, reader and rules alone");
  const auto seconds = std::make_shared<double>(1);
  examine.add_option("--seconds", *seconds, "for each of two alerts");
  examine.callback([seconds] { run_examine(*seconds); });

  auto& journal = *app.add_subcommand("journal", "the journal and its judge alone");
  const auto log = std::make_shared<JournalAlone>();
  journal.add_option("--data", log->data)->required();
  journal.add_option("--group", log->group);
  journal.add_option("--alert-bytes", log->alert_bytes);
  journal.add_option("--seconds", log->seconds);
  journal.callback([log] { run_journal(*log); });

  auto& door = *app.add_subcommand("door", "TLS, HTTP and examination alone");
  const auto alone = std::make_shared<DoorAlone>();
  door.add_option("--data", alone->data)->required();
  door.add_option("--port", alone->port)->required();
  door.callback([alone] { run_door(*alone); });
}

int run(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  raise_descriptor_limit();
  CLI::App app("The parts of tests/bench/run.", "noroshi-bench");
  app.option_defaults()->always_capture_default();
  app.require_subcommand(1);
  add_register(app);
  add_reference(app);
  add_load(app);
  add_restart(app);
  add_pieces(app);
  CLI11_PARSE(app, argc, argv);
  return 0;
}

}  // namespace
}  // namespace noroshi::bench

int main(int argc, char** argv) { return noroshi::bench::run(argc, argv); }
