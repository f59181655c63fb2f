#include "hub/api/routes.hpp"

#include <charconv>
#include <string>
#include <utility>

#include "hub/api/alarms.hpp"
#include "hub/api/alert_reading.hpp"
#include "hub/api/answers.hpp"
#include "hub/api/audit.hpp"
#include "hub/api/audit_entries.hpp"
#include "hub/api/entitlement.hpp"
#include "hub/api/feed.hpp"
#include "hub/api/in_force.hpp"
#include "hub/api/ladder.hpp"
#include "hub/api/language.hpp"
#include "hub/api/media_type.hpp"
#include "hub/api/open_reading.hpp"
#include "hub/api/paths.hpp"
#include "hub/api/receipts.hpp"
#include "hub/api/stream_opening.hpp"
#include "proto/wire/http_head.hpp"

namespace noroshi::api {
namespace {

using registry::Principal;

constexpr int come_back_when_full_seconds = 5;
constexpr std::uint64_t come_back_spread_seconds = 5;
Limits::Kind kind_of(const wire::Request& header) {
  const auto route = destination_of(header.path).route;
  if (route == Route::receipts || route == Route::cosignatures) return Limits::Kind::read;
  if (header.method == "POST") return Limits::Kind::alert;
  return is_live(route) ? Limits::Kind::stream : Limits::Kind::read;
}

wire::Response limited(std::chrono::seconds wait, cap::Language language) {
  return response({429, "rate.limited", "", {}, static_cast<int>(wait.count())}, language);
}

// Many refused at once are told different times.
int come_back_seconds(const Holdings& full) {
  return 1 + static_cast<int>(full.refused() % come_back_spread_seconds);
}

// The door has seen that it is a number; 0 when nothing is announced.
std::size_t announced_bytes(const wire::Request& header) {
  const auto text = wire::find(header.fields, "Content-Length").value_or("0");
  std::size_t bytes = 0;
  std::from_chars(text.data(), text.data() + text.size(), bytes);
  return bytes;
}

// What is large may fill half of its room in drills, whoever takes part.
Holdings::Part part_of(const std::string& identity) {
  return identity.find('/') == std::string::npos ? Holdings::Part::all : Holdings::Part::first_half;
}

// Of its connections and its rates. What it may do in a drill it may not do at the expense of what
// it may do live.
std::string name_of(const Principal& principal) {
  const auto channel = principal.channel.live() ? "" : principal.channel.name() + "/";
  switch (principal.kind) {
    case Principal::Kind::publisher:
      return channel + "publisher:" + principal.id;
    case Principal::Kind::subscriber:
      return channel + "subscriber:" + principal.id;
    case Principal::Kind::officer:
      return channel + "officer:" + principal.id;
    case Principal::Kind::operator_:
      break;
  }
  return channel + "operator:" + principal.id;
}

}  // namespace

transport::Handlers Routes::handlers() {
  transport::Handlers handlers;
  handlers.admit = [this](const auto& header, const auto& caller) { return admit(header, caller); };
  handlers.handle = [this](transport::Exchange exchange) { handle(std::move(exchange)); };
  handlers.refuse = [this](auto trouble, const auto& error) { return refusal_of(trouble, error); };
  handlers.room_for_answer = [this](const std::string& identity, std::size_t bytes) {
    return rooms_.limits.answers().take(identity, bytes, part_of(identity));
  };
  return handlers;
}

transport::Handlers Routes::handlers_for_certificates() {
  auto with_certificates = handlers();
  with_certificates.welcome = [this](const transport::Caller& caller) {
    return rooms_.identity.welcome(caller);
  };
  return with_certificates;
}

// Everything that can be said from the header alone is said before a body is read.
transport::Admission Routes::admit(const wire::Request& header, const transport::Caller& caller) {
  using After = transport::Admission::After;
  if (open_to_anybody(header, caller)) return admit_anybody(header, caller);
  const auto principal = rooms_.identity.of(header, caller);
  if (!principal) return admit_stranger(header, caller, principal.error());
  const auto identity = name_of(*principal);
  if (auto refusal = objection(header, *principal)) return {std::move(refusal), identity};
  transport::Admission admission{too_much(header, caller, identity), identity, After::keep, {}};
  if (!admission.refusal) make_room(admission, header);
  return admission;
}

bool Routes::open_to_anybody(const wire::Request& request, const transport::Caller& caller) const {
  return rooms_.feed_public && is_open_reading(request, caller);
}

// One without a name counts by its address, and its connection stays a stranger's.
transport::Admission Routes::admit_anybody(const wire::Request& header,
                                           const transport::Caller& caller) {
  if (const auto wait = rooms_.limits.refusal(Limits::Kind::read, "address:" + caller.address))
    return {limited(*wait, language_of(header)), ""};
  return {std::nullopt, "", transport::Admission::After::keep, {}};
}

// For a document that a worker will examine, before any of it is kept.
void Routes::make_room(transport::Admission& admission, const wire::Request& header) {
  const auto bytes = announced_bytes(header);
  if (bytes <= Posting::examined_on_the_front_max) return;
  auto& documents = rooms_.limits.documents();
  admission.place = documents.take(admission.identity, bytes, part_of(admission.identity));
  if (!admission.place)
    admission.refusal =
        response({503, "hub.busy", "", {}, come_back_seconds(documents)}, language_of(header));
}

transport::Admission Routes::admit_stranger(const wire::Request& header,
                                            const transport::Caller& caller,
                                            const Identity::Nobody& nobody) {
  ++rooms_.meters.identity_failures;
  const auto language = language_of(header);
  if (const auto wait = rooms_.limits.refusal(Limits::Kind::failure, caller.address))
    return {limited(*wait, language), ""};
  const auto& [status, code, detail] = nobody;
  return {response({status, code, std::string(detail), {}}, language), ""};
}

// Of what it may do, it does too much just now. Nothing of the request has been looked at.
std::optional<wire::Response> Routes::too_much(const wire::Request& header,
                                               const transport::Caller& caller,
                                               const std::string& identity) {
  const auto language = language_of(header);
  const auto kind = kind_of(header);
  if (const auto wait = rooms_.limits.refusal(kind, identity)) return limited(*wait, language);
  if (kind == Limits::Kind::stream && !rooms_.limits.room_for_stream(caller.descriptor))
    return response({503, "hub.busy", "", {}, come_back_when_full_seconds}, language);
  return std::nullopt;
}

std::optional<wire::Response> Routes::objection(const wire::Request& header,
                                                const Principal& principal) {
  const auto language = language_of(header);
  const auto no = [&](int status, std::string_view code, std::string detail = "") {
    return response({status, code, std::move(detail), {}}, language);
  };
  if (rooms_.identity.registry().suspended(principal)) return no(403, "auth.suspended");

  const auto destination = destination_of(header.path);
  if (destination.route == Route::none) return no(404, "not-found", header.path);
  if (!allows(destination.route, header.method)) {
    auto refusal = no(405, "method", header.method);
    refusal.fields.emplace_back("Allow", allowed_methods(destination.route));
    return refusal;
  }
  if (!may_use(destination.route, header.method, principal.kind)) return no(403, "auth.role");
  if (const auto problem =
          objection_to_channel(header, principal, rooms_.identity.registry(), rooms_.clock()))
    return response(*problem, language);
  if (header.method != "POST") return std::nullopt;
  if (stopping_) return response({503, "stopping", "", {}, 1}, language);
  const auto type = wire::find(header.fields, "Content-Type").value_or("");
  const bool wants_json = destination.route == Route::approval ||
                          destination.route == Route::withdrawal ||
                          destination.route == Route::receipts;
  const bool wants_text = destination.route == Route::cosignatures;
  if (wants_text ? !is_text(type) : wants_json ? !is_json(type) : !is_cap(type))
    return no(415, "media-type", std::string(type));
  const auto coding = wire::find(header.fields, "Content-Encoding").value_or("identity");
  if (!wire::same_word(coding, "identity")) return no(415, "media-type", std::string(coding));
  return std::nullopt;
}

void Routes::handle(transport::Exchange exchange) {
  if (open_to_anybody(exchange.request, exchange.caller)) return read_openly(std::move(exchange));
  const auto principal = rooms_.identity.of(exchange.request, exchange.caller);
  if (!principal) {  // its token was replaced, or its certificate revoked, while the body came
    const auto& [status, code, detail] = principal.error();
    return refuse(exchange, {status, code, std::string(detail), {}});
  }
  // Asked again: who calls may be another than when the header came.
  if (const auto problem = objection_to_channel(exchange.request, *principal,
                                                rooms_.identity.registry(), rooms_.clock()))
    return refuse(exchange, *problem);
  const auto destination = destination_of(exchange.request.path);
  if (exchange.request.method == "POST") return act(std::move(exchange), *principal);
  if (destination.route == Route::stream) return open_stream(rooms_, exchange, *principal);
  if (destination.route == Route::events) return open_events(rooms_, exchange, *principal);
  const auto channel = *channel_of(exchange.request, *principal, rooms_.identity.registry());
  if (destination.route == Route::ladders) return boards_.open(exchange, *principal, channel);
  if (destination.route == Route::deliveries && wants_events(exchange.request))
    return boards_.open(exchange, *principal, channel, destination.sequence);
  read(std::move(exchange), *principal, channel);
}

void Routes::act(transport::Exchange exchange, const Principal& principal) {
  const auto destination = destination_of(exchange.request.path);
  switch (destination.route) {
    case Route::drafts:
      return drafting_.submit(std::move(exchange), principal);
    case Route::approval:
      return drafting_.approve(std::move(exchange), principal, destination.draft);
    case Route::withdrawal:
      return drafting_.withdraw(exchange, principal, destination.draft);
    case Route::receipts:
      return take_receipts(rooms_, exchange, principal);
    case Route::cosignatures:
      return cosigning_.take(exchange);
    default:
      return posting_.submit(std::move(exchange), principal);
  }
}

// Holds its place until its answer is on its way. False when there is none, and it is told so.
bool Routes::place(transport::Exchange& exchange) {
  auto place = rooms_.limits.read_place();
  if (!place) {
    refuse(exchange, {503, "hub.busy", "", {}, 1});
    return false;
  }
  exchange.respond = [respond = std::move(exchange.respond), place](wire::Response answer) {
    respond(std::move(answer));
  };
  return true;
}

void Routes::read_openly(transport::Exchange exchange) {
  if (!place(exchange)) return;
  const auto destination = destination_of(exchange.request.path);
  if (destination.route == Route::feed)
    return answer_feed(rooms_, exchange, std::nullopt, open_channel());
  get_alert(rooms_, exchange, open_channel(), destination.sequence);
}

void Routes::read(transport::Exchange exchange, const Principal& principal,
                  const drills::Channel& channel) {
  const auto destination = destination_of(exchange.request.path);
  if (!place(exchange)) return;
  switch (destination.route) {
    case Route::drafts:
      return drafting_.list(exchange, principal, channel);
    case Route::draft:
      return drafting_.get(exchange, principal, channel, destination.draft);
    case Route::alerts:
      return list_alerts(rooms_, exchange, channel);
    case Route::alert:
      return get_alert(rooms_, exchange, channel, destination.sequence);
    case Route::reference:
      return get_reference(rooms_, exchange, channel, destination.reference);
    case Route::deliveries:
      return answer_deliveries(rooms_, exchange, principal, channel, destination.sequence);
    case Route::feed:
      return answer_feed(rooms_, exchange, principal, channel);
    case Route::in_force:
      return answer_in_force(exchange, rooms_.in_force, channel);
    case Route::alarms:
      return answer_alarms(rooms_, exchange, principal, channel);
    case Route::checkpoint:
      return cosigning_.answer_checkpoint(exchange);
    case Route::audit_key:
      return answer_audit_key(rooms_, exchange);
    case Route::inclusion:
      return answer_inclusion(rooms_, exchange);
    case Route::consistency:
      return answer_consistency(rooms_, exchange);
    case Route::entries:
      return answer_entries(rooms_, exchange, principal);
    case Route::approval:
    case Route::withdrawal:
    case Route::receipts:
    case Route::cosignatures:
    case Route::events:
    case Route::ladders:
    case Route::stream:
    case Route::none:
      return;
  }
}

// Who is asking, and in which language, may not be known here.
wire::Response Routes::refusal_of(transport::Handlers::Trouble trouble,
                                  const wire::FramingError& error) {
  using Trouble = transport::Handlers::Trouble;
  switch (trouble) {
    case Trouble::slow_request:
      return response_in_both({408, "request.timeout", "", {}});
    case Trouble::slow_answer:
      return response_in_both({503, "journal.unavailable", "", {}, 1});
    case Trouble::stopping:
      return response_in_both({503, "stopping", "", {}, 1});
    case Trouble::crowded:
      return response_in_both({429, "rate.limited", "", {}, 1});
    case Trouble::busy:
      return response_in_both(
          {503, "hub.busy", "", {}, come_back_seconds(rooms_.limits.answers())});
    case Trouble::framing:
      break;
  }
  ++rooms_.meters.framing_refused;
  const std::string_view code = error.status == 413 ? "too-large" : "request.malformed";
  return response_in_both({error.status, code, error.detail, {}});
}

}  // namespace noroshi::api
