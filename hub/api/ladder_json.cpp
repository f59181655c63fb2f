#include "hub/api/ladder_json.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "hub/api/times.hpp"

namespace noroshi::api {
namespace {

using view::Medium;
using view::Rung;

// In the order of the enumeration.
constexpr std::array<std::string_view, 7> states{"queued",    "delivered", "shown",  "replaced",
                                                 "withdrawn", "passed",    "refused"};
constexpr std::array<std::string_view, 4> medium_states{"shown", "replaced", "withdrawn",
                                                        "refused"};

boost::json::value time_or_null(std::int64_t ms) {
  if (ms == 0) return nullptr;
  return boost::json::value(timestamp(ms));
}

boost::json::object medium_json(const Medium& medium) {
  return {{"medium", medium.name},
          {"state", medium_states[static_cast<std::size_t>(medium.state)]},
          {"shown_at", time_or_null(medium.shown_ms)},
          {"at", timestamp(medium.at_ms)},
          {"recorded_at", timestamp(medium.recorded_ms)},
          {"detail", medium.detail}};
}

boost::json::value earlier_json(Rung::Earlier earlier) {
  if (earlier == Rung::Earlier::never_shown) return nullptr;
  return boost::json::value(earlier == Rung::Earlier::shown ? "shown" : "withdrawn");
}

boost::json::object counts(const view::Ladder& ladder) {
  boost::json::object totals{{"addressed", ladder.rungs.size()}};
  for (std::size_t state = 0; state < states.size(); ++state)
    totals[states[state]] = std::count_if(
        ladder.rungs.begin(), ladder.rungs.end(),
        [&](const Rung& rung) { return static_cast<std::size_t>(rung.state) == state; });
  return totals;
}

// Null for an alert that refers to nothing.
boost::json::value earlier_totals(const view::Ladder& ladder) {
  if (ladder.refers_to.empty()) return nullptr;
  boost::json::array sequences;
  for (const auto sequence : ladder.refers_to) sequences.emplace_back(sequence);
  const auto count = [&](Rung::Earlier earlier) {
    return std::count_if(ladder.rungs.begin(), ladder.rungs.end(),
                         [&](const Rung& rung) { return rung.earlier == earlier; });
  };
  return boost::json::object{{"sequences", std::move(sequences)},
                             {"shown", count(Rung::Earlier::shown)},
                             {"withdrawn", count(Rung::Earlier::withdrawn)}};
}

// Of each medium that anybody has reported, how many it is in which state with.
boost::json::array media_totals(const view::Ladder& ladder) {
  std::map<std::string_view, std::array<std::uint64_t, medium_states.size()>> media;
  for (const auto& rung : ladder.rungs)
    for (const auto& medium : rung.media)
      ++media[medium.name][static_cast<std::size_t>(medium.state)];
  boost::json::array json;
  for (const auto& [name, states_of] : media) {
    boost::json::object counted{{"medium", name}};
    for (std::size_t state = 0; state < medium_states.size(); ++state)
      counted[medium_states[state]] = states_of[state];
    json.push_back(std::move(counted));
  }
  return json;
}

}  // namespace

boost::json::object row_json(const Rung& rung, const std::set<std::string>& connected,
                             const LadderDeadlines& deadlines) {
  const bool passed = rung.stored == Rung::Stored::passed;
  boost::json::array shown;
  boost::json::array media;
  for (const auto& medium : rung.media) {
    media.push_back(medium_json(medium));
    if (medium.state == Medium::State::shown)
      shown.push_back(
          boost::json::object{{"medium", medium.name}, {"at", timestamp(medium.shown_ms)}});
  }
  boost::json::object row{{"subscriber", rung.subscriber},
                          {"name", rung.name},
                          {"state", states[static_cast<std::size_t>(rung.state)]},
                          {"connected", connected.contains(rung.subscriber)},
                          {"delivered_at", passed ? nullptr : time_or_null(rung.at_ms)},
                          {"shown", std::move(shown)},
                          {"media", std::move(media)},
                          {"earlier", earlier_json(rung.earlier)},
                          {"overdue", overdue_json(deadlines, rung)}};
  if (passed) row["passed_at"] = timestamp(rung.at_ms);
  return row;
}

boost::json::object totals_json(const view::Ladder& ladder, const LadderDeadlines& deadlines) {
  const auto& alert = ladder.alert.alert;
  boost::json::object json{{"sequence", ladder.alert.sequence},
                           {"identifier", alert.summary().identifier()},
                           {"headline", alert.summary().headline()},
                           {"publisher", alert.publisher()},
                           {"typed_by", nullptr},
                           {"accepted_at", timestamp(ladder.alert.at_ms)},
                           {"totals", counts(ladder)},
                           {"earlier", earlier_totals(ladder)},
                           {"media", media_totals(ladder)},
                           {"deadlines", deadlines_json(deadlines, ladder)}};
  if (!alert.typed_by().empty()) json["typed_by"] = alert.typed_by();
  return json;
}

boost::json::object ladder_json(const view::Ladder& ladder, const std::set<std::string>& connected,
                                const LadderDeadlines& deadlines) {
  boost::json::array rows;
  for (const auto& rung : ladder.rungs) rows.push_back(row_json(rung, connected, deadlines));
  auto json = totals_json(ladder, deadlines);
  json["deliveries"] = std::move(rows);
  return json;
}

}  // namespace noroshi::api
