#include "publishers/publish/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <iostream>

#include "proto/cap/instant.hpp"
#include "proto/jp/codes.hpp"
#include "proto/terminal/printable.hpp"
#include "publishers/publish/words.hpp"

namespace noroshi::publishers {

namespace {

// As typed, before it is understood.
struct Typed {
  std::vector<std::string> files;
  std::string file, alert, hub, ca, token_file, cert, key, drill, wait, out;
  std::string break_glass, replaces, id, reason;
  std::uint64_t timeout = 30;
  bool confirm = false, watch = false, json = false, quiet = false;
  OrderOptions order;
  std::string level;
  bool zone = false, none = false, as_draft = false, dry_run = false;
};

std::string text(std::string_view words) { return std::string(words); }

template <class... Values>
tl::unexpected<Exit> usage(std::string_view pattern, const Values&... values) {
  std::cerr << "noroshi-publish: " << fmt::format(fmt::runtime(pattern), values...) << '\n';
  return tl::unexpected(Exit::usage);
}

void describe_output(CLI::App& verb, Typed& typed, const Words& w) {
  verb.set_help_flag("-h,--help", text(w.help));
  verb.add_flag("--json", typed.json, text(w.json));
  verb.add_flag("--quiet", typed.quiet, text(w.quiet));
}

void describe_hub(CLI::App& verb, Typed& typed, const Words& w) {
  verb.add_option("--hub", typed.hub, text(w.hub))->envname("NOROSHI_HUB")->type_name("URL");
  verb.add_option("--ca", typed.ca, text(w.ca))->envname("NOROSHI_CA")->type_name("FILE");
  verb.add_option("--token-file", typed.token_file, text(w.token_file))
      ->envname("NOROSHI_TOKEN_FILE")
      ->type_name("FILE");
  verb.add_option("--cert", typed.cert, text(w.cert))->envname("NOROSHI_CERT")->type_name("FILE");
  verb.add_option("--key", typed.key, text(w.key))->envname("NOROSHI_KEY")->type_name("FILE");
  verb.add_option("--drill", typed.drill, text(w.drill))->type_name("ID");
  verb.add_option("--timeout", typed.timeout, text(w.timeout))
      ->type_name("S")
      ->check(CLI::Range(1, 86'400));
}

void describe_drafts(CLI::App& app, Typed& typed, const Words& w) {
  auto* draft = app.add_subcommand("draft", text(w.draft));
  draft->footer(text(w.draft_examples));
  draft->add_option("FILE", typed.file, text(w.file))->required()->type_name("");
  draft->add_option("--replaces", typed.replaces, text(w.replaces))->type_name("ID");
  draft->add_flag("--confirm", typed.confirm, text(w.confirm));

  auto* drafts = app.add_subcommand("drafts", text(w.drafts));

  auto* approve = app.add_subcommand("approve", text(w.approve));
  approve->footer(text(w.approve_examples));
  approve->add_flag("--yes", typed.confirm, text(w.yes));

  auto* withdraw = app.add_subcommand("withdraw", text(w.withdraw));
  withdraw->add_option("--reason", typed.reason, text(w.reason))->required()->type_name("TEXT");

  for (auto* verb : {approve, withdraw})
    verb->add_option("ID", typed.id, text(w.draft_id))->required()->type_name("");
  for (auto* verb : {draft, drafts, approve, withdraw}) {
    describe_hub(*verb, typed, w);
    describe_output(*verb, typed, w);
  }
}

void describe_reasons(CLI::App& verb, Typed& typed, const Words& w) {
  verb.add_option("--reason", typed.order.reason, text(w.order_reason));
  verb.add_option("--city", typed.order.city, text(w.city))
      ->envname("NOROSHI_CITY")
      ->type_name("FILE")
      ->required();
  verb.add_option("--from", typed.order.from, text(w.from))->type_name("FILE");
  verb.add_option("--wait", typed.wait, text(w.wait))->type_name("delivered|shown[:…]");
  verb.add_flag("--confirm", typed.confirm, text(w.confirm));
  verb.add_option("--break-glass", typed.break_glass, text(w.break_glass))->type_name("TEXT");
  verb.add_flag("--draft", typed.as_draft, text(w.as_draft));
  verb.add_flag("--dry-run", typed.dry_run, text(w.dry_run));
  describe_hub(verb, typed, w);
  describe_output(verb, typed, w);
}

void describe_matter(CLI::App& verb, Typed& typed, const Words& w) {
  auto& order = typed.order;
  verb.add_option("--level", typed.level, text(w.level))->check(CLI::IsMember({"3", "4", "5"}));
  verb.add_flag("--zone", typed.zone, text(w.zone));
  verb.add_option("--hazard", order.hazard, text(w.hazard))->check([](const std::string& word) {
    return jp::is_hazard(word) ? std::string() : word;
  });
  verb.add_option("--district", order.districts, text(w.district))->type_name("ID");
  verb.add_flag("--whole", order.whole, text(w.whole));
  verb.add_option("--reason-code", order.reason_code, text(w.reason_code))
      ->check([](const std::string& word) { return jp::is_reason(word) ? std::string() : word; });
  verb.add_option("--local", order.local, text(w.local));
}

// order, correct, lift and cancel.
void describe_order(CLI::App& app, Typed& typed, const Words& w) {
  auto& order = typed.order;
  auto* issue = app.add_subcommand("order", text(w.order));
  issue->footer(text(w.order_examples));
  describe_matter(*issue, typed, w);
  issue->add_flag("--none", typed.none, text(w.none));
  issue->add_option("--update", order.alert, text(w.update))->type_name("ALERT");
  issue->add_option("--decided", order.decided, text(w.decided))->type_name("TIME");
  issue->add_flag("--late", order.late, text(w.late));
  describe_reasons(*issue, typed, w);

  auto* correct = app.add_subcommand("correct", text(w.correct));
  correct->footer(text(w.correct_examples));
  correct->add_option("ALERT", order.alert, text(w.alert))->type_name("");
  describe_matter(*correct, typed, w);
  describe_reasons(*correct, typed, w);

  auto* lift = app.add_subcommand("lift", text(w.lift));
  lift->footer(text(w.lift_examples));
  lift->add_option("ALERT", order.alert, text(w.alert))->type_name("");
  lift->add_option("--district", order.districts, text(w.lift_district))->type_name("ID");
  describe_reasons(*lift, typed, w);

  auto* cancel = app.add_subcommand("cancel", text(w.cancel));
  cancel->footer(text(w.cancel_examples));
  cancel->add_option("ALERT", order.alert, text(w.alert))->type_name("");
  describe_reasons(*cancel, typed, w);
}

void describe(CLI::App& app, Typed& typed, const Words& w) {
  app.set_help_flag("-h,--help", text(w.help));
  app.set_version_flag("--version", "noroshi-publish " NOROSHI_VERSION, text(w.version));
  app.footer(text(w.examples));
  app.require_subcommand(1);

  auto* validate = app.add_subcommand("validate", text(w.validate));
  validate->footer(text(w.validate_examples));
  validate->add_option("FILE", typed.files, text(w.files))->required()->type_name("");
  describe_output(*validate, typed, w);

  auto* sign = app.add_subcommand("sign", text(w.sign));
  sign->footer(text(w.sign_examples));
  sign->set_help_flag("-h,--help", text(w.help));
  sign->add_option("FILE", typed.file, text(w.file))->required()->type_name("");
  sign->add_option("--key", typed.key, text(w.sign_key))->required()->type_name("FILE");
  sign->add_option("--cert", typed.cert, text(w.sign_certificate))->required()->type_name("FILE");
  sign->add_option("--out", typed.out, text(w.sign_out))->type_name("FILE");
  sign->add_flag("--quiet", typed.quiet, text(w.quiet));

  auto* send = app.add_subcommand("send", text(w.send));
  send->footer(text(w.send_examples));
  send->add_option("FILE", typed.file, text(w.file))->required()->type_name("");
  send->add_flag("--confirm", typed.confirm, text(w.confirm));
  send->add_option("--break-glass", typed.break_glass, text(w.break_glass))->type_name("TEXT");
  send->add_option("--wait", typed.wait, text(w.wait))->type_name("delivered|shown[:…]");
  describe_hub(*send, typed, w);
  describe_output(*send, typed, w);

  describe_drafts(app, typed, w);
  describe_order(app, typed, w);

  auto* status = app.add_subcommand("status", text(w.status));
  status->footer(text(w.status_examples));
  status->add_option("ALERT", typed.alert, text(w.alert))->required()->type_name("");
  auto* watch = status->add_flag("--watch", typed.watch, text(w.watch));
  status->add_option("--wait", typed.wait, text(w.wait))
      ->type_name("delivered|shown[:…]")
      ->needs(watch);
  describe_hub(*status, typed, w);
  describe_output(*status, typed, w);
}

// As noroshi-hub names drills; "" is none.
bool is_drill_id(std::string_view text) {
  return text.size() <= 63 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

tl::expected<HubOptions, Exit> hub_of(const Typed& typed, const Words& w) {
  if (typed.hub.empty()) return usage(w.needed, "--hub");
  const bool by_certificate = !typed.cert.empty() || !typed.key.empty();
  if (by_certificate && !typed.token_file.empty()) return usage(w.one_identity);
  if (by_certificate && typed.cert.empty()) return usage(w.needed, "--cert");
  if (by_certificate && typed.key.empty()) return usage(w.needed, "--key");
  if (!by_certificate && typed.token_file.empty()) return usage(w.needed, "--token-file");
  const auto hub = wire::hub_address(typed.hub);
  if (!hub) return usage(w.bad_url, terminal::printable(typed.hub), hub.error().detail);
  if (!is_drill_id(typed.drill)) return usage(w.bad_drill, terminal::printable(typed.drill));
  HubOptions options{*hub, std::nullopt, typed.token_file, typed.cert, typed.key, typed.drill};
  if (!typed.ca.empty()) options.ca = typed.ca;
  return options;
}

using Verb = decltype(Options::verb);

tl::expected<Verb, Exit> validate_of(const Typed& typed, const Words& w) {
  if (std::count(typed.files.begin(), typed.files.end(), "-") > 1) return usage(w.one_stdin);
  return ValidateOptions{typed.files};
}

tl::expected<Verb, Exit> sign_of(const Typed& typed) {
  return SignOptions{typed.file, typed.key, typed.cert, typed.out};
}

Consent consent_of(const Typed& typed) { return typed.confirm ? Consent::said : Consent::ask; }

tl::expected<Verb, Exit> draft_verb_of(const CLI::App& app, const Typed& typed, const Words& w) {
  auto hub = hub_of(typed, w);
  if (!hub) return tl::unexpected(hub.error());
  const std::chrono::seconds timeout{typed.timeout};
  if (app.got_subcommand("draft"))
    return DraftOptions{typed.file, typed.replaces, std::move(*hub), timeout, consent_of(typed)};
  if (app.got_subcommand("drafts")) return DraftsOptions{std::move(*hub), timeout};
  if (app.got_subcommand("approve"))
    return ApproveOptions{typed.id, std::move(*hub), timeout, consent_of(typed)};
  return WithdrawOptions{typed.id, typed.reason, std::move(*hub), timeout};
}

bool is_about_drafts(const CLI::App& app) {
  return app.got_subcommand("draft") || app.got_subcommand("drafts") ||
         app.got_subcommand("approve") || app.got_subcommand("withdraw");
}

tl::expected<Verb, Exit> send_of(const Typed& typed, const Words& w) {
  auto hub = hub_of(typed, w);
  if (!hub) return tl::unexpected(hub.error());
  SendOptions options{typed.file, std::move(*hub), std::nullopt,
                      std::chrono::seconds{typed.timeout}};
  options.consent = consent_of(typed);
  options.break_glass = typed.break_glass;
  if (typed.wait.empty()) return options;
  options.wait = wait_of(typed.wait);
  if (!options.wait) return usage(w.bad_wait, terminal::printable(typed.wait));
  return options;
}

tl::expected<Verb, Exit> status_of(const Typed& typed, const Words& w) {
  auto hub = hub_of(typed, w);
  if (!hub) return tl::unexpected(hub.error());
  using Watch = StatusOptions::Watch;
  const auto wait = typed.wait.empty() ? Wait{} : wait_of(typed.wait);
  if (!wait) return usage(w.bad_wait, terminal::printable(typed.wait));
  return StatusOptions{typed.alert, std::move(*hub), std::chrono::seconds{typed.timeout},
                       typed.watch ? Watch::until_all : Watch::once, *wait};
}

// What has to be there and may not be together; an empty text is fine.
std::string missing_in(const Typed& typed) {
  using Deed = OrderOptions::Deed;
  const auto& order = typed.order;
  const bool continues = !order.alert.empty() || !order.from.empty();
  if (order.deed == Deed::order) {
    if (typed.level.empty() + !typed.zone + !typed.none != 2) return "--level | --zone | --none";
    if (!continues && !typed.none && order.hazard.empty()) return "--hazard";
    if (!continues && !typed.none && order.districts.empty() && !order.whole)
      return "--district | --whole";
  } else {
    if (!continues) return "ALERT | --from";
    if (order.deed != Deed::lift && order.reason.empty()) return "--reason";
  }
  return {};
}

std::string event_of(const Typed& typed) {
  if (typed.none) return "evac.none";
  if (typed.zone) return "evac.zone";
  return typed.level.empty() ? "" : "evac.l" + typed.level;
}

tl::expected<Verb, Exit> order_of(Typed typed, OrderOptions::Deed deed, const Words& w) {
  auto& order = typed.order;
  order.deed = deed;
  if (const auto missing = missing_in(typed); !missing.empty()) return usage(w.needed, missing);
  if (!order.decided.empty() && !cap::unix_milliseconds(order.decided))
    return usage(w.bad_time, terminal::printable(order.decided));
  order.event = event_of(typed);
  if (typed.none) order.whole = true;
  order.run = typed.dry_run    ? OrderOptions::Run::dry
              : typed.as_draft ? OrderOptions::Run::draft
                               : OrderOptions::Run::send;
  order.consent = consent_of(typed);
  order.break_glass = typed.break_glass;
  const bool asks = order.from.empty() && !order.alert.empty();
  if (!typed.dry_run || asks || !typed.hub.empty()) {
    auto hub = hub_of(typed, w);
    if (!hub) return tl::unexpected(hub.error());
    order.hub = std::move(*hub);
  }
  order.timeout = std::chrono::seconds{typed.timeout};
  if (typed.wait.empty()) return order;
  order.wait = wait_of(typed.wait);
  if (!order.wait) return usage(w.bad_wait, terminal::printable(typed.wait));
  return order;
}

tl::expected<Verb, Exit> verb_of(const CLI::App& app, const Typed& typed, const Words& w) {
  using Deed = OrderOptions::Deed;
  if (app.got_subcommand("validate")) return validate_of(typed, w);
  if (app.got_subcommand("sign")) return sign_of(typed);
  if (app.got_subcommand("send")) return send_of(typed, w);
  if (app.got_subcommand("order")) return order_of(typed, Deed::order, w);
  if (app.got_subcommand("correct")) return order_of(typed, Deed::correct, w);
  if (app.got_subcommand("lift")) return order_of(typed, Deed::lift, w);
  if (app.got_subcommand("cancel")) return order_of(typed, Deed::cancel, w);
  if (is_about_drafts(app)) return draft_verb_of(app, typed, w);
  return status_of(typed, w);
}

}  // namespace

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

tl::expected<Options, Exit> parse_options(int argument_count, const char* const* arguments) {
  const auto& w = words();
  Typed typed;
  CLI::App app(text(w.about), "noroshi-publish");
  describe(app, typed, w);
  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::ParseError& error) {
    // CLI11 prints help and version to stdout, errors to stderr; its own codes begin at 100.
    return tl::unexpected(app.exit(error) == 0 ? Exit::ok : Exit::usage);
  }
  const auto verb = verb_of(app, typed, w);
  if (!verb) return tl::unexpected(verb.error());
  return Options{*verb, typed.json ? Output::json : Output::text,
                 typed.quiet ? Speech::errors_only : Speech::full};
}

}  // namespace noroshi::publishers
