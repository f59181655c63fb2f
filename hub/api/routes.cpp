#include "hub/api/routes.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "hub/api/in_force.hpp"
#include "hub/api/language.hpp"
#include "hub/api/media_type.hpp"
#include "hub/api/problem.hpp"
#include "hub/config/log.hpp"
#include "hub/outlets/stream.hpp"
#include "proto/wire/http_head.hpp"

namespace noroshi::api {
namespace {

using Route = Routes::Route;
using registry::Principal;

struct Destination {
  Route route = Route::none;
  journal::Sequence sequence = 0;
  std::string drill = {};  // the session it is below; "" on the live path
  std::string draft = {};
};

constexpr std::string_view version_path = "/v1";
constexpr std::string_view drills_path = "/v1/drills/";
constexpr std::string_view drafts_path = "/v1/drafts";
constexpr std::string_view alerts_path = "/alerts";
constexpr int come_back_when_full_seconds = 5;
constexpr std::uint64_t come_back_spread_seconds = 5;
constexpr std::string_view deliveries_suffix = "/deliveries";
constexpr std::string_view approval_suffix = "/approval";
constexpr std::string_view withdrawal_suffix = "/withdrawal";

// Below /v1, or below /v1/drills/{id}.
Destination destination_below(std::string_view path) {
  if (path == alerts_path) return {Route::alerts};
  if (path == "/stream") return {Route::stream};
  if (path == "/in-force") return {Route::in_force};
  if (!path.starts_with(alerts_path) || path.size() < alerts_path.size() + 2 ||
      path[alerts_path.size()] != '/')
    return {};
  auto rest = path.substr(alerts_path.size() + 1);
  auto route = Route::alert;
  if (rest.ends_with(deliveries_suffix)) {
    rest.remove_suffix(deliveries_suffix.size());
    route = Route::deliveries;
  }
  journal::Sequence sequence = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), sequence);
  if (error != std::errc() || end != rest.data() + rest.size() || sequence == 0 ||
      sequence >> 53 != 0)
    return {};
  return {route, sequence};
}

// At or below /v1/drafts: the live path's alone.
Destination draft_destination(std::string_view path) {
  if (path == drafts_path) return {Route::drafts};
  path.remove_prefix(drafts_path.size());
  if (path.empty() || path.front() != '/') return {};
  path.remove_prefix(1);
  Destination destination{Route::draft};
  if (path.ends_with(approval_suffix)) {
    path.remove_suffix(approval_suffix.size());
    destination.route = Route::approval;
  } else if (path.ends_with(withdrawal_suffix)) {
    path.remove_suffix(withdrawal_suffix.size());
    destination.route = Route::withdrawal;
  }
  if (path.empty() || path.find('/') != std::string_view::npos) return {};
  destination.draft = path;
  return destination;
}

Destination destination_of(std::string_view path) {
  if (path.starts_with(drafts_path)) return draft_destination(path);
  if (!path.starts_with(drills_path))
    return path.starts_with(version_path) ? destination_below(path.substr(version_path.size()))
                                          : Destination{};
  path.remove_prefix(drills_path.size());
  const auto id = path.substr(0, path.find('/'));
  if (id.empty()) return {};
  auto destination = destination_below(path.substr(id.size()));
  if (destination.route == Route::in_force) return {};  // of the live path alone
  destination.drill = id;
  return destination;
}

std::string_view allowed_methods(Route route) {
  if (route == Route::approval || route == Route::withdrawal) return "POST";
  return route == Route::alerts || route == Route::drafts ? "GET, POST" : "GET";
}

bool allows(Route route, std::string_view method) {
  const bool takes_both = route == Route::alerts || route == Route::drafts;
  const bool acts = route == Route::approval || route == Route::withdrawal;
  return (method == "GET" && !acts) || (method == "POST" && (takes_both || acts));
}

bool is_of_drafts(Route route) {
  return route == Route::drafts || route == Route::draft || route == Route::approval ||
         route == Route::withdrawal;
}

bool may_use(Route route, std::string_view method, Principal::Kind kind) {
  if (route == Route::stream) return kind == Principal::Kind::subscriber;
  if (is_of_drafts(route) && method == "POST") return kind == Principal::Kind::officer;
  if (is_of_drafts(route)) return kind != Principal::Kind::subscriber;
  if (method == "POST")
    return kind == Principal::Kind::publisher || kind == Principal::Kind::officer;
  return true;
}

Limits::Kind kind_of(const wire::Request& header) {
  if (header.method == "POST") return Limits::Kind::alert;
  return destination_of(header.path).route == Route::stream ? Limits::Kind::stream
                                                            : Limits::Kind::read;
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

// Whose alerts the path names, for this principal: those of its own channel, and for the operator,
// who reads only, those of any drill there was. Null: none that it may see.
const drills::Channel* channel_of(const Destination& destination, const Principal& principal,
                                  const drills::Drills& drills) {
  if (principal.channel.drill() == destination.drill) return &principal.channel;
  if (principal.kind != Principal::Kind::operator_) return nullptr;
  const auto* session = drills.find(destination.drill);
  return session == nullptr ? nullptr : &session->channel;
}

// `publisher` is whom the principal is or acts for.
bool takes_part(const Principal& principal, const std::string& publisher,
                const drills::Session& session) {
  switch (principal.kind) {
    case Principal::Kind::publisher:
    case Principal::Kind::officer:
      return session.publishers.contains(publisher);
    case Principal::Kind::subscriber:
      return session.subscribers.contains(principal.id);
    case Principal::Kind::operator_:
      return true;
  }
  return false;
}

bool takes_stream(const registry::Subscriber& subscriber) {
  const auto& outlets = subscriber.outlets;
  return outlets.empty() || std::find(outlets.begin(), outlets.end(), "stream") != outlets.end();
}

// RFC 6455, section 10.2: a browser names the page that opens the stream, other clients name none.
bool comes_from_elsewhere(const wire::Request& request) {
  const auto origin = wire::find(request.fields, "Origin");
  if (!origin) return false;
  const auto host = wire::find(request.fields, "Host").value_or("");
  return !wire::same_word(*origin, "https://" + std::string(host));
}

// The handshake's own refusal as a problem, with the fields that say what would be taken.
wire::Response refused_upgrade(const wire::Response& refusal, const wire::Request& request) {
  auto answer =
      response({refusal.status, "request.malformed", refusal.body, {}}, language_of(request));
  for (const auto& [name, value] : refusal.fields)
    if (name != "Content-Type") answer.fields.emplace_back(name, value);
  return answer;
}

}  // namespace

transport::Handlers Routes::handlers() {
  transport::Handlers handlers;
  handlers.admit = [this](const auto& header, const auto& caller) { return admit(header, caller); };
  handlers.handle = [this](transport::Exchange exchange) { handle(std::move(exchange)); };
  handlers.refuse = [this](auto trouble, const auto& error) { return refuse(trouble, error); };
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
  const auto principal = rooms_.identity.of(header, caller);
  if (!principal) return admit_stranger(header, caller, principal.error());
  const auto identity = name_of(*principal);
  if (auto refusal = objection(header, *principal)) return {std::move(refusal), identity};
  transport::Admission admission{too_much(header, caller, identity), identity, After::keep, {}};
  if (!admission.refusal) make_room(admission, header);
  return admission;
}

// For a document that a worker will examine, before any of it is kept.
void Routes::make_room(transport::Admission& admission, const wire::Request& header) {
  const auto bytes = announced_bytes(header);
  if (bytes <= Alerts::examined_on_the_front_max) return;
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
  if (auto refusal = objection_to_channel(header, principal)) return refusal;
  if (header.method != "POST") return std::nullopt;
  if (stopping_) return response({503, "stopping", "", {}, 1}, language);
  const auto type = wire::find(header.fields, "Content-Type").value_or("");
  const bool wants_json =
      destination.route == Route::approval || destination.route == Route::withdrawal;
  if (wants_json ? !is_json(type) : !is_cap(type)) return no(415, "media-type", std::string(type));
  const auto coding = wire::find(header.fields, "Content-Encoding").value_or("identity");
  if (!wire::same_word(coding, "identity")) return no(415, "media-type", std::string(coding));
  return std::nullopt;
}

// A credential is for the live path or for one drill, and for nothing else.
std::optional<wire::Response> Routes::objection_to_channel(const wire::Request& header,
                                                           const Principal& principal) {
  const auto destination = destination_of(header.path);
  const auto& drills = rooms_.identity.registry().drills();
  const auto language = language_of(header);
  const auto* channel = channel_of(destination, principal, drills);
  if (channel == nullptr && principal.kind == Principal::Kind::operator_)
    return response({404, "not-found", header.path, {}}, language);
  if (channel == nullptr) {
    const auto detail = principal.channel.name() + ": " + principal.channel.path();
    return response({403, "auth.status", detail, {}}, language);
  }
  if (channel->live()) return std::nullopt;
  const auto* session = drills.find(channel->drill());
  if (session == nullptr ||
      !takes_part(principal, rooms_.identity.registry().publisher_of(principal), *session))
    return response({403, "auth.status", channel->name(), {}}, language);
  if (destination.route == Route::stream) return objection_to_window(header, *channel);
  return std::nullopt;
}

// A stream of a drill lives in its window; before it, Retry-After says when to come.
std::optional<wire::Response> Routes::objection_to_window(const wire::Request& request,
                                                          const drills::Channel& channel) {
  const auto* session = rooms_.identity.registry().drills().find(channel.drill());
  const auto now_ms = rooms_.clock();
  if (session->open_at(now_ms)) return std::nullopt;
  Problem closed{409, "drill.closed", channel.drill(), {}};
  if (session->state_at(now_ms) == drills::Session::State::waiting)
    closed.retry_after_seconds =
        static_cast<int>(std::clamp<std::int64_t>((session->from_ms - now_ms + 999) / 1000, 1, 60));
  return response(closed, language_of(request));
}

void Routes::handle(transport::Exchange exchange) {
  const auto principal = rooms_.identity.of(exchange.request, exchange.caller);
  if (!principal) {  // its token was replaced, or its certificate revoked, while the body came
    const auto& [status, code, detail] = principal.error();
    return exchange.respond(
        response({status, code, std::string(detail), {}}, language_of(exchange.request)));
  }
  // Asked again: who calls may be another than when the header came.
  if (auto refusal = objection_to_channel(exchange.request, *principal))
    return exchange.respond(*std::move(refusal));
  const auto destination = destination_of(exchange.request.path);
  if (exchange.request.method == "POST") return act(std::move(exchange), *principal);
  if (destination.route == Route::stream) return open_stream(exchange, *principal);
  const auto channel = *channel_of(destination, *principal, rooms_.identity.registry().drills());
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
    default:
      return alerts_.submit(std::move(exchange), principal);
  }
}

// Holds its place until its answer is on its way.
void Routes::read(transport::Exchange exchange, const Principal& principal,
                  const drills::Channel& channel) {
  const auto destination = destination_of(exchange.request.path);
  auto place = rooms_.limits.read_place();
  if (!place)
    return exchange.respond(response({503, "hub.busy", "", {}, 1}, language_of(exchange.request)));
  exchange.respond = [respond = std::move(exchange.respond), place](wire::Response answer) {
    respond(std::move(answer));
  };
  switch (destination.route) {
    case Route::drafts:
      return drafting_.list(exchange, principal);
    case Route::draft:
      return drafting_.get(exchange, principal, destination.draft);
    case Route::alerts:
      return alerts_.list(exchange, channel);
    case Route::alert:
      return alerts_.get(exchange, channel, destination.sequence);
    case Route::deliveries:
      return alerts_.deliveries(exchange, principal, channel, destination.sequence);
    case Route::in_force:
      return answer_in_force(exchange, rooms_.in_force);
    case Route::approval:
    case Route::withdrawal:
    case Route::stream:
    case Route::none:
      return;
  }
}

void Routes::open_stream(const transport::Exchange& exchange, const Principal& principal) {
  const auto* subscriber = rooms_.identity.registry().subscriber(principal.id);
  if (subscriber == nullptr || !takes_stream(*subscriber))
    return exchange.respond(
        response({403, "auth.role", "stream", {}}, language_of(exchange.request)));
  if (comes_from_elsewhere(exchange.request))
    return exchange.respond(response({403, "auth.origin", "", {}}, language_of(exchange.request)));
  std::string chosen;
  auto answer = wire::upgrade(exchange.request, outlets::subprotocol_names, chosen);
  if (answer.status != 101) return exchange.respond(refused_upgrade(answer, exchange.request));
  const auto subprotocol = chosen == outlets::subprotocol_names[0] ? outlets::Subprotocol::protobuf
                                                                   : outlets::Subprotocol::json;
  log::info("stream.opened", {{"subscriber", principal.id},
                              {"channel", principal.channel.name()},
                              {"subprotocol", chosen},
                              {"peer", exchange.caller.address}});
  auto& shard = rooms_.fanout.shard_of(principal.id);
  exchange.upgrade(std::move(answer), [&shard, &readings = rooms_.readings, subprotocol, principal](
                                          wire::Connection::Handoff handoff, std::string early) {
    outlets::Stream::open(shard, readings, subprotocol, std::move(handoff), principal,
                          std::move(early));
  });
}

// Who is asking, and in which language, may not be known here.
wire::Response Routes::refuse(transport::Handlers::Trouble trouble,
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
