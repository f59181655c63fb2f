// How long an order with 400 districts takes to decide, and a position to look up with 20,000
// polygons in force. Build the release preset, and nothing else at the time.
//
//   time_orders
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <memory>
#include <numbers>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "hub/admission/alert_judge.hpp"
#include "hub/admission/circumstances.hpp"
#include "hub/admission/documents.hpp"
#include "hub/admission/life.hpp"
#include "hub/geometry/shape.hpp"
#include "hub/in_force/situation.hpp"

namespace noroshi {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int districts = 400;
constexpr int polygons = 20'000;
constexpr int corners = 60;
constexpr std::int64_t now_ms = 1'795'316'400'000;

void report(const std::string& what, std::vector<double> microseconds) {
  std::sort(microseconds.begin(), microseconds.end());
  const auto at = [&](double share) {
    return microseconds[static_cast<std::size_t>(share *
                                                 static_cast<double>(microseconds.size() - 1))];
  };
  fmt::print("{:52}  median {:8.1f} us  p99 {:8.1f} us  max {:8.1f} us\n", what, at(0.5), at(0.99),
             at(1));
}

std::vector<double> timed(int times, const std::function<void()>& act) {
  std::vector<double> microseconds;
  for (int i = 0; i < times; ++i) {
    const auto begun = Clock::now();
    act();
    microseconds.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begun).count());
  }
  return microseconds;
}

v1::AlertAccepted order(const std::string& identifier, unsigned revision, int level) {
  v1::AlertAccepted alert;
  alert.set_publisher("232017");
  alert.set_channel("live");
  auto& summary = *alert.mutable_summary();
  summary.set_identifier(identifier);
  summary.set_sender("city.toyohashi.lg.jp");
  summary.set_document("T");
  summary.set_revision(revision);
  summary.set_message_type("Update");
  auto& line = *alert.add_lines();
  line.set_event("evac.l" + std::to_string(level));
  line.set_hazard("flood");
  for (int i = 0; i < districts; ++i) line.add_districts(fmt::format("232017:district-{}", i));
  return alert;
}

std::vector<cap::Point> bulging(double latitude, double longitude, double radius, int points) {
  std::vector<cap::Point> ring;
  for (int i = 0; i < points; ++i) {
    const auto angle = 2 * std::numbers::pi * i / points;
    const auto bulge = radius * (1 + 0.3 * std::sin(5 * angle));
    ring.push_back({latitude + bulge * std::sin(angle), longitude + bulge * std::cos(angle)});
  }
  return ring;
}

void decide() {
  admission::Documents documents;
  v1::Entry entry;
  entry.set_sequence(1);
  *entry.mutable_body()->mutable_alert_accepted() = order("a", 1, 3);
  documents.apply(entry);
  auto raised = order("b", 2, 4);
  auto& reference = *raised.add_references();
  reference.set_identifier("a");
  reference.set_sequence(1);
  report(fmt::format("raise an order of {} districts: decide", districts),
         timed(2000, [&] { admission::judge_life(documents, raised, now_ms); }));
  auto other = order("c", 1, 4);
  other.mutable_summary()->set_document("another");
  report("a second document over the same: decide",
         timed(2000, [&] { admission::judge_life(documents, other, now_ms); }));
  *entry.mutable_body()->mutable_alert_accepted() = raised;
  entry.mutable_body()->mutable_alert_accepted()->mutable_summary()->add_referenced_sequences(1);
  report("raise it: take it into the fold", timed(2000, [&] {
           auto fold = documents;
           fold.apply(entry);
         }));
}

// Subscriptions with polygons of 1000 points, some around districts and most elsewhere.
void subscribe(admission::AlertJudge& judge, int regions) {
  for (int i = 0; i < regions; ++i) {
    v1::Entry entry;
    entry.set_sequence(static_cast<std::uint64_t>(3 + i));
    auto& subscriber = *entry.mutable_body()->mutable_subscriber_registered();
    subscriber.set_id(fmt::format("s{}", i));
    subscriber.add_areas("*");
    subscriber.set_polygon(geometry::to_wkb(
        *geometry::polygon(bulging(34.3 + 0.1 * (i / 10), 137.0 + 0.1 * (i % 10), 0.06, 1'000))));
    judge.apply(entry);
  }
}

// All of decide(), with a territory that every district must lie in, and so many polygons of
// subscriptions.
void decide_with_territory(int regions) {
  admission::AlertJudge judge(admission::AlertJudge::Questioning::note);
  v1::Entry entry;
  entry.set_sequence(1);
  auto& publisher = *entry.mutable_body()->mutable_publisher_registered();
  publisher.set_code("232017");
  publisher.add_senders("city.toyohashi.lg.jp");
  publisher.add_areas("232017");
  publisher.set_territory(geometry::to_wkb(*geometry::polygon(bulging(34.75, 137.4, 0.5, 5'000))));
  judge.apply(entry);
  entry.set_sequence(2);
  auto& token = *entry.mutable_body()->mutable_token_issued();
  token.set_kind(v1::TokenIssued::PUBLISHER);
  token.set_id("232017");
  token.set_token_sha256(std::string(32, '\xab'));
  judge.apply(entry);

  subscribe(judge, regions);

  journal::Proposal proposal;
  auto& alert = *proposal.body.mutable_alert_accepted();
  alert = order("a", 1, 4);
  alert.mutable_summary()->set_message_type("Alert");
  alert.set_credential("abababab");
  auto& own = *alert.add_routing();
  own.add_area_codes("232017");
  own.add_events("evac.l4");
  auto told = std::make_shared<admission::Circumstances>();
  for (int i = 0; i < districts; ++i) {
    admission::Outline outline{"area", {}};
    outline.shapes.push_back(
        *geometry::polygon(bulging(34.6 + 0.015 * (i / 20), 137.25 + 0.015 * (i % 20), 0.006, 25)));
    told->outlines.push_back(std::move(outline));
  }
  for (const auto& outline : told->outlines)
    told->footprint.push_back(geometry::drawing_of(outline.shapes.front()));
  proposal.circumstances = told;
  const auto next = static_cast<std::uint64_t>(3 + regions);
  bool accepted = true;
  const auto decide = [&] {
    accepted &= std::holds_alternative<journal::Accept>(judge.decide(proposal, next, now_ms));
  };
  report("the first decision inside a territory (indexes it)", timed(1, decide));
  report(fmt::format("{} districts of 25 points, {} polygons subscribed", districts, regions),
         timed(2000, decide));
  if (!accepted) fmt::print("not accepted: the figures say nothing\n");
}

std::string blob(double latitude, double longitude, double radius) {
  std::string ring;
  for (int i = 0; i <= corners; ++i) {
    const auto angle = 2 * std::numbers::pi * (i % corners) / corners;
    const auto bulge = radius * (1 + 0.3 * std::sin(5 * angle));
    ring += fmt::format("{:.5f},{:.5f} ", latitude + bulge * std::sin(angle),
                        longitude + bulge * std::cos(angle));
  }
  ring.pop_back();
  return "<polygon>" + ring + "</polygon>";
}

void look_up() {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> north(31, 43);
  std::uniform_real_distribution<double> east(130, 143);
  in_force::Ground ground(registry::Registry(), 0);
  in_force::Situation situation(in_force::Folds("live"), ground, now_ms);
  const auto begun = Clock::now();
  for (std::uint64_t i = 1; i <= polygons / 4; ++i) {
    journal::Stored stored;
    stored.sequence = i;
    stored.entry.set_sequence(i);
    stored.entry.set_at_ms(now_ms);
    auto& alert = *stored.entry.mutable_body()->mutable_alert_accepted();
    alert.set_channel("live");
    alert.set_publisher("p");
    alert.mutable_summary()->set_status("Actual");
    alert.mutable_summary()->set_message_type("Alert");
    alert.add_routing()->add_area_codes("362018");
    std::string areas;
    for (int area = 0; area < 4; ++area)
      areas += "<area><areaDesc>a</areaDesc>" + blob(north(random), east(random), 0.05) + "</area>";
    stored.content = std::make_shared<const std::string>(
        "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>i</identifier>"
        "<sender>s</sender><sent>2026-11-22T12:00:00+09:00</sent><status>Actual</status>"
        "<msgType>Alert</msgType><scope>Public</scope><info><category>Safety</category>"
        "<event>e</event><urgency>Immediate</urgency><severity>Severe</severity>"
        "<certainty>Likely</certainty>" +
        areas + "</info></alert>");
    situation.apply(stored, now_ms);
  }
  fmt::print("{:52}  {:.2f} s\n",
             fmt::format("take in {} polygons of {} corners", polygons, corners),
             std::chrono::duration<double>(Clock::now() - begun).count());
  const auto ask = [&] {
    in_force::Question question;
    question.point = cap::Point{north(random), east(random)};
    return situation.answer(question, now_ms).orders.size();
  };
  report("the first position after that (builds the index)", timed(1, ask));
  std::size_t found = 0;
  report(fmt::format("a position, {} polygons in force", polygons),
         timed(20'000, [&] { found += ask(); }));
  fmt::print("{:52}  {:.2f}\n", "orders found a position", static_cast<double>(found) / 20'000);
}

}  // namespace
}  // namespace noroshi

int main() {
  noroshi::decide();
  for (const int regions : {0, 1, 100}) noroshi::decide_with_territory(regions);
  noroshi::look_up();
}
