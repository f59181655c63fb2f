#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <memory>
#include <random>
#include <stop_token>
#include <utility>

#include "proto/wire/caller.hpp"
#include "subscribers/client/facts.hpp"
#include "subscribers/client/folder.hpp"
#include "subscribers/client/receiver.hpp"
#include "subscribers/client/witness_rounds.hpp"
#include "subscribers/subscribe/command.hpp"
#include "subscribers/subscribe/narrator.hpp"
#include "subscribers/subscribe/options.hpp"
#include "subscribers/subscribe/printer.hpp"
#include "subscribers/subscribe/state_printer.hpp"
#include "subscribers/subscribe/witness_verb.hpp"
#include "subscribers/subscribe/words.hpp"

namespace noroshi::subscribers {

namespace {

struct Place {
  std::unique_ptr<Store> store;
  std::optional<Position> position = {};
  std::vector<Position> elsewhere = {};
};

Result<Place> place_of(const Options& options, std::stop_token stop, Narrator& narrator) {
  if (options.out)
    return Folder::open(*options.out, options.hubs.size() > 1 ? Logs::several : Logs::one)
        .map([](Folder folder) {
          const auto position = folder.position();
          auto elsewhere = folder.elsewhere();
          return Place{std::make_unique<Folder>(std::move(folder)), position, std::move(elsewhere)};
        });
  if (options.command.empty()) return Place{std::make_unique<Printer>(stdout, options.print)};
  Command::Settings settings{.arguments = options.command, .limit = options.command_limit};
  return Place{std::make_unique<Command>(std::move(settings), std::move(stop), narrator)};
}

Result<LinkSettings> link_of(const Options& options, const HubOption& hub) {
  auto caller = wire::read_caller({hub.ca, hub.token_file, options.certificate, options.key});
  if (!caller) return tl::unexpected(caller.error());
  return LinkSettings{.hub = hub.address,
                      .tls = std::move(caller->tls),
                      .token = std::move(caller->token),
                      .drill = options.drill,
                      .language = std::string(words().code)};
}

std::vector<std::string> urls_of(const Options& options) {
  std::vector<std::string> urls;
  for (const auto& hub : options.hubs) urls.push_back(hub.url);
  return urls;
}

std::filesystem::path index_of(const std::filesystem::path& folder) {
  return folder / "index.json";
}

// What stood when the receiver on this folder last wrote it down.
int print_standing(const Options& options) {
  const auto& w = words();
  const Narrator narrator({}, Speech::full, {});
  const auto file = index_of(*options.out);
  std::error_code error;
  if (!std::filesystem::exists(file, error)) {
    narrator.complain(fmt::format(fmt::runtime(w.no_index), file.string()));
    return static_cast<int>(Exit::not_found);
  }
  const auto index = StandingIndex::open(file);
  if (!index) {
    narrator.complain(index.error().detail);
    return static_cast<int>(terminal::exit_of(index.error().code));
  }
  const auto as_of =
      std::chrono::system_clock::time_point{} + std::chrono::milliseconds{index->as_of_ms()};
  const auto standing = index->standing().in_force();
  narrator.complain(fmt::format(fmt::runtime(w.as_of), standing.size(), rfc3339(as_of)));
  for (const auto& held : standing) {
    const auto line = state_text(held, options.print.format) + '\n';
    std::fwrite(line.data(), 1, line.size(), stdout);
  }
  return static_cast<int>(std::fflush(stdout) == 0 ? Exit::ok : Exit::failed);
}

int receive(const Options& options) {
  boost::asio::io_context context;
  boost::asio::signal_set signals(context, SIGINT, SIGTERM);
  std::stop_source stop;
  Narrator narrator(urls_of(options), options.speech, [&signals] { signals.cancel(); });
  const auto refuse = [&narrator](const Error& error) {
    narrator.complain(error.detail);
    return static_cast<int>(terminal::exit_of(error.code));
  };
  std::vector<LinkSettings> links;
  for (const auto& hub : options.hubs) {
    auto link = link_of(options, hub);
    if (!link) return refuse(link.error());
    links.push_back(std::move(*link));
  }
  auto place = place_of(options, stop.get_token(), narrator);
  if (!place) return refuse(place.error());

  auto standing = options.out ? StandingIndex::open(index_of(*options.out))
                              : Result<StandingIndex>(StandingIndex());
  if (!standing) return refuse(standing.error());
  StatePrinter states(*place->store, stdout, options.print.format);
  Store& store = options.states ? static_cast<Store&>(states) : *place->store;

  const auto witnessed = links;
  ReceiverSettings settings{
      .link = std::move(links.front()),
      .session = {.position = place->position,
                  .elsewhere = std::move(place->elsewhere),
                  .beginning = options.beginning,
                  .channel = options.drill.empty() ? "live" : "drill:" + options.drill},
      .jitter_seed = std::random_device{}()};
  for (std::size_t at = 1; at < links.size(); ++at)
    settings.fallbacks.push_back(std::move(links[at]));
  ReceiptFolder receipts(options.receipts);
  if (!options.on_air.empty()) {
    settings.receipts = &receipts;
    settings.on_air = options.on_air;
  }
  if (options.count_max) settings.count_max = *options.count_max;
  settings.standing = &*standing;
  Receiver receiver(context, std::move(settings), store, narrator);

  int caught = 0;
  signals.async_wait([&](const boost::system::error_code& error, int signal) {
    if (error) return;
    caught = signal;
    narrator.stopping();
    // A second signal ends us at once.
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    stop.request_stop();
    receiver.stop();
  });
  std::optional<WitnessRounds> rounds;
  if (!options.witness_state.empty()) {
    rounds.emplace(Witness({options.witness_state, options.audit_keys, options.cosigner}),
                   witnessed, options.witness_every, std::random_device{}(),
                   [&narrator](std::size_t hub, const Finding& finding) {
                     narrator.on_finding(hub, finding);
                   });
    narrator.tell_of_connections([&rounds] { rounds->soon(); });
  }
  receiver.start();
  context.run();
  if (caught == SIGINT) return static_cast<int>(Exit::interrupted);
  return static_cast<int>(narrator.exit());
}

}  // namespace

}  // namespace noroshi::subscribers

int main(int argument_count, char** arguments) {
  namespace ns = noroshi::subscribers;
  std::signal(SIGPIPE, SIG_IGN);
  if (argument_count > 1 && std::string_view(arguments[1]) == "witness")
    return ns::witness_verb(argument_count - 1, arguments + 1);
  const auto options = ns::parse_options(argument_count, arguments);
  if (!options) return static_cast<int>(options.error());
  return options->standing ? ns::print_standing(*options) : ns::receive(*options);
}
