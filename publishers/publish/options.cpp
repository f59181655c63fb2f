#include "publishers/publish/options.hpp"

#include <algorithm>

#include "proto/terminal/printable.hpp"
#include "publishers/publish/typed.hpp"

namespace noroshi::publishers {

namespace {

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

using Verb = decltype(Options::verb);

tl::expected<Verb, Exit> validate_of(const Typed& typed, const Words& w) {
  if (std::count(typed.files.begin(), typed.files.end(), "-") > 1) return usage(w.one_stdin);
  return ValidateOptions{typed.files};
}

tl::expected<Verb, Exit> sign_of(const Typed& typed) {
  return SignOptions{typed.file, typed.key, typed.cert, typed.out};
}

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

tl::expected<Options, Exit> parse_options(int argument_count, const char* const* arguments) {
  const auto& w = words();
  Typed typed;
  CLI::App app(text(w.about), "noroshi-publish");
  describe(app, typed, w);
  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::ParseError& error) {
    // CLI11 prints help and version to stdout.
    if (error.get_exit_code() == 0)
      return tl::unexpected(app.exit(error) == 0 ? Exit::ok : Exit::failed);
    return usage(w.bad_usage, terminal::printable(error.what()));
  }
  const bool calls = !app.got_subcommand("validate") && !app.got_subcommand("sign");
  if (calls)
    if (const auto taken = take_surroundings(typed, w); !taken)
      return tl::unexpected(taken.error());
  const auto verb = verb_of(app, typed, w);
  if (!verb) return tl::unexpected(verb.error());
  return Options{*verb, typed.json ? Output::json : Output::text,
                 typed.quiet ? Speech::errors_only : Speech::full};
}

}  // namespace noroshi::publishers
