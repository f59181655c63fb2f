#include "publishers/publish/order_options.hpp"

#include "proto/cap/instant.hpp"
#include "proto/jp/codes.hpp"
#include "proto/terminal/printable.hpp"
#include "publishers/publish/typed.hpp"

namespace noroshi::publishers {
namespace {

void describe_reasons(CLI::App& verb, Typed& typed, const Words& w) {
  verb.add_option("--reason", typed.order.reason, text(w.order_reason));
  verb.add_option("--city", typed.order.city, text(w.city) + " [NOROSHI_CITY]")->type_name("FILE");
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
  verb.add_option("--level", typed.level, text(w.level))->type_name("3|4|5");
  verb.add_flag("--zone", typed.zone, text(w.zone));
  verb.add_option("--hazard", order.hazard, text(w.hazard))->type_name("HAZARD");
  verb.add_option("--district", order.districts, text(w.district))->type_name("ID");
  verb.add_flag("--whole", order.whole, text(w.whole));
  verb.add_option("--reason-code", order.reason_code, text(w.reason_code))->type_name("CODE");
  verb.add_option("--local", order.local, text(w.local));
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

// The option that has a word which is none of its own, and these; both empty when all is well.
struct Wrong {
  std::string_view option, word, words;
};

Wrong wrong_in(const Typed& typed, const Words& w) {
  const auto& order = typed.order;
  if (!typed.level.empty() && typed.level != "3" && typed.level != "4" && typed.level != "5")
    return {"--level", typed.level, w.level};
  if (!order.hazard.empty() && !jp::is_hazard(order.hazard))
    return {"--hazard", order.hazard, w.hazard};
  if (!order.reason_code.empty() && !jp::is_reason(order.reason_code))
    return {"--reason-code", order.reason_code, w.reason_code};
  return {};
}

std::string event_of(const Typed& typed) {
  if (typed.none) return "evac.none";
  if (typed.zone) return "evac.zone";
  return typed.level.empty() ? "" : "evac.l" + typed.level;
}

}  // namespace

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

tl::expected<OrderOptions, Exit> order_of(Typed typed, OrderOptions::Deed deed, const Words& w) {
  auto& order = typed.order;
  order.deed = deed;
  if (order.city.empty()) return usage(w.needed, "--city");
  if (const auto missing = missing_in(typed); !missing.empty()) return usage(w.needed, missing);
  if (const auto wrong = wrong_in(typed, w); !wrong.option.empty())
    return usage(w.bad_word, wrong.option, terminal::printable(wrong.word), wrong.words);
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

}  // namespace noroshi::publishers
