#include "publishers/publish/hub_options.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <iostream>

#include "proto/terminal/context.hpp"
#include "proto/terminal/printable.hpp"
#include "publishers/publish/typed.hpp"

namespace noroshi::publishers {
namespace {

// As noroshi-hub names drills; "" is none.
bool is_drill_id(std::string_view text) {
  return text.size() <= 63 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

void take(const char* variable, std::string& value) {
  const char* given = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): before any thread
  if (value.empty() && given != nullptr) value = given;
}

// What names several hubs is for receivers.
void call_the_first(Typed& typed) {
  if (typed.hub.find(',') == std::string::npos) return;
  for (auto* list : {&typed.hub, &typed.ca, &typed.token_file})
    if (const auto parts = terminal::listed(*list); !parts.empty()) *list = parts.front();
}

}  // namespace

void describe_output(CLI::App& verb, Typed& typed, const Words& w) {
  verb.set_help_flag("-h,--help", text(w.help));
  verb.add_flag("--json", typed.json, text(w.json));
  verb.add_flag("--quiet", typed.quiet, text(w.quiet));
}

void describe_hub(CLI::App& verb, Typed& typed, const Words& w) {
  verb.add_option("--hub", typed.hub, text(w.hub) + " [NOROSHI_HUB]")->type_name("URL");
  verb.add_option("--ca", typed.ca, text(w.ca) + " [NOROSHI_CA]")->type_name("FILE");
  verb.add_option("--token-file", typed.token_file, text(w.token_file) + " [NOROSHI_TOKEN_FILE]")
      ->type_name("FILE");
  verb.add_option("--cert", typed.cert, text(w.cert) + " [NOROSHI_CERT]")->type_name("FILE");
  verb.add_option("--key", typed.key, text(w.key) + " [NOROSHI_KEY]")->type_name("FILE");
  verb.add_option("--context", typed.context, text(w.context) + " [NOROSHI_CONTEXT]")
      ->type_name("NAME");
  verb.add_option("--drill", typed.drill, text(w.drill))->type_name("ID");
  verb.add_option("--timeout", typed.timeout, text(w.timeout))
      ->type_name("S")
      ->check(CLI::Range(1, 86'400));
}

Consent consent_of(const Typed& typed) { return typed.confirm ? Consent::said : Consent::ask; }

tl::expected<HubOptions, Exit> hub_of(const Typed& typed, const Words& w) {
  if (typed.hub.empty()) return usage(w.needed, "--hub");
  const bool by_certificate = !typed.cert.empty() || !typed.key.empty();
  if (by_certificate && !typed.token_file.empty()) return usage(w.one_identity);
  if (by_certificate && typed.cert.empty()) return usage(w.needed, "--cert");
  if (by_certificate && typed.key.empty()) return usage(w.needed, "--key");
  if (!by_certificate && typed.token_file.empty()) return usage(w.needed_identity);
  const auto hub = wire::hub_address(typed.hub);
  if (!hub) return usage(w.bad_url, terminal::printable(typed.hub), hub.error().detail);
  if (!is_drill_id(typed.drill)) return usage(w.bad_drill, terminal::printable(typed.drill));
  HubOptions options{*hub, std::nullopt, typed.token_file, typed.cert, typed.key, typed.drill};
  if (!typed.ca.empty()) options.ca = typed.ca;
  return options;
}

tl::unexpected<Exit> usage_error(const std::string& message) {
  std::cerr << "noroshi-publish: " << message << '\n';
  return tl::unexpected(Exit::usage);
}

tl::expected<void, Exit> take_surroundings(Typed& typed, const Words& w) {
  take("NOROSHI_CONTEXT", typed.context);
  take("NOROSHI_HUB", typed.hub);
  take("NOROSHI_CA", typed.ca);
  take("NOROSHI_CITY", typed.order.city);
  const bool identified = !typed.token_file.empty() || !typed.cert.empty() || !typed.key.empty();
  if (!identified) {
    take("NOROSHI_TOKEN_FILE", typed.token_file);
    take("NOROSHI_CERT", typed.cert);
    take("NOROSHI_KEY", typed.key);
  }
  call_the_first(typed);
  if (typed.context.empty()) return {};
  const auto named = terminal::read_context(terminal::contexts_file(), typed.context);
  if (!named) {
    const bool unknown = named.error().code == ErrorCode::not_found;
    usage(unknown ? w.unknown_context : w.context_unfit, terminal::printable(typed.context),
          terminal::printable(named.error().detail));
    return tl::unexpected(Exit::configuration);
  }
  auto [hub, ca, token_file, cert, key, city, drill] = terminal::filled_in(
      {typed.hub, typed.ca, typed.token_file, typed.cert, typed.key, typed.order.city, typed.drill},
      *named);
  typed.hub = std::move(hub);
  typed.ca = std::move(ca);
  typed.token_file = std::move(token_file);
  typed.cert = std::move(cert);
  typed.key = std::move(key);
  typed.order.city = std::move(city);
  typed.drill = std::move(drill);
  call_the_first(typed);
  return {};
}

std::optional<Wait> wait_of(const std::string& text) {
  Wait wait;
  const auto colon = text.find(':');
  const auto until = text.substr(0, colon);
  if (until != "delivered" && until != "shown") return std::nullopt;
  if (until == "shown") wait.until = Wait::Until::shown;
  const auto whose = colon == std::string::npos ? "all" : text.substr(colon + 1);
  if (whose == "all") return wait;
  wait.whose = whose == "connected" ? Wait::Whose::connected : Wait::Whose::number;
  if (whose == "connected") return wait;
  const auto* const end = whose.data() + whose.size();
  const auto [at, error] = std::from_chars(whose.data(), end, wait.number);
  if (error != std::errc() || at != end || wait.number == 0) return std::nullopt;
  return wait;
}

}  // namespace noroshi::publishers
