#include "proto/jp/codes.hpp"

#include <algorithm>

namespace noroshi::jp {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr minutes none{0};
constexpr auto state = Kind::state;
constexpr auto notice = Kind::notice;
constexpr auto loud = Alerting::loud;
constexpr auto quiet = Alerting::quiet;

// clang-format off
constexpr Category rows[] = {
    //                                                            life       at least   at most
    {"evac.l3",           state,  {"Safety"},                     hours(48), hours(24), hours(72), loud},
    {"evac.l4",           state,  {"Safety"},                     hours(48), hours(24), hours(72), loud},
    {"evac.l5",           state,  {"Safety"},                     hours(48), hours(24), hours(72), loud},
    {"evac.zone",         state,  {"Safety"},                     hours(48), hours(24), hours(72), loud},
    {"evac.none",         state,  {"Safety"},                     hours(6),  none,      none,      quiet},
    {"shelter",           state,  {"Safety"},                     hours(48), none,      none,      quiet},
    {"stay",              state,  {"Safety"},                     hours(48), none,      none,      quiet},
    {"hq",                state,  {"Safety"},                     hours(72), none,      none,      quiet},
    {"damage",            state,  {"Other"},                      hours(72), none,      none,      quiet},
    {"notice.transport",  notice, {"Infra", "Transport", "Other"}, hours(72), none,     hours(72), quiet},
    {"notice.lifeline",   notice, {"Infra", "Transport", "Other"}, hours(72), none,     hours(72), quiet},
    {"notice.living",     notice, {"Infra", "Transport", "Other"}, hours(72), none,     hours(72), quiet},
    {"notice.pr",         notice, {"Infra", "Transport", "Other"}, hours(72), none,     hours(72), quiet},
    {"notice.culture",    notice, {"Infra", "Transport", "Other"}, hours(72), none,     hours(72), quiet},
    {"notice.other",      notice, {"Infra", "Transport", "Other"}, hours(72), none,     hours(72), quiet},
    // At most until 90 days after its end; the document does not say when that is.
    {"event",             notice, {"Other"},                      none,      none,      none,      quiet},
    {"outage.power",      state,  {"Infra"},                      hours(24), none,      none,      quiet},
    {"outage.gas",        state,  {"Infra"},                      hours(24), none,      none,      quiet},
    {"outage.water",      state,  {"Infra"},                      hours(24), none,      none,      quiet},
    {"outage.telecom",    state,  {"Infra"},                      hours(24), none,      none,      quiet},
    {"river",             state,  {"Met"},                        hours(6),  none,      none,      quiet},
    {"waterlevel",        state,  {"Met"},                        hours(6),  none,      none,      quiet},
    {"rain",              state,  {"Met"},                        hours(6),  none,      none,      quiet},
    {"tide",              state,  {"Met"},                        hours(6),  none,      none,      quiet},
    {"urgentmail",        notice, {"Safety"},                     hours(1),  none,      none,      loud},
    {"urgentmail.result", notice, {"Safety"},                     hours(1),  none,      none,      quiet},
    {"jma.",              state,  {"Met", "Geo"},                 none,      none,      none,      Alerting::by_level},
    {"civil",             notice, {"Security"},                   hours(24), none,      none,      loud},
    {"sys.probe",         notice, {"Other"},                      minutes(10), none,    none,      Alerting::none},
};
// clang-format on

constexpr std::array<std::string_view, 13> hazards{
    "flood",   "landslide", "stormsurge", "earthquake", "tsunami", "largefire", "inlandflood",
    "volcano", "wind",      "snow",       "cbrne",      "attack",  "other"};
constexpr std::array<std::string_view, 6> reasons{"riverlevel", "jma",     "damleak",
                                                  "collapse",   "tsunami", "other"};
constexpr std::array<std::string_view, 5> update_kinds{"new", "update", "correction", "cancel",
                                                       "late"};

bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool names(const Category& row, std::string_view code) {
  return row.code.ends_with('.') ? code.size() > row.code.size() && code.starts_with(row.code)
                                 : code == row.code;
}

}  // namespace

std::span<const Category> categories() { return rows; }

const Category* category(std::string_view event_code) {
  const auto* row = std::find_if(std::begin(rows), std::end(rows),
                                 [&](const auto& each) { return names(each, event_code); });
  return row == std::end(rows) ? nullptr : row;
}

std::uint32_t level_of_event(std::string_view event_code) {
  constexpr std::string_view levels = "evac.l";
  if (event_code.size() != levels.size() + 1 || !event_code.starts_with(levels)) return 0;
  const char digit = event_code.back();
  return digit >= '3' && digit <= '5' ? static_cast<std::uint32_t>(digit - '0') : 0;
}

std::uint32_t level_of(std::string_view warning_level) {
  if (warning_level.size() != 1 || warning_level[0] < '1' || warning_level[0] > '5')
    return level_unknown;
  return static_cast<std::uint32_t>(warning_level[0] - '0');
}

bool is_hazard(std::string_view word) { return contains(hazards, word); }
bool is_reason(std::string_view word) { return contains(reasons, word); }
bool is_update_kind(std::string_view word) { return contains(update_kinds, word); }

}  // namespace noroshi::jp
