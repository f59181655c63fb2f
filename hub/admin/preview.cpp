#include "hub/admin/preview.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "hub/admin/exit_code.hpp"
#include "hub/admin/preview_words.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admission/outlines.hpp"
#include "hub/registry/interest.hpp"
#include "proto/cap/instant.hpp"
#include "proto/cap/validate.hpp"

namespace noroshi::admin {
namespace {

constexpr journal::Sequence previewed_entries_max = 4'000'000;
constexpr std::size_t latest_max = 20;
constexpr std::size_t named_events_max = 64;
constexpr std::size_t named_areas_max = 2000;
constexpr std::size_t marks_max = 100'000;

registry::Subscriber asking(const v1::SubscriberRegistered& registered) {
  registry::Subscription subscription;
  subscription.interest = std::make_shared<const registry::Interest>(0, registered);
  registry::Subscriber subscriber;
  subscriber.versions.push_back(std::move(subscription));
  return subscriber;
}

void count_named(std::map<std::string, std::uint64_t>& counts, const std::string& name,
                 std::size_t named_max) {
  const bool named = counts.contains(name) || counts.size() < named_max;
  ++counts[named ? name : "…"];
}

boost::json::object object_of(const std::map<std::string, std::uint64_t>& counts) {
  boost::json::object object;
  for (const auto& [name, count] : counts) object[name] = count;
  return object;
}

}  // namespace

std::int64_t preview_begins(const AdminRequest& request) {
  constexpr std::int64_t day_ms = 86'400'000;
  const auto terms = request.preview.value_or(PreviewTerms{});
  return terms.now_ms - terms.days * day_ms;
}

Preview::Preview(const v1::SubscriberRegistered& asked, std::int64_t from_ms,
                 journal::Sequence head)
    : from_ms_(from_ms),
      head_(head),
      low_(head > previewed_entries_max ? head - previewed_entries_max : 0),
      high_(head),
      after_(low_),
      asked_(asked) {
  v1::SubscriberRegistered stage;
  *stage.mutable_areas() = asked.areas();
  stages_[by_areas] = asking(stage);
  stage.set_min_level(asked.min_level());
  stages_[by_level] = asking(stage);
  *stage.mutable_events() = asked.events();
  stages_[by_events] = asking(stage);
  if (!asked.polygon().empty()) {
    stage.set_polygon(asked.polygon());
    polygons_[registry::polygon_name(asked.polygon())] = {
        std::make_shared<const std::string>(asked.polygon()), 1};
  }
  stages_[by_polygon] = asking(stage);
}

journal::ReadBounds Preview::bounds() const {
  return searching() ? journal::ReadBounds{1, 1} : journal::ReadBounds{};
}

void Preview::take(std::span<const journal::StoredPtr> page) {
  if (searching()) return search(page.front()->entry);
  for (const auto& stored : page) {
    if (complete()) return;
    after_ = stored->sequence;
    const auto& body = stored->entry.body();
    if (body.has_alert_accepted() && body.alert_accepted().drill().empty()) judge(*stored);
  }
}

void Preview::search(const v1::Entry& entry) {
  if (entry.at_ms() < from_ms_)
    low_ = entry.sequence();
  else
    high_ = entry.sequence() - 1;
  after_ = low_;
}

void Preview::judge(const journal::Stored& stored) {
  ++alerts_;
  if (const auto filter = kept_away_by(stored))
    ++kept_away_[*filter];
  else
    count(stored);
}

std::optional<Preview::Filter> Preview::kept_away_by(const journal::Stored& stored) {
  const auto& alert = stored.entry.body().alert_accepted();
  for (const auto filter : {by_areas, by_level, by_events})
    if (!passes(filter, alert)) return filter;
  if (polygons_.empty() || passes(by_polygon, compared(stored))) return std::nullopt;
  return by_polygon;
}

bool Preview::passes(Filter filter, const v1::AlertAccepted& alert) const {
  // Registered before the first entry, for good.
  return stages_[filter].addressed(alert, 1);
}

v1::AlertAccepted Preview::compared(const journal::Stored& stored) {
  auto alert = stored.entry.body().alert_accepted();
  for (auto& part : *alert.mutable_routing()) {
    if (part.sequence() == stored.sequence && marks_.size() < marks_max)
      marks_.emplace(stored.sequence, mark(stored));
    const auto known = marks_.find(part.sequence());
    part.clear_polygons();
    part.set_drawn(known != marks_.end() && known->second.drawn);
    if (part.drawn() && known->second.touches) part.add_polygons(polygons_.begin()->first);
  }
  return alert;
}

Preview::Mark Preview::mark(const journal::Stored& stored) {
  if (stored.content == nullptr) return {};
  const auto document = cap::validate(*stored.content, std::nullopt, 0).alert;
  if (!document) return {};
  admission::Circumstances circumstances;
  circumstances.outlines = admission::outlines_of(*document);
  circumstances.footprint = admission::footprint_of(*document, circumstances.outlines);
  v1::RoutingPart part;
  compared_.mark(part, &circumstances, polygons_);
  return {part.drawn(), part.polygons_size() > 0};
}

void Preview::count(const journal::Stored& stored) {
  ++received_;
  const auto& summary = stored.entry.body().alert_accepted().summary();
  count_named(by_event_, summary.event(), named_events_max);
  for (const auto& code : summary.area_codes()) count_named(by_area_, code, named_areas_max);
  latest_.push_back({stored.sequence, stored.entry.at_ms(), summary});
  if (latest_.size() > latest_max) latest_.pop_front();
}

AdminAnswer Preview::answer(const AdminRequest& request) const {
  AdminAnswer answer;
  answer.note = sentence(request);
  for (const auto& [event, count] : by_event_)
    answer.data += fmt::format("{}\t{}\n", count, printable(event));
  for (const auto& each : latest_)
    answer.data +=
        fmt::format("{}\t{}\t{}\t{}\t{}\n", each.sequence, cap::cap_datetime(each.at_ms),
                    printable(each.summary.event()), printable(each.summary.identifier()),
                    printable(each.summary.headline()));
  answer.json = json(request);
  return answer;
}

std::string Preview::sentence(const AdminRequest& request) const {
  const auto days = request.preview.value_or(PreviewTerms{}).days;
  return say(request.language, PreviewSay::would_have_received, printable(request.id), days,
             received_, alerts_, kept_away_[by_areas], kept_away_[by_level], kept_away_[by_events],
             kept_away_[by_polygon]);
}

std::string Preview::json(const AdminRequest& request) const {
  boost::json::array latest;
  for (const auto& each : latest_)
    latest.push_back(boost::json::object{{"sequence", each.sequence},
                                         {"at", cap::cap_datetime(each.at_ms)},
                                         {"identifier", each.summary.identifier()},
                                         {"event", each.summary.event()},
                                         {"level", each.summary.level()},
                                         {"headline", each.summary.headline()}});
  const boost::json::object object{
      {"subscriber", request.id},
      {"days", request.preview.value_or(PreviewTerms{}).days},
      {"from", cap::cap_datetime(from_ms_)},
      {"through", head_},
      {"alerts", alerts_},
      {"received", received_},
      {"kept_away", boost::json::object{{"area", kept_away_[by_areas]},
                                        {"level", kept_away_[by_level]},
                                        {"event", kept_away_[by_events]},
                                        {"polygon", kept_away_[by_polygon]}}},
      {"events", object_of(by_event_)},
      {"areas", object_of(by_area_)},
      {"latest", std::move(latest)}};
  return boost::json::serialize(object) + "\n";
}

}  // namespace noroshi::admin
