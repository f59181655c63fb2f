// order, correct, lift, cancel: from a few words to the document, and on its way.
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <random>

#include "proto/cap/instant.hpp"
#include "proto/cap/writer.hpp"
#include "proto/jp/compose.hpp"
#include "proto/jp/levels.hpp"
#include "proto/jp/messages.hpp"
#include "proto/jp/validate.hpp"
#include "publishers/publish/alert_name.hpp"
#include "publishers/publish/city.hpp"
#include "publishers/publish/document.hpp"
#include "publishers/publish/ladder.hpp"
#include "publishers/publish/revision.hpp"
#include "publishers/publish/verbs.hpp"

namespace noroshi::publishers {
namespace {

namespace json = boost::json;
using Deed = OrderOptions::Deed;

constexpr std::size_t ids_shown = 20;

template <class T>
using OrExit = tl::expected<T, Exit>;

std::int64_t now_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

// RFC 9562, version 4.
std::string new_document() {
  std::random_device random;
  std::string text;
  for (int i = 0; i < 16; ++i) {
    auto byte = static_cast<unsigned>(random()) & 0xFFU;
    if (i == 6) byte = 0x40U | (byte & 0x0FU);
    if (i == 8) byte = 0x80U | (byte & 0x3FU);
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += fmt::format("{:02x}", byte);
  }
  return text;
}

OrExit<std::string> asked_for(const OrderOptions& options, const Terminal& terminal) {
  auto hub = hub_of(*options.hub, terminal);
  if (!hub) return tl::unexpected(terminal.report(hub.error()));
  const auto deadline = std::chrono::steady_clock::now() + options.timeout;
  const auto sequence = sequence_of(options.alert, *hub, deadline);
  if (!sequence) return tl::unexpected(terminal.report(sequence.error()));
  if (!*sequence) {
    terminal.complain(filled(terminal.words().unknown_alert, options.alert));
    return tl::unexpected(Exit::not_found);
  }
  auto document = hub->document(**sequence, deadline);
  if (!document) return tl::unexpected(terminal.report(document.error()));
  return std::move(*document);
}

OrExit<std::string> last_document(const OrderOptions& options, const Terminal& terminal) {
  if (options.from.empty()) return asked_for(options, terminal);
  auto bytes = read_document(options.from);
  if (!bytes) return tl::unexpected(terminal.report(bytes.error()));
  return std::move(*bytes);
}

OrExit<jp::Composition> begun(const OrderOptions& options, const City& city,
                              const Terminal& terminal) {
  if (options.alert.empty() && options.from.empty()) {
    jp::Composition fresh;
    fresh.office = city.office;
    fresh.document = new_document();
    if (options.hub) fresh.drill = options.hub->drill;
    return fresh;
  }
  const auto document = last_document(options, terminal);
  if (!document) return tl::unexpected(document.error());
  const auto verdict = jp::validate(*document, std::nullopt, now_ms());
  if (verdict.alert) {
    auto next = continued(*verdict.alert, city);
    if (next) return std::move(*next);
    terminal.complain(filled(terminal.words().not_continued, next.error().detail));
  } else {
    terminal.complain(filled(terminal.words().not_continued, options.alert + options.from));
  }
  return tl::unexpected(Exit::refused);
}

using OrDone = tl::expected<void, Exit>;

// `district` "": nothing at all.
tl::unexpected<Exit> nothing_in_force(const OrderOptions& options, const std::string& district,
                                      const Terminal& terminal) {
  const auto& words = terminal.words();
  const auto& alert = options.alert.empty() ? options.from : options.alert;
  terminal.complain(district.empty() ? filled(words.nothing_in_force, alert)
                                     : filled(words.not_in_force_there, district, alert));
  return tl::unexpected(Exit::not_found);
}

// Orders, or orders otherwise. Never the whole city because nothing was named.
OrDone say(jp::Composition& composition, const OrderOptions& options,
           std::vector<jp::NamedDistrict> districts, const Terminal& terminal) {
  const bool none = options.event == jp::null_report_event;
  if (!none)  // an order ends the report that there is none
    std::erase_if(composition.lines,
                  [](const auto& line) { return line.event == jp::null_report_event; });
  if (districts.empty() && !options.whole) {
    if (change_level(composition, options.event)) return {};
    return nothing_in_force(options, "", terminal);
  }
  auto hazard = options.hazard;
  if (hazard.empty() && !none) {
    const auto only = only_hazard(composition);
    if (!only) {
      terminal.complain(filled(terminal.words().needed, "--hazard"));
      return tl::unexpected(Exit::usage);
    }
    hazard = *only;
  }
  issue(composition, {options.event, hazard, jp::Direction::issue, std::move(districts)});
  return {};
}

OrDone correct(jp::Composition& composition, const OrderOptions& options,
               std::vector<jp::NamedDistrict> districts, const Terminal& terminal) {
  composition.kind = "correction";
  composition.note = options.reason;
  if (composition.lines.empty()) return nothing_in_force(options, "", terminal);
  if (options.event.empty()) return {};
  return say(composition, options, std::move(districts), terminal);
}

// What the deed makes of the composition.
OrDone done(jp::Composition& composition, const OrderOptions& options,
            std::vector<jp::NamedDistrict> districts, const Terminal& terminal) {
  switch (options.deed) {
    case Deed::order:
      if (options.late) composition.kind = "late";
      if (!options.reason.empty()) composition.reason = options.reason;
      return say(composition, options, std::move(districts), terminal);
    case Deed::correct:
      return correct(composition, options, std::move(districts), terminal);
    case Deed::lift:
      if (const auto lifted = lift(composition, districts); !lifted)
        return nothing_in_force(options, lifted.error().detail, terminal);
      return {};
    case Deed::cancel:
      composition.kind = "cancel";
      composition.note = options.reason;
      return {};
  }
  return {};
}

Exit complain_of_district(const Error& error, const OrderOptions& options, const City& city,
                          const Terminal& terminal) {
  const auto& words = terminal.words();
  if (error.code == ErrorCode::conflict)
    terminal.complain(filled(words.ambiguous_district, error.detail, options.city));
  else
    terminal.complain(
        filled(words.unknown_district, error.detail, options.city, city.known_ids(ids_shown)));
  return Exit::usage;
}

OrExit<jp::Composition> composition_of(const OrderOptions& options, const City& city,
                                       const Terminal& terminal) {
  auto composition = begun(options, city, terminal);
  if (!composition) return composition;
  auto districts = city.named(options.districts);
  if (!districts)
    return tl::unexpected(complain_of_district(districts.error(), options, city, terminal));
  composition->now_ms = now_ms();
  composition->decided_ms = cap::unix_milliseconds(options.decided).value_or(composition->now_ms);
  if (!options.reason_code.empty()) composition->reason_code = options.reason_code;
  if (!options.local.empty()) composition->local = options.local;
  const auto made = done(*composition, options, std::move(*districts), terminal);
  if (!made) return tl::unexpected(made.error());
  return composition;
}

// What will be on air, of each line in each language.
template <class Take>
void each_saying(const jp::Composition& composition, const Take& take) {
  for (const auto& line : composition.lines)
    for (const auto* phrases : jp::all_phrases())
      if (phrases->tag != "en" || !composition.office.english.empty())
        take(*phrases, jp::saying_of(composition, line, *phrases));
}

constexpr std::array<std::size_t, 3> ticker_characters{15, 40, 80};

void print_text(const jp::Composition& composition, const std::string& document,
                const Terminal& terminal) {
  terminal.print(document);
  each_saying(composition, [&](const jp::Phrases& phrases, const jp::Saying& saying) {
    const auto tag = std::string(phrases.tag);
    terminal.say(tag + "  " + jp::headline(saying, phrases));
    for (const auto characters : ticker_characters)
      terminal.say(tag + "  " + std::to_string(characters) + "  " +
                   jp::ticker(saying, phrases, characters));
    terminal.say(tag + "  " + jp::radio_script(saying, phrases));
  });
}

void print_json(const jp::Composition& composition, const std::string& document,
                const Terminal& terminal) {
  json::array words;
  each_saying(composition, [&](const jp::Phrases& phrases, const jp::Saying& saying) {
    json::object said{{"language", phrases.tag}, {"headline", jp::headline(saying, phrases)}};
    for (const auto characters : ticker_characters)
      said["ticker" + std::to_string(characters)] = jp::ticker(saying, phrases, characters);
    said["radio"] = jp::radio_script(saying, phrases);
    words.push_back(std::move(said));
  });
  terminal.print(json::serialize(json::object{{"document", document}, {"words", words}}));
}

// False when a rule is broken: then what the city's file or the options say cannot be sent.
bool sound(const std::string& document, const Terminal& terminal) {
  const auto verdict = jp::validate(document, std::nullopt, now_ms());
  for (const auto& finding : verdict.findings)
    terminal.complain(fmt::format("{} {}: {} {}", cap::name(finding.severity), finding.rule,
                                  jp::message(finding, terminal.words().language), finding.path));
  return verdict.accepted();
}

}  // namespace

Exit order(const OrderOptions& options, Output output, const Terminal& terminal) {
  const auto city = read_city(options.city);
  if (!city)
    return terminal.report(
        Error{city.error().code, filled(terminal.words().city_unfit, city.error().detail)});
  const auto composition = composition_of(options, *city, terminal);
  if (!composition) return composition.error();
  const auto document = cap::write(jp::compose(*composition));
  if (!sound(document, terminal)) return Exit::refused;
  if (options.run == OrderOptions::Run::dry) {
    (output == Output::json ? print_json : print_text)(*composition, document, terminal);
    return Exit::ok;
  }
  if (options.run == OrderOptions::Run::draft)
    return draft({"", "", *options.hub, options.timeout, options.consent, document}, output,
                 terminal);
  SendOptions sending;
  sending.hub = *options.hub;
  sending.wait = options.wait;
  sending.timeout = options.timeout;
  sending.consent = options.consent;
  sending.break_glass = options.break_glass;
  sending.document = document;
  return send(sending, output, terminal);
}

}  // namespace noroshi::publishers
