#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "proto/cap/instant.hpp"
#include "proto/cap/utf8.hpp"
#include "proto/jp/area.hpp"
#include "proto/jp/area_state.hpp"
#include "proto/jp/lg_code.hpp"
#include "proto/jp/rule_parts.hpp"

namespace noroshi::jp {
namespace {

// May stand there several times.
constexpr std::array<std::string_view, 4> repeatable{"AreaState", "RiverName", "RiverCode",
                                                     "UrgentMailCarrier"};
constexpr std::array<std::string_view, 24> single{"UpdateKind",
                                                  "Alerting",
                                                  "DocumentId",
                                                  "DocumentRevision",
                                                  "DisasterName",
                                                  "DrillId",
                                                  "IssueOrLift",
                                                  "WarningLevel",
                                                  "LevelEquivalent",
                                                  "ReportDateTime",
                                                  "ReasonCode",
                                                  "Reason",
                                                  "TotalHouseholds",
                                                  "TotalPeople",
                                                  "PublishingOfficeCode",
                                                  "EditorialOfficeCode",
                                                  "EditorialOfficeName",
                                                  "Households",
                                                  "People",
                                                  "ReadText",
                                                  "Ticker15",
                                                  "Ticker40",
                                                  "Ticker80",
                                                  "UrgentMailTitle"};
constexpr std::string_view mail_body = "UrgentMailBody";

template <class List>
bool holds(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_single(std::string_view name) { return holds(single, name) || name == mail_body; }

bool is_office(std::string_view code) { return lg_code(code).has_value(); }
bool is_time(std::string_view text) { return cap::unix_milliseconds(text).has_value(); }
bool is_count(std::string_view text) { return count(text).has_value(); }
template <std::size_t characters_max>
bool fits(std::string_view text) {
  return cap::utf8::characters(text) <= characters_max;
}

// The form of a value, where it has one that no other rule asks for.
struct Form {
  std::string_view name;
  std::string_view rule;
  bool (*has)(std::string_view);
};
constexpr Form forms[] = {
    {"ReasonCode", "reason", is_reason},
    {"PublishingOfficeCode", "office", is_office},
    {"EditorialOfficeCode", "office", is_office},
    {"ReportDateTime", "time", is_time},
    {"TotalHouseholds", "count", is_count},
    {"TotalPeople", "count", is_count},
    {"Households", "count", is_count},
    {"People", "count", is_count},
    {"Ticker15", "ticker", fits<15>},
    {"Ticker40", "ticker", fits<40>},
    {"Ticker80", "ticker", fits<80>},
};

void check_names(Block& block) {
  std::unordered_map<std::string_view, std::string_view> seen;
  for (const auto& each : block.info().parameter) {
    const auto name = parameter_name(each);
    if (!each.value_name.value.starts_with(layer)) continue;
    if (!is_single(name) && !holds(repeatable, name)) {
      block.at_code(Severity::warn, "parameter", each, "unknown");
    } else if (is_single(name)) {
      const auto [first, is_new] = seen.try_emplace(name, each.value);
      if (!is_new && first->second != std::string_view(each.value))
        block.at_code(Severity::error, "parameter", each, "repeated");
    }
  }
}

void check_forms(Block& block) {
  for (const auto& each : block.info().parameter)
    for (const auto& form : forms)
      if (parameter_name(each) == form.name && !form.has(each.value))
        block.at_code(Severity::warn, form.rule, each);
}

// Only what the Japanese info lists can have a state; in other languages the districts are not
// listed at all.
void check_area_states(Block& block) {
  std::set<std::string> listed_here;
  for (const auto& area : block.info().area) {
    if (const auto* text = listed(area.geocode, list::district))
      if (const auto named = district(*text)) listed_here.insert(named->text());
  }
  std::set<std::string> seen;
  for (const auto& each : block.info().parameter) {
    if (parameter_name(each) != "AreaState") continue;
    const auto state = area_state(each.value);
    if (!state)
      block.at_code(Severity::warn, "areastate", each);
    else if (!seen.insert(state->district).second)
      block.at_code(Severity::warn, "areastate", each, "repeated");
    else if (language_of(block.info()) == Language::japanese &&
             !listed_here.contains(state->district))
      block.at_code(Severity::warn, "areastate", each, "district");
  }
}

}  // namespace

void check_parameters(Block& block) {
  check_names(block);
  check_forms(block);
  check_area_states(block);
}

}  // namespace noroshi::jp
