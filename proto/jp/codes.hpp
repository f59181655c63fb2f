// The lists of CAP-JP 0.1 (ops/docs/profile.md) as data: where its codes and parameters stand in a
// CAP document, what an alert may be about, which hazards and reasons there are.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

namespace noroshi::jp {

inline constexpr std::string_view profile_mark = "profile:CAP-JP:0.1";  // a code of the alert
inline constexpr std::string_view layer = "layer:CAP-JP:0.1:";          // before a parameter's name

// The valueName of an eventCode or a geocode.
namespace list {
inline constexpr std::string_view event = "profile:CAP-JP:Event:0.1";
inline constexpr std::string_view hazard = "profile:CAP-JP:Hazard:0.1";
inline constexpr std::string_view lg_code = "profile:CAP-JP:LGCode:0.1";
inline constexpr std::string_view district = "profile:CAP-JP:District:0.1";
inline constexpr std::string_view oaza_code = "profile:CAP-JP:OazaCode:0.1";
inline constexpr std::string_view jma_area = "profile:CAP-JP:JmaArea:0.1";
}  // namespace list

inline constexpr std::uint32_t level_unknown = 255;  // stated and not 1 to 5: counts as 5

// A state holds until it is lifted or runs out and is replaced as a whole; a notice is said once.
enum class Kind { state, notice };
enum class Alerting { none, quiet, loud, by_level };

// One row of the table of categories.
struct Category {
  std::string_view code;  // "evac.l4"; ending in a dot, whatever is below it: "jma."
  Kind kind;
  std::array<std::string_view, 3> cap;  // the categories of CAP it may have, "" where fewer
  std::chrono::minutes life;            // when no expires is given; 0: none of its own
  std::chrono::minutes life_min;        // 0: any
  std::chrono::minutes life_max;        // 0: any
  Alerting alerting;
};

// Nothing when the profile does not know the code: such an alert is delivered, loud and high.
const Category* category(std::string_view event_code);
std::span<const Category> categories();

// evac.l3 to evac.l5 are 3 to 5; 0 for everything else.
std::uint32_t level_of_event(std::string_view event_code);
// 1 to 5, or level_unknown.
std::uint32_t level_of(std::string_view warning_level);

inline bool is_evacuation(std::string_view event_code) { return event_code.starts_with("evac."); }

bool is_hazard(std::string_view word);
bool is_reason(std::string_view word);
bool is_update_kind(std::string_view word);

}  // namespace noroshi::jp
