#include "publishers/publish/revision.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "proto/jp/area_state.hpp"
#include "proto/jp/event_life.hpp"
#include "proto/jp/identifier.hpp"
#include "proto/jp/order.hpp"
#include "proto/jp/parameters.hpp"

namespace noroshi::publishers {
namespace {

constexpr std::string_view zone = "evac.zone";  // no level takes its place

using Names = std::map<std::string, jp::NamedDistrict>;  // by `<code>:<id>`

// How the alert itself calls its districts, for those the city's file does not know.
Names names_in(const cap::Alert& alert, const std::string& municipality) {
  Names names;
  for (const auto& info : alert.info) {
    if (jp::language_of(info) != jp::Language::japanese) continue;
    for (const auto& area : info.area) {
      const auto* district = jp::listed(area.geocode, jp::list::district);
      if (district == nullptr) continue;
      std::string name = area.area_desc.value;
      if (name.starts_with(municipality)) name.erase(0, municipality.size());
      const auto& full = district->value;
      names[full] = {full.substr(full.find(':') + 1), name, "", ""};
    }
    for (const auto& parameter : info.parameter) {
      if (jp::parameter_name(parameter) != "AreaState") continue;
      const auto state = jp::area_state(parameter.value);
      const auto known = state ? names.find(state->district) : names.end();
      if (known != names.end()) known->second.kana = state->kana;
    }
  }
  return names;
}

bool is_whole(const jp::Ordered& ordered) { return ordered.districts.empty(); }

bool has(const std::vector<jp::NamedDistrict>& districts, const std::string& id) {
  return std::any_of(districts.begin(), districts.end(),
                     [&](const auto& district) { return district.id == id; });
}

bool same_matter(const jp::Ordered& a, const jp::Ordered& b) {
  return a.hazard == b.hazard && a.direction == b.direction &&
         jp::document_category(a.event) == jp::document_category(b.event) &&
         (a.event == zone) == (b.event == zone);
}

Result<jp::Ordered> ordered_of(const jp::Line& line, const City& city, const Names& names) {
  jp::Ordered ordered{line.event, line.hazard, line.direction, {}};
  for (const auto& district : line.districts) {
    const auto colon = district.find(':');
    const auto id = district.substr(colon + 1);
    if (district.substr(0, colon) != city.office.code) return failure(ErrorCode::invalid, district);
    if (id == "*") {
      ordered.districts.clear();
      return ordered;
    }
    const auto* known = city.district(id);
    ordered.districts.push_back(known != nullptr ? *known : names.at(district));
  }
  return ordered;
}

}  // namespace

Result<jp::Composition> continued(const cap::Alert& last, const City& city) {
  const auto order = jp::read(last);
  const auto name = jp::identifier(last.identifier);
  if (!order || !name) return failure(ErrorCode::invalid, last.identifier.value);
  if (last.sender != city.office.sender) return failure(ErrorCode::invalid, last.sender.value);
  jp::Composition next;
  next.office = city.office;
  next.document = name->document;
  next.revision = name->revision + 1;
  next.kind = "update";
  next.references = cap::references(last);
  next.references.push_back({last.sender.value, last.identifier.value, last.sent.value});
  next.drill = order->drill;
  if (const auto* reason = jp::parameter(last, "Reason")) next.reason = *reason;
  if (const auto* code = jp::parameter(last, "ReasonCode")) next.reason_code = code->value;
  const auto names = names_in(last, city.office.prefecture + city.office.name);
  for (const auto& line : order->lines) {
    if (line.direction == jp::Direction::lift) continue;
    auto ordered = ordered_of(line, city, names);
    if (!ordered) return tl::unexpected(ordered.error());
    next.lines.push_back(std::move(*ordered));
  }
  return next;
}

void issue(jp::Composition& composition, jp::Ordered ordered) {
  auto& lines = composition.lines;
  for (auto& line : lines) {
    if (!same_matter(line, ordered) || is_whole(line)) continue;
    std::erase_if(line.districts,
                  [&](const auto& told) { return has(ordered.districts, told.id); });
    if (line.districts.empty()) line.event.clear();  // nothing is left of it
  }
  std::erase_if(lines, [&](const auto& line) {
    return line.event.empty() || (is_whole(ordered) && same_matter(line, ordered));
  });
  const auto same = std::find_if(lines.begin(), lines.end(), [&](const auto& line) {
    return same_matter(line, ordered) && line.event == ordered.event && !is_whole(line);
  });
  if (same == lines.end()) {
    lines.insert(lines.begin(), std::move(ordered));
  } else {
    same->districts.insert(same->districts.end(), ordered.districts.begin(),
                           ordered.districts.end());
  }
}

Result<void> change_level(jp::Composition& composition, const std::string& event) {
  const auto before = composition.lines;
  for (const auto& line : before) {
    auto changed = line;
    changed.event = event;
    if (same_matter(line, changed)) issue(composition, std::move(changed));
  }
  const bool any = std::any_of(composition.lines.begin(), composition.lines.end(),
                               [&](const auto& line) { return line.event == event; });
  return any ? Result<void>() : failure(ErrorCode::not_found, event);
}

std::optional<std::string> only_hazard(const jp::Composition& composition) {
  std::set<std::string> hazards;
  for (const auto& line : composition.lines) hazards.insert(line.hazard);
  if (hazards.size() != 1 || hazards.begin()->empty()) return std::nullopt;
  return *hazards.begin();
}

Result<void> lift(jp::Composition& composition, const std::vector<jp::NamedDistrict>& districts) {
  std::vector<jp::Ordered> lines;
  std::vector<std::string> lifted;
  for (const auto& line : composition.lines) {
    jp::Ordered kept = line;
    jp::Ordered ended = line;
    ended.direction = jp::Direction::lift;
    if (districts.empty()) {
      lines.push_back(std::move(ended));
      continue;
    }
    ended.districts.clear();
    for (const auto& district : districts)
      if (is_whole(line) || has(line.districts, district.id)) {
        ended.districts.push_back(district);
        lifted.push_back(district.id);
      }
    std::erase_if(kept.districts, [&](const auto& told) { return has(districts, told.id); });
    if (is_whole(line) || !kept.districts.empty()) lines.push_back(std::move(kept));
    if (!ended.districts.empty()) lines.push_back(std::move(ended));
  }
  if (lines.empty()) return failure(ErrorCode::not_found, "");
  for (const auto& district : districts)
    if (std::find(lifted.begin(), lifted.end(), district.id) == lifted.end())
      return failure(ErrorCode::not_found, district.id);
  composition.lines = std::move(lines);
  return {};
}

}  // namespace noroshi::publishers
