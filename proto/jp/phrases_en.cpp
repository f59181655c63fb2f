#include "proto/jp/phrases.hpp"

namespace noroshi::jp {

// clang-format off
const Phrases phrases_en = {
    .tag = "en",
    .orders = {{
        {"evac.l5", "warning level 5", "Emergency Safety Measures", "Level 5: danger", "get safe now",
         "Your life is in danger. Go to the safest place you can reach where you are, now."},
        {"evac.l4", "warning level 4", "Evacuation Order", "Level 4: leave", "everyone leave",
         "Everyone must leave dangerous places now. If going out is dangerous, move to a high floor of a building nearby."},
        {"evac.l3", "warning level 3", "Evacuation of the Elderly, Etc.", "Level 3: elderly", "elderly leave",
         "Elderly people, and all who need time, must leave dangerous places now. Everyone else: get ready."},
        {"evac.zone", "", "Restricted Area", "Keep out", "keep out",
         "Do not enter the restricted area. If you are in it, leave at once."},
    }},
    .hazards = {{
        {"flood", "flood"}, {"landslide", "landslide"}, {"stormsurge", "storm surge"},
        {"earthquake", "earthquake"}, {"tsunami", "tsunami"}, {"largefire", "large fire"},
        {"inlandflood", "inland flooding"}, {"volcano", "volcanic activity"},
        {"wind", "violent wind"}, {"snow", "heavy snow"}, {"cbrne", "hazardous substances"},
        {"attack", "armed attack"}, {"other", "disaster"},
    }},
    .reasons = {{
        {"riverlevel", "The river has risen"}, {"jma", "The Japan Meteorological Agency has warned"},
        {"damleak", "Water leaks from a dam or a river bank"}, {"collapse", "A slope may collapse"},
        {"tsunami", "A tsunami may come"}, {"other", ""},
    }},
    .order = "{level}, {name}",
    .lift = "{order} lifted",
    .lifted = "{name} lifted",
    .null_report = "No evacuation order in force",
    .null_action = "There is no evacuation order in force.",
    .lift_action = "There is no need to evacuate any more. Still keep away from dangerous places.",
    .headline = "{place}: {hazard}, {order}{districts}",
    .null_headline = "{place}: no evacuation order in force",
    .listed = " ({districts})",
    .separator = ", ",
    .more = "{count} more",
    .whole = " as a whole",
    .opening = "{order}.",
    .speaker = "This is {speaker}.",
    .issued = "For {where}, because of {hazard}: {order}.",
    .ended = "For {where}, the order because of {hazard} is lifted: {order}.",
    .because = "{reason}.",
    .stated = "The reason: {reason}.",
    .within = ", ",
    .comma = ", ",
    .between = " ",
};
// clang-format on

}  // namespace noroshi::jp
