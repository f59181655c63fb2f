#include "hub/admin/drill_verbs.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "hub/admin/exit_code.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/reach.hpp"
#include "hub/admin/terms.hpp"
#include "proto/cap/instant.hpp"

namespace noroshi::admin {
namespace {

namespace json = boost::json;
using Action = AdminRequest::Action;
using drills::Session;

constexpr std::size_t reason_bytes_max = 1000;
constexpr std::size_t participants_max = 10'000;
constexpr std::int64_t day_ms = 86'400'000;

Administration refused(const Error& error) { return {{}, answer_of(error)}; }
Administration refused(ErrorCode code, std::string detail) {
  return refused({code, std::move(detail)});
}

std::string_view state_code(Session::State state) {
  if (state == Session::State::waiting) return "waiting";
  return state == Session::State::open ? "open" : "over";
}

Say state_word(Session::State state) {
  if (state == Session::State::waiting) return Say::drill_state_waiting;
  return state == Session::State::open ? Say::drill_state_open : Say::drill_state_over;
}

std::string joined(const Session::Ids& ids) {
  return fmt::format("{}", fmt::join(ids.begin(), ids.end(), ","));
}

std::string json_of(const Session& session, std::int64_t now_ms) {
  json::object object{
      {"id", session.id},
      {"name", session.name},
      {"state", state_code(session.state_at(now_ms))},
      {"start", cap::cap_datetime(session.from_ms)},
      {"end", cap::cap_datetime(session.until_ms)},
      {"closed_at", nullptr},
      {"reason", session.reason},
      {"publishers", json::array(session.publishers.begin(), session.publishers.end())},
      {"subscribers", json::array(session.subscribers.begin(), session.subscribers.end())}};
  if (session.closed_ms) object["closed_at"] = cap::cap_datetime(*session.closed_ms);
  return json::serialize(object) + "\n";
}

std::string row_of(const Session& session, std::int64_t now_ms, Language language) {
  return fmt::format("{}\t{}\t{}\t{}\t{}\n", session.id, printable(session.name),
                     cap::cap_datetime(session.from_ms), cap::cap_datetime(session.until_ms),
                     say(language, state_word(session.state_at(now_ms))));
}

std::string details_of(const Session& session, std::int64_t now_ms, Language language) {
  const std::pair<Say, std::string> lines[] = {
      {Say::label_id, session.id},
      {Say::label_name, printable(session.name)},
      {Say::label_state, say(language, state_word(session.state_at(now_ms)))},
      {Say::label_from, cap::cap_datetime(session.from_ms)},
      {Say::label_until, cap::cap_datetime(session.closed_ms.value_or(session.until_ms))},
      {Say::label_publishers, joined(session.publishers)},
      {Say::label_subscribers, joined(session.subscribers)},
      {Say::label_reason, printable(session.reason)}};
  std::string text;
  for (const auto& [label, value] : lines)
    text += fmt::format("{}: {}\n", sentence(language, label), value);
  return text;
}

class DrillVerb {
 public:
  DrillVerb(const AdminRequest& request, const registry::Registry& registry)
      : request_(request),
        terms_(*request.session),
        registry_(registry),
        language_(request.language) {}

  Administration carry_out() {
    if (!is_printable(request_.reason) || request_.reason.size() > reason_bytes_max)
      return refused(ErrorCode::invalid, say(language_, Say::request_malformed, "reason"));
    if (request_.action == Action::list) return list();
    if (request_.action == Action::open) return open();
    const auto* session = registry_.drills().find(request_.id);
    if (session == nullptr)
      return refused(ErrorCode::not_found,
                     say(language_, Say::drill_unknown, printable(request_.id)));
    if (request_.action == Action::close) return close(*session);
    if (request_.action == Action::show)
      return {{},
              {exit_code::ok, details_of(*session, terms_.now_ms, language_), "",
               json_of(*session, terms_.now_ms)}};
    return refused(ErrorCode::invalid, say(language_, Say::request_malformed, "action"));
  }

 private:
  Administration list() {
    AdminAnswer answer;
    for (const auto& [id, session] : registry_.drills().all()) {
      answer.data += row_of(session, terms_.now_ms, language_);
      answer.json += json_of(session, terms_.now_ms);
    }
    if (answer.data.empty()) answer.note = say(language_, Say::drill_list_empty);
    return {{}, answer};
  }

  [[nodiscard]] std::optional<Error> objection_to_time() const {
    const auto no = [&](Say what, auto... values) {
      return Error{ErrorCode::invalid, say(language_, what, values...)};
    };
    if (terms_.until_ms <= terms_.from_ms) return no(Say::drill_ends_first);
    if (terms_.until_ms <= terms_.now_ms) return no(Say::drill_over_before);
    if (terms_.until_ms - terms_.from_ms > drills::length_max_ms)
      return no(Say::drill_too_long, drills::length_max_ms / day_ms);
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Error> objection_to_participants() const {
    if (terms_.publishers.empty() || terms_.subscribers.empty())
      return Error{ErrorCode::invalid, say(language_, Say::drill_nobody)};
    if (terms_.publishers.size() + terms_.subscribers.size() > participants_max)
      return Error{ErrorCode::invalid, say(language_, Say::request_malformed, "session")};
    for (const auto& code : terms_.publishers)
      if (registry_.publisher(code) == nullptr)
        return Error{ErrorCode::not_found, say(language_, Say::publisher_unknown, printable(code))};
    for (const auto& id : terms_.subscribers)
      if (registry_.subscriber(id) == nullptr)
        return Error{ErrorCode::not_found, say(language_, Say::subscriber_unknown, printable(id))};
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Error> objection_to_opening() const {
    if (!subscriber_id(request_.id, language_))
      return Error{ErrorCode::invalid, say(language_, Say::drill_bad_id, printable(request_.id))};
    if (!request_.name)
      return Error{ErrorCode::invalid, say(language_, Say::name_wanted, request_.id)};
    if (const auto name = display_name(*request_.name, language_); !name) return name.error();
    if (registry_.drills().find(request_.id) != nullptr)
      return Error{ErrorCode::conflict, say(language_, Say::drill_exists, request_.id)};
    if (const auto wrong = objection_to_time()) return wrong;
    if (const auto wrong = objection_to_participants()) return wrong;
    const auto& all = registry_.drills().all();
    const auto under_way = std::count_if(all.begin(), all.end(), [&](const auto& known) {
      return known.second.state_at(terms_.now_ms) != Session::State::over;
    });
    if (static_cast<std::size_t>(under_way) >= drills::sessions_at_once_max)
      return Error{ErrorCode::conflict, say(language_, Say::drill_too_many, under_way)};
    return std::nullopt;
  }

  Administration open() {
    if (const auto wrong = objection_to_opening()) return refused(*wrong);
    v1::Entry entry;
    auto& opened = *entry.mutable_body()->mutable_drill_opened();
    opened.set_id(request_.id);
    opened.set_name(*request_.name);
    opened.mutable_publishers()->Assign(terms_.publishers.begin(), terms_.publishers.end());
    opened.mutable_subscribers()->Assign(terms_.subscribers.begin(), terms_.subscribers.end());
    opened.set_from_ms(terms_.from_ms);
    opened.set_until_ms(terms_.until_ms);
    const auto note = say(language_, Say::drill_opened, request_.id, printable(*request_.name),
                          cap::cap_datetime(terms_.from_ms), cap::cap_datetime(terms_.until_ms),
                          terms_.publishers.size(), terms_.subscribers.size());
    return changed(entry, note);
  }

  Administration close(const Session& session) {
    if (session.state_at(terms_.now_ms) == Session::State::over)
      return {{},
              {exit_code::ok, "", say(language_, Say::drill_closed_already, session.id),
               json_of(session, terms_.now_ms)}};
    v1::Entry entry;
    entry.set_at_ms(terms_.now_ms);
    entry.mutable_body()->mutable_drill_closed()->set_id(session.id);
    entry.mutable_body()->mutable_drill_closed()->set_reason(request_.reason);
    return changed(entry, say(language_, Say::drill_closed, session.id));
  }

  // Shown as it will be once `entry` is in the log.
  Administration changed(const v1::Entry& entry, std::string note) {
    auto future = registry_.drills();
    future.apply(entry);
    Administration administration;
    administration.answer = {exit_code::ok, "", std::move(note),
                             json_of(*future.find(request_.id), terms_.now_ms)};
    administration.proposals.push_back({entry.body(), std::nullopt, nullptr});
    return administration;
  }

  const AdminRequest& request_;
  const DrillTerms& terms_;
  const registry::Registry& registry_;
  const Language language_;
};

std::optional<std::int64_t> instant_of(const std::string& typed, std::int64_t now_ms) {
  if (typed == "now") return now_ms;
  return cap::unix_milliseconds(typed);
}

}  // namespace

AdminAnswer carry_out_drill(const DataDirectory& directory, AdminRequest request,
                            const DrillOptions& options, const journal::WallClock& clock) {
  auto& terms = request.session.emplace();
  terms.now_ms = clock();
  if (request.action == Action::open) {
    const auto language = request.language;
    const auto start =
        options.start.empty() ? terms.now_ms : instant_of(options.start, terms.now_ms);
    const auto bad = [&](const std::string& typed) {
      return answer_of({ErrorCode::invalid, say(language, Say::drill_bad_time, printable(typed))});
    };
    if (!start) return bad(options.start);
    if (options.end.empty())
      return answer_of({ErrorCode::invalid, say(language, Say::missing_argument, "--end")});
    const auto end = instant_of(options.end, terms.now_ms);
    if (!end) return bad(options.end);
    terms.from_ms = *start;
    terms.until_ms = *end;
    terms.publishers = options.publishers;
    terms.subscribers = options.subscribers;
  }
  return carry_out(directory, request, clock);
}

Administration administer_drills(const AdminRequest& request, const registry::Registry& registry) {
  if (!request.session)
    return refused(ErrorCode::invalid, say(request.language, Say::request_malformed, "session"));
  return DrillVerb(request, registry).carry_out();
}

std::optional<Error> objection_to_drill_token(const AdminRequest& request,
                                              const registry::Registry& registry,
                                              std::string_view id) {
  if (request.drill.empty()) return std::nullopt;
  const auto language = request.language;
  const auto* session = registry.drills().find(request.drill);
  if (session == nullptr)
    return Error{ErrorCode::not_found, say(language, Say::drill_unknown, printable(request.drill))};
  const auto& ids = request.subject == AdminRequest::Subject::subscriber ? session->subscribers
                                                                         : session->publishers;
  if (!ids.contains(id))
    return Error{ErrorCode::refused, say(language, Say::drill_not_taking_part, id, session->id)};
  if (session->closed_ms)
    return Error{ErrorCode::conflict, say(language, Say::drill_over, session->id)};
  return std::nullopt;
}

}  // namespace noroshi::admin
