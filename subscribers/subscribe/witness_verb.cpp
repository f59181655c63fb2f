#include "subscribers/subscribe/witness_verb.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdio>
#include <random>

#include "subscribers/client/witness_rounds.hpp"
#include "subscribers/subscribe/audit_keys.hpp"
#include "subscribers/subscribe/narrator.hpp"
#include "subscribers/subscribe/witness_options.hpp"
#include "subscribers/subscribe/witness_voice.hpp"
#include "subscribers/subscribe/witness_words.hpp"
#include "subscribers/subscribe/words.hpp"

namespace noroshi::subscribers {

namespace {

Result<LinkSettings> witnessed_hub(const WitnessOptions& options) {
  auto caller = wire::read_caller(options.caller);
  if (!caller) return tl::unexpected(caller.error());
  return LinkSettings{.hub = options.hub,
                      .tls = std::move(caller->tls),
                      .token = std::move(caller->token),
                      .language = std::string(words().code)};
}

// An alarm that was raised stays the answer, whatever is seen later.
Exit worse(Exit before, Exit now) { return before == Exit::conflict ? before : now; }

// witness init NAME FILE
int make_key(int argument_count, const char* const* arguments) {
  const Narrator narrator({}, Speech::full, {});
  const auto& w = witness_words();
  if (argument_count != 4 || arguments[2][0] == '-') {
    narrator.complain(std::string(w.init_usage));
    return static_cast<int>(Exit::usage);
  }
  const auto key = make_cosigner(arguments[2], arguments[3]);
  if (!key) {
    narrator.complain(key.error().detail);
    return static_cast<int>(
        key.error().code == ErrorCode::invalid ? Exit::usage : terminal::exit_of(key.error().code));
  }
  const auto line = key->text() + "\n";
  std::fwrite(line.data(), 1, line.size(), stdout);
  return static_cast<int>(std::fflush(stdout) == 0 ? Exit::ok : Exit::failed);
}

}  // namespace

int witness_verb(int argument_count, const char* const* arguments) {
  if (argument_count > 1 && std::string_view(arguments[1]) == "init")
    return make_key(argument_count, arguments);
  const auto options = parse_witness_options(argument_count, arguments);
  if (!options) return static_cast<int>(options.error());
  Narrator narrator({options->url}, options->speech, {});
  auto hub = witnessed_hub(*options);
  if (!hub) {
    narrator.complain(hub.error().detail);
    return static_cast<int>(terminal::exit_of(hub.error().code));
  }
  boost::asio::io_context context;
  boost::asio::signal_set signals(context, SIGINT, SIGTERM);
  int caught = 0;
  signals.async_wait([&](const boost::system::error_code& error, int signal) {
    if (!error) caught = signal;
  });
  auto exit = Exit::failed;  // read when the rounds have ended
  {
    const WitnessRounds rounds(
        Witness({options->state, options->pinned, options->cosigner}), {*std::move(hub)},
        options->every, std::random_device{}(), [&](std::size_t, const Finding& finding) {
          const auto line =
              finding_json(options->url, finding, narrator.fault_text(finding)) + "\n";
          std::fwrite(line.data(), 1, line.size(), stdout);
          std::fflush(stdout);
          narrator.on_finding(0, finding);
          exit = worse(exit, exit_of(finding));
          if (options->once) boost::asio::post(context, [&signals] { signals.cancel(); });
        });
    context.run();
  }
  return static_cast<int>(caught == SIGINT ? Exit::interrupted : exit);
}

}  // namespace noroshi::subscribers
