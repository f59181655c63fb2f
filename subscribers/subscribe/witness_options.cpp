#include "subscribers/subscribe/witness_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "proto/terminal/context.hpp"
#include "proto/terminal/printable.hpp"
#include "subscribers/subscribe/audit_keys.hpp"
#include "subscribers/subscribe/witness_words.hpp"
#include "subscribers/subscribe/words.hpp"

namespace noroshi::subscribers {

namespace {

struct TypedWitness {
  terminal::Context caller;
  std::string context, state, cosign;
  std::vector<std::string> audit_key;
  std::uint64_t every = 300;
  bool once = false;
  bool quiet = false;
};

template <class... Values>
tl::unexpected<Exit> wrong(Exit exit, std::string_view pattern, const Values&... values) {
  std::cerr << "noroshi-subscribe: " << fmt::format(fmt::runtime(pattern), values...) << '\n';
  return tl::unexpected(exit);
}

void describe_witness(CLI::App& app, TypedWitness& typed) {
  const auto& w = words();
  const auto& ww = witness_words();
  const auto text = [](std::string_view words) { return std::string(words); };
  app.set_help_flag("-h,--help", text(w.help));
  auto& caller = typed.caller;
  app.add_option("--hub", caller.hub, text(ww.hub))->envname("NOROSHI_HUB")->type_name("URL");
  app.add_option("--ca", caller.ca, text(ww.ca))->envname("NOROSHI_CA")->type_name("FILE");
  app.add_option("--token-file", caller.token_file, text(ww.token_file))
      ->envname("NOROSHI_TOKEN_FILE")
      ->type_name("FILE");
  app.add_option("--cert", caller.cert, text(w.cert))->envname("NOROSHI_CERT")->type_name("FILE");
  app.add_option("--key", caller.key, text(w.key))->envname("NOROSHI_KEY")->type_name("FILE");
  app.add_option("--context", typed.context, text(w.context))
      ->envname("NOROSHI_CONTEXT")
      ->type_name("NAME");
  app.add_option("--state", typed.state, text(ww.state))->type_name("DIR");
  app.add_option("--audit-key", typed.audit_key, text(ww.audit_key))
      ->type_name("KEY|FILE")
      ->allow_extra_args(false);
  app.add_option("--cosign", typed.cosign, text(ww.cosign))->type_name("FILE");
  auto* once = app.add_flag("--once", typed.once, text(ww.once));
  app.add_option("--every", typed.every, text(ww.every))
      ->type_name("S")
      ->check(CLI::Range(1, 86'400))
      ->excludes(once);
  app.add_flag("--quiet", typed.quiet, text(ww.quiet));
}

tl::expected<void, Exit> take_named(TypedWitness& typed) {
  if (typed.context.empty()) return {};
  const auto& w = words();
  const auto named = terminal::read_context(terminal::contexts_file(), typed.context);
  if (!named)
    return wrong(Exit::configuration,
                 named.error().code == ErrorCode::not_found ? w.unknown_context : w.context_unfit,
                 terminal::printable(typed.context), terminal::printable(named.error().detail));
  typed.caller = terminal::filled_in(typed.caller, *named);
  return {};
}

tl::expected<WitnessOptions, Exit> understand_witness(const TypedWitness& typed) {
  const auto& w = words();
  const auto& [hub, ca, token_file, cert, key, city, drill] = typed.caller;
  if (hub.empty()) return wrong(Exit::usage, w.needed, "--hub");
  if (hub.find(',') != std::string::npos) return wrong(Exit::usage, witness_words().one_hub);
  if (typed.state.empty()) return wrong(Exit::usage, w.needed, "--state");
  const bool by_certificate = !cert.empty() || !key.empty();
  if (by_certificate && !token_file.empty()) return wrong(Exit::usage, w.one_identity);
  if (by_certificate && cert.empty()) return wrong(Exit::usage, w.needed, "--cert");
  if (by_certificate && key.empty()) return wrong(Exit::usage, w.needed, "--key");
  if (!by_certificate && token_file.empty()) return wrong(Exit::usage, w.needed, "--token-file");
  const auto address = wire::hub_address(hub);
  if (!address)
    return wrong(Exit::usage, w.bad_url, terminal::printable(hub), address.error().detail);
  WitnessOptions options{.url = hub,
                         .hub = *address,
                         .caller = {std::nullopt, token_file, cert, key},
                         .state = typed.state,
                         .pinned = {},
                         .every = std::chrono::seconds{typed.every},
                         .once = typed.once,
                         .speech = typed.quiet ? Speech::errors_only : Speech::full};
  if (!ca.empty()) options.caller.ca = ca;
  for (const auto& text : typed.audit_key) {
    auto pinned = audit_key_of(text);
    if (!pinned)
      return wrong(Exit::usage, witness_words().bad_key, terminal::printable(text),
                   pinned.error().detail);
    options.pinned.push_back(*std::move(pinned));
  }
  if (typed.cosign.empty()) return options;
  auto cosigner = read_cosigner(typed.cosign);
  if (!cosigner)
    return wrong(Exit::configuration, witness_words().bad_cosigner,
                 terminal::printable(typed.cosign), cosigner.error().detail);
  options.cosigner = *std::move(cosigner);
  return options;
}

}  // namespace

tl::expected<WitnessOptions, Exit> parse_witness_options(int argument_count,
                                                         const char* const* arguments) {
  TypedWitness typed;
  CLI::App app(std::string(witness_words().about), "noroshi-subscribe witness");
  app.footer(std::string(witness_words().examples));
  describe_witness(app, typed);
  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::ParseError& error) {
    return tl::unexpected(app.exit(error) == 0 ? Exit::ok : Exit::usage);
  }
  if (const auto taken = take_named(typed); !taken) return tl::unexpected(taken.error());
  return understand_witness(typed);
}

}  // namespace noroshi::subscribers
