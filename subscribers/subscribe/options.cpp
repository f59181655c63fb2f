#include "subscribers/subscribe/options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <iostream>

#include "proto/terminal/context.hpp"
#include "proto/terminal/printable.hpp"
#include "subscribers/subscribe/audit_keys.hpp"
#include "subscribers/subscribe/command.hpp"
#include "subscribers/subscribe/witness_words.hpp"
#include "subscribers/subscribe/words.hpp"

namespace noroshi::subscribers {

using terminal::printable;

namespace {

// As typed, before it is understood.
struct Typed {
  std::vector<std::string> hub, ca, token_file, audit_key;
  std::string cert, key, context, drill, from, format, language, out, exec, ack, on_air, receipts,
      witness_state, cosign;
  std::uint64_t width = 0;
  std::uint64_t exec_timeout = 30;
  std::uint64_t count = 0;
  std::uint64_t witness = 300;
  bool states = false;
  bool standing = false;
  bool quiet = false;
};

template <class... Values>
tl::unexpected<Exit> usage(std::string_view pattern, const Values&... values) {
  std::cerr << "noroshi-subscribe: " << fmt::format(fmt::runtime(pattern), values...) << '\n';
  return tl::unexpected(Exit::usage);
}

std::optional<Beginning> beginning_of(const std::string& from) {
  if (from.empty()) return Beginning{};
  if (from == "now") return Beginning{Beginning::Kind::now, 0};
  std::uint64_t sequence = 0;
  const auto end = from.data() + from.size();
  const auto [at, error] = std::from_chars(from.data(), end, sequence);
  if (error != std::errc() || at != end) return std::nullopt;
  return Beginning{Beginning::Kind::after, sequence > 0 ? sequence - 1 : 0};
}

// As noroshi-hub names drills.
bool is_drill_id(std::string_view text) {
  return text.size() <= 63 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

// ops/docs/contract.md, "Receipts".
bool is_medium(std::string_view text) {
  constexpr std::array<std::string_view, 8> media{"tv.lshape", "tv.data", "radio",  "signage",
                                                  "app",       "web",     "carnav", "cell"};
  return std::find(media.begin(), media.end(), text) != media.end();
}

std::optional<Format> format_of(const std::string& name) {
  if (name.empty() || name == "json") return Format::json;
  if (name == "xml") return Format::xml;
  if (name == "geojson") return Format::geojson;
  if (name == "ticker") return Format::ticker;
  if (name == "radio") return Format::radio;
  return std::nullopt;
}

void describe(CLI::App& app, Typed& typed, const Words& w) {
  const auto text = [](std::string_view words) { return std::string(words); };
  app.set_help_flag("-h,--help", text(w.help));
  app.set_version_flag("--version", "noroshi-subscribe " NOROSHI_VERSION, text(w.version));
  const auto list = [&](const std::string& name, std::vector<std::string>& values,
                        std::string_view words, const char* variable, const char* type) {
    app.add_option(name, values, text(words))
        ->envname(variable)
        ->type_name(type)
        ->delimiter(',')
        ->allow_extra_args(false);
  };
  list("--hub", typed.hub, w.hub, "NOROSHI_HUB", "URL");
  list("--ca", typed.ca, w.ca, "NOROSHI_CA", "FILE");
  list("--token-file", typed.token_file, w.token_file, "NOROSHI_TOKEN_FILE", "FILE");
  app.add_option("--cert", typed.cert, text(w.cert))->envname("NOROSHI_CERT")->type_name("FILE");
  app.add_option("--key", typed.key, text(w.key))->envname("NOROSHI_KEY")->type_name("FILE");
  app.add_option("--context", typed.context, text(w.context))
      ->envname("NOROSHI_CONTEXT")
      ->type_name("NAME");
  app.add_option("--drill", typed.drill, text(w.drill))->type_name("ID");
  app.add_option("--from", typed.from, text(w.from))->type_name("SEQ|now");
  auto* format = app.add_option("--format", typed.format, text(w.format));
  format->type_name("json|xml|geojson|ticker|radio");
  app.add_option("--width", typed.width, text(w.width))
      ->type_name("15|40|80")
      ->check(CLI::IsMember({15, 40, 80}))
      ->needs(format);
  app.add_option("--language", typed.language, text(w.language))->type_name("TAG")->needs(format);
  auto* out = app.add_option("--out", typed.out, text(w.out))->type_name("DIR");
  auto* exec = app.add_option("--exec", typed.exec, text(w.exec))->type_name("CMD");
  out->excludes(exec);
  app.add_option("--exec-timeout", typed.exec_timeout, text(w.exec_timeout))
      ->type_name("S")
      ->check(CLI::Range(1, 86'400))
      ->needs(exec);
  app.add_option("--ack", typed.ack, text(w.ack))->type_name("stored|handled");
  app.add_flag("--states", typed.states, text(w.states));
  app.add_flag("--standing", typed.standing, text(w.standing))->needs(out);
  auto* on_air = app.add_option("--on-air", typed.on_air, text(w.on_air));
  on_air->type_name("MEDIUM");
  app.add_option("--receipts", typed.receipts, text(w.receipts))->type_name("DIR")->needs(on_air);
  const auto& ww = witness_words();
  app.add_option("--witness", typed.witness, text(ww.witness))
      ->type_name("S")
      ->check(CLI::Range(0, 86'400));
  app.add_option("--witness-state", typed.witness_state, text(ww.witness_state))->type_name("DIR");
  app.add_option("--audit-key", typed.audit_key, text(ww.audit_key))
      ->type_name("KEY|FILE")
      ->allow_extra_args(false);
  app.add_option("--cosign", typed.cosign, text(ww.cosign))->type_name("FILE");
  app.add_option("--count", typed.count, text(w.count))
      ->type_name("N")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1} << 53U));
  app.add_flag("--quiet", typed.quiet, text(w.quiet));
}

std::string joined(const std::vector<std::string>& texts) {
  return fmt::format("{}", fmt::join(texts, ","));
}

// Fills in what the context that is named has and the command line and NOROSHI_… have not.
tl::expected<void, Exit> take_context(Typed& typed, const Words& w) {
  if (typed.context.empty()) return {};
  const auto named = terminal::read_context(terminal::contexts_file(), typed.context);
  if (!named) {
    const bool unknown = named.error().code == ErrorCode::not_found;
    usage(unknown ? w.unknown_context : w.context_unfit, printable(typed.context),
          printable(named.error().detail));
    return tl::unexpected(Exit::configuration);
  }
  auto [hub, ca, token_file, cert, key, city, drill] =
      terminal::filled_in({joined(typed.hub), joined(typed.ca), joined(typed.token_file),
                           typed.cert, typed.key, "", typed.drill},
                          *named);
  typed.hub = terminal::listed(hub);
  typed.ca = terminal::listed(ca);
  typed.token_file = terminal::listed(token_file);
  typed.cert = std::move(cert);
  typed.key = std::move(key);
  typed.drill = std::move(drill);
  return {};
}

// One file for all hubs, or each its own.
const std::string* file_for(const std::vector<std::string>& files, std::size_t hub) {
  if (files.empty()) return nullptr;
  return &files[files.size() == 1 ? 0 : hub];
}

tl::expected<std::vector<HubOption>, Exit> hubs_of(const Typed& typed, const Words& w) {
  constexpr std::size_t hubs_max = 8;
  const auto fits = [&](const std::vector<std::string>& files) {
    return files.size() <= 1 || files.size() == typed.hub.size();
  };
  if (typed.hub.size() > hubs_max || !fits(typed.ca) || !fits(typed.token_file))
    return usage(w.hubs_and_files);
  std::vector<HubOption> hubs;
  for (const auto& url : typed.hub) {
    const auto address = wire::hub_address(url);
    if (!address) return usage(w.bad_url, printable(url), address.error().detail);
    auto& hub = hubs.emplace_back(HubOption{url, *address, std::nullopt, {}});
    if (const auto* ca = file_for(typed.ca, hubs.size() - 1)) hub.ca = *ca;
    if (const auto* token = file_for(typed.token_file, hubs.size() - 1)) hub.token_file = *token;
  }
  return hubs;
}

bool for_people_or_programs(Format format) {
  return format == Format::json || format == Format::ticker;
}

tl::expected<void, Exit> understand_witness(const Typed& typed, Options& options) {
  if (typed.witness == 0) return {};
  if (!typed.drill.empty() && typed.witness_state.empty()) return {};
  options.witness_every = std::chrono::seconds{typed.witness};
  if (!typed.out.empty()) options.witness_state = std::filesystem::path(typed.out) / "witness";
  if (!typed.witness_state.empty()) options.witness_state = typed.witness_state;
  if (!typed.audit_key.empty() && options.witness_state.empty())
    return usage(words().needed, "--witness-state");
  for (const auto& text : typed.audit_key) {
    auto key = audit_key_of(text);
    if (!key) return usage(witness_words().bad_key, printable(text), key.error().detail);
    options.audit_keys.push_back(*std::move(key));
  }
  if (typed.cosign.empty()) return {};
  if (options.witness_state.empty()) return usage(words().needed, "--witness-state");
  auto cosigner = read_cosigner(typed.cosign);
  if (!cosigner) {
    usage(witness_words().bad_cosigner, printable(typed.cosign), cosigner.error().detail);
    return tl::unexpected(Exit::configuration);
  }
  options.cosigner = *std::move(cosigner);
  return {};
}

// What stands in a folder: no hub is asked.
tl::expected<Options, Exit> understand_standing(const Typed& typed, const Words& w) {
  const auto format = format_of(typed.format);
  if (!format) return usage(w.bad_format, printable(typed.format));
  if (!for_people_or_programs(*format) || typed.width != 0) return usage(w.states_format);
  Options options;
  options.standing = true;
  options.out = typed.out;
  options.print.format = *format;
  return options;
}

tl::expected<Options, Exit> understand(const Typed& typed, const Words& w) {
  if (typed.standing) return understand_standing(typed, w);
  if (typed.hub.empty()) return usage(w.needed, "--hub");
  const bool by_certificate = !typed.cert.empty() || !typed.key.empty();
  if (by_certificate && !typed.token_file.empty()) return usage(w.one_identity);
  if (by_certificate && typed.cert.empty()) return usage(w.needed, "--cert");
  if (by_certificate && typed.key.empty()) return usage(w.needed, "--key");
  if (!by_certificate && typed.token_file.empty()) return usage(w.needed, "--token-file");
  auto hubs = hubs_of(typed, w);
  if (!hubs) return tl::unexpected(hubs.error());
  if (!typed.drill.empty() && !is_drill_id(typed.drill))
    return usage(w.bad_drill, printable(typed.drill));
  const auto beginning = beginning_of(typed.from);
  if (!beginning) return usage(w.bad_from, printable(typed.from));
  const auto format = format_of(typed.format);
  if (!format) return usage(w.bad_format, printable(typed.format));
  if (typed.states && (!for_people_or_programs(*format) || typed.width != 0))
    return usage(w.states_format);
  if (!typed.format.empty() && !typed.states && !(typed.out.empty() && typed.exec.empty()))
    return usage(w.out_and_format);
  if (typed.width != 0 && *format != Format::ticker) return usage(w.width_of_ticker);
  if (!typed.ack.empty() && typed.ack != "stored" && typed.ack != "handled")
    return usage(w.bad_ack, printable(typed.ack));
  if (typed.ack == "stored" && !typed.exec.empty()) return usage(w.ack_needs_store);

  if (!typed.on_air.empty() && !is_medium(typed.on_air))
    return usage(w.bad_medium, printable(typed.on_air));
  if (!typed.on_air.empty() && typed.receipts.empty() && typed.out.empty())
    return usage(w.needed, "--receipts");

  Options options;
  options.on_air = typed.on_air;
  options.receipts = typed.receipts.empty() ? std::filesystem::path(typed.out) / "receipts"
                                            : std::filesystem::path(typed.receipts);
  options.hubs = std::move(*hubs);
  options.certificate = typed.cert;
  options.key = typed.key;
  options.drill = typed.drill;
  options.beginning = *beginning;
  options.print = {*format, typed.width, typed.language};
  options.states = typed.states;
  options.command_limit = std::chrono::seconds{typed.exec_timeout};
  if (!typed.out.empty()) options.out = typed.out;
  if (typed.quiet) options.speech = Speech::errors_only;
  if (typed.count > 0) options.count_max = typed.count;
  if (auto taken = understand_witness(typed, options); !taken) return tl::unexpected(taken.error());
  if (!typed.exec.empty()) {
    auto command = split_arguments(typed.exec);
    if (!command) return usage(w.bad_exec, command.error().detail);
    options.command = std::move(*command);
  }
  return options;
}

}  // namespace

tl::expected<Options, Exit> parse_options(int argument_count, const char* const* arguments) {
  const auto& w = words();
  Typed typed;
  CLI::App app(std::string(w.about), "noroshi-subscribe");
  app.footer(std::string(w.examples));
  describe(app, typed, w);
  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::ParseError& error) {
    // CLI11 prints help and version to stdout, errors to stderr; its own codes begin at 100.
    return tl::unexpected(app.exit(error) == 0 ? Exit::ok : Exit::usage);
  }
  if (const auto taken = take_context(typed, w); !taken) return tl::unexpected(taken.error());
  return understand(typed, w);
}

}  // namespace noroshi::subscribers
