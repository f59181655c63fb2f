#include "hub/admission/area_guard.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "hub/admission/coverage.hpp"
#include "hub/admission/summary.hpp"
#include "proto/cap/finding.hpp"
#include "proto/cap/shape.hpp"
#include "proto/jp/area.hpp"
#include "proto/jp/codes.hpp"
#include "proto/jp/parameters.hpp"

namespace noroshi::admission {
namespace {

constexpr double municipality_km2_max = 3'000;
constexpr double prefecture_km2_max = 100'000;
constexpr double times_the_named = 4;
constexpr std::uint32_t asked_level = 3;

bool is_loud(const cap::Info& info) {
  if (jp::direction_of(info) == jp::Direction::lift) return false;
  const auto event = jp::event_of(info);
  if (event == "evac.none") return false;
  const auto* category = jp::category(event);
  if (category != nullptr && category->alerting == jp::Alerting::loud) return true;
  const auto* level = jp::parameter(info, "WarningLevel");
  return level != nullptr && jp::level_of(level->value) >= asked_level;
}

// The city's own list is that of the Japanese blocks; the others name the city alone.
bool lists_districts(const cap::Alert& alert, const cap::Info& info) {
  return !jp::follows_profile(alert) || jp::language_of(info) == jp::Language::japanese;
}

bool has_shape(const cap::Area& area) { return !area.polygon.empty() || !area.circle.empty(); }

bool is_prefecture(std::string_view code) { return code.size() == 6 && code.substr(2, 3) == "000"; }

template <class Take>
void each_loud_area(const cap::Alert& alert, const Take& take) {
  for (const auto& info : alert.info)
    if (is_loud(info))
      for (const auto& area : info.area) take(info, area);
}

std::string named(const cap::Area& area) {
  const auto shown = cap::shown(area.area_desc.value);
  return shown.empty() ? "-" : shown;
}

void add(std::vector<std::string>& list, std::string value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
}

// The municipalities of which the revisions that `alert` follows ordered for single districts, and
// for no more.
std::set<std::string, std::less<>> picked_before(const v1::AlertAccepted& alert,
                                                 const Documents& documents) {
  std::set<std::string, std::less<>> picked;
  std::set<std::string, std::less<>> whole;
  const auto look = [&](Sequence sequence) {
    const auto* standing = documents.standing(sequence);
    if (standing == nullptr) return;
    const auto lines = standing->read();
    for (const auto& line : lines.lines())
      for (const auto& district : line.districts())
        (is_whole(district) ? whole : picked).emplace(municipality_of(district));
  };
  for (const auto& reference : alert.references())
    if (reference.sequence() != 0) look(reference.sequence());
  if (const auto* document = documents.document_of(alert)) look(document->newest);
  for (const auto& code : whole) picked.erase(code);
  return picked;
}

}  // namespace

std::vector<std::string> odd_areas(const cap::Alert& alert) {
  std::vector<std::string> questions;
  for (const auto& info : alert.info)
    if (is_loud(info) && info.area.empty()) add(questions, "area.nowhere -");
  each_loud_area(alert, [&](const cap::Info&, const cap::Area& area) {
    const auto code = area_code(area);
    if (!has_shape(area)) {
      if (code.empty()) add(questions, "area.nowhere " + named(area));
      return;
    }
    const auto most =
        code.empty() || is_prefecture(code) ? prefecture_km2_max : municipality_km2_max;
    const auto drawn = extent_of(area);
    if (drawn && drawn->square_kilometers > most) add(questions, "area.large " + named(area));
  });
  return questions;
}

std::vector<std::string> unpicked_codes(const cap::Alert& alert) {
  std::vector<std::string> codes;
  each_loud_area(alert, [&](const cap::Info& info, const cap::Area& area) {
    if (!lists_districts(alert, info) || has_shape(area)) return;
    for (const auto list : {jp::list::district, jp::list::oaza_code, jp::list::jma_area})
      if (jp::listed(area.geocode, list) != nullptr) return;
    auto code = area_code(area);
    if (!code.empty() && !is_prefecture(code)) add(codes, std::move(code));
  });
  return codes;
}

std::vector<DrawnDistrict> drawn_districts(const cap::Alert& alert) {
  std::vector<DrawnDistrict> drawn;
  each_loud_area(alert, [&](const cap::Info&, const cap::Area& area) {
    auto district = jp::covered_district(area);
    if (district.empty() || is_whole(district)) return;
    if (const auto extent = extent_of(area))
      drawn.push_back({named(area), std::move(district), *extent});
  });
  return drawn;
}

std::vector<std::string> misdrawn_areas(const std::vector<DrawnDistrict>& drawn,
                                        const Masters& masters) {
  std::vector<std::string> questions;
  for (const auto& [name, district, extent] : drawn) {
    const auto registered = masters.extent(district);
    if (!registered) continue;
    if (apart(extent, *registered))
      add(questions, "area.outside " + name);
    else if (extent.square_kilometers > times_the_named * registered->square_kilometers)
      add(questions, "area.large " + name);
  }
  return questions;
}

std::vector<std::string> widened_areas(const v1::AlertAccepted& alert,
                                       const std::vector<std::string>& unpicked,
                                       const Documents& documents) {
  std::vector<std::string> questions;
  for (const auto& code : unpicked)
    if (documents.masters().districts(code) != nullptr) add(questions, "area.unpicked " + code);
  if (alert.lines().empty() || alert.summary().message_type() != "Update") return questions;
  std::set<std::string, std::less<>> whole;
  for (const auto& line : alert.lines())
    if (!line.lift() && line.event() != "evac.none")
      for (const auto& district : line.districts())
        if (is_whole(district)) whole.emplace(municipality_of(district));
  if (whole.empty()) return questions;
  for (const auto& code : picked_before(alert, documents))
    if (whole.contains(code)) add(questions, "area.widened " + code);
  return questions;
}

}  // namespace noroshi::admission
