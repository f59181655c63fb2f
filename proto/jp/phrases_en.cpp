#include "proto/jp/phrases.hpp"

namespace noroshi::jp {
namespace {

constexpr std::string_view lift_action =
    "There is no need to evacuate any more. Still keep away from dangerous places.";

}  // namespace

// clang-format off
const Phrases phrases_en = {
    .tag = "en",
    .orders = {{
        {"evac.l5", "Warning Level 5", "Emergency Safety Measures", "LV5 GET SAFE", "LEVEL 5", "Your life is in danger",
         "Your life is in danger. Go to the safest place you can reach where you are, now.",
         "LV5 LIFTED", "LV5 LIFT", lift_action, "LV5 CANCELLED", "CANCELLED",
         "Level 5 Emergency Safety Measures are in effect for {where} because of the danger of {hazard}.",
         "The Level 5 Emergency Safety Measures ordered for {where} because of the danger of {hazard} have been lifted.",
         "The Level 5 Emergency Safety Measures announced for {where} because of the danger of {hazard} were a mistake and are cancelled."},
        {"evac.l4", "Warning Level 4", "Evacuation Order", "LV4 EVACUATE", "LEVEL 4", "Leave dangerous places now",
         "Everyone must leave dangerous places now. If going out is dangerous, move to a high floor of a building nearby.",
         "LV4 LIFTED", "LV4 LIFT", lift_action, "LV4 CANCELLED", "CANCELLED",
         "A Level 4 Evacuation Order is in effect for {where} because of the danger of {hazard}.",
         "The Level 4 Evacuation Order issued for {where} because of the danger of {hazard} has been lifted.",
         "The Level 4 Evacuation Order announced for {where} because of the danger of {hazard} was a mistake and is cancelled."},
        {"evac.l3", "Warning Level 3", "Evacuation of the Elderly, Etc.", "LV3 ELDERLY GO", "LEVEL 3", "Elderly: leave dangerous places now",
         "Elderly people, and all who need time, must leave dangerous places now. Everyone else: get ready.",
         "LV3 LIFTED", "LV3 LIFT", lift_action, "LV3 CANCELLED", "CANCELLED",
         "A Level 3 Evacuation of the Elderly, Etc. is in effect for {where} because of the danger of {hazard}.",
         "The Level 3 Evacuation of the Elderly, Etc. issued for {where} because of the danger of {hazard} has been lifted.",
         "The Level 3 Evacuation of the Elderly, Etc. announced for {where} because of the danger of {hazard} was a mistake and is cancelled."},
        {"evac.zone", "", "Restricted Area", "KEEP OUT", "KEEP OUT", "If you are inside, leave at once",
         "Do not enter the restricted area. If you are in it, leave at once.",
         "KEEP-OUT LIFTED", "ZONE LIFT",
         "You may enter again. Still take care.", "ZONE CANCELLED", "CANCELLED",
         "A Restricted Area has been set up in {where} because of the danger of {hazard}.",
         "The Restricted Area set up in {where} because of the danger of {hazard} has been lifted.",
         "The Restricted Area announced for {where} because of the danger of {hazard} was a mistake and is cancelled."},
    }},
    .hazards = {{
        {"flood", "flooding"}, {"landslide", "landslides"}, {"stormsurge", "storm surge"},
        {"earthquake", "earthquakes"}, {"tsunami", "tsunami"}, {"largefire", "large fires"},
        {"inlandflood", "inland flooding"}, {"volcano", "volcanic activity"},
        {"wind", "violent wind"}, {"snow", "heavy snow"}, {"cbrne", "hazardous substances"},
        {"attack", "armed attack"}, {"other", "disaster"},
    }},
    .reasons = {{
        {"riverlevel", "The river has risen"}, {"jma", "The Japan Meteorological Agency has issued a bulletin"},
        {"damleak", "Water leaks from a dam or a river bank"}, {"collapse", "A slope may collapse"},
        {"tsunami", "A tsunami may come"}, {"other", ""},
    }},
    .order = "{level}, {name}",
    .lift = "{order} lifted",
    .retract = "CANCELLED: ",
    .lifted = "{name} lifted",
    .null_report = "No evacuation order in force",
    .null_action = "No evacuation order is in force in {place} as of {time}.",
    .still_ordered = "But another order is still in effect for the same places. Stay away from them.",
    .retract_action = "You need not act on it. Check whether other orders are in effect.",
    .headline = "{place}: {hazard}, {order}{districts}",
    .null_headline = "{place}: no evacuation order in force as of {time}",
    // There is no room for everything: what to do comes first, then why, then where.
    .tickers = {"{mark}{short}: {hazard}, {place} ({districts}). {act}.",
                "{mark}{short}: {hazard}, {place}. {act}.",
                "{mark}{short}: {hazard}, {place} ({districts})",
                "{mark}{short}: {hazard}, {place}",
                "{mark}{short}: {place}",
                "{mark}{brief}: {place}",
                "{mark}{short}",
                "{mark}{brief}"},
    .null_tickers = {"{mark}No evacuation order in force as of {time}: {place}",
                     "{mark}No evacuation order: {place}",
                     "{mark}NO ORDER NOW",
                     "{mark}NO ORDER"},
    .listed = " ({districts})",
    .separator = ", ",
    .more = "{count} more",
    .parts = "parts of it",
    .parts_of = "parts of {place}",
    .opening = "{order}.",
    .lift_opening = "{order} lifted.",
    .retract_opening = "{order} cancelled.",
    .null_opening = "No evacuation order in force.",
    .speaker = "This is an announcement from {speaker}.",
    .because = "{reason}.",
    .stated = "The reason: {reason}.",
    .whole = "all of {place}",
    .within = "{districts} in {place}",
    .comma = ", ",
    .last_comma = " and ",
    .between = " ",
    .drill = {"DRILL: ", "DRILL ", "This is a drill."},
    .correction = {"CORRECTION: ", "CORRECTION ", "Our last announcement was wrong. This is the correct one."},
    .late = {"Ordered at {time}: ", "EARLIER ", "This was ordered at {time}."},
    .drill_closing = "This was a drill.",
    .time = "{hour}:{minute} on {month} {day}",
    .full_hour = "{hour}:00 on {month} {day}",
    .months = {"January", "February", "March", "April", "May", "June", "July", "August",
               "September", "October", "November", "December"},
};
// clang-format on

}  // namespace noroshi::jp
