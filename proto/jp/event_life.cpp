#include "proto/jp/event_life.hpp"

#include <algorithm>
#include <array>

namespace noroshi::jp {
namespace {

constexpr std::array<std::string_view, 5> lifted_by_somebody = {"evac", "shelter", "stay", "hq",
                                                                "outage"};
constexpr std::array<std::string_view, 6> pass_by_themselves = {"damage", "river", "waterlevel",
                                                                "rain",   "tide",  "jma"};

std::string_view first_word(std::string_view event_code) {
  return event_code.substr(0, event_code.find('.'));
}

template <class Words>
bool among(const Words& words, std::string_view event_code) {
  return std::find(words.begin(), words.end(), first_word(event_code)) != words.end();
}

}  // namespace

bool is_state(std::string_view event_code) {
  return among(lifted_by_somebody, event_code) || among(pass_by_themselves, event_code);
}

bool stands_until_lifted(std::string_view event_code) {
  return event_code != "evac.none" && among(lifted_by_somebody, event_code);
}

bool is_evacuation_order(std::string_view event_code) {
  return first_word(event_code) == "evac" && event_code != "evac.none";
}

std::string_view document_category(std::string_view event_code) {
  return is_evacuation_order(event_code) ? std::string_view("evac") : event_code;
}

}  // namespace noroshi::jp
