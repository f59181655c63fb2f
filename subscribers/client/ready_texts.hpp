// What people read or hear of an alert: of CAP-JP the texts its sender made ready, of any other
// alert what can honestly be made of its headline. Whatever is of a drill says so.
//
// Pure; texts have no control characters and no line breaks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "proto/cap/document.hpp"
#include "subscribers/client/lines.hpp"

namespace noroshi::subscribers {

// One text for each line of the alert (lines_in()), of at most `characters_max` characters, each of
// which fills a full-width cell at most. Ticker15, Ticker40 or Ticker80 of the sender where one
// fits, else the headline; cut texts end in an ellipsis.
std::vector<std::string> tickers(const cap::Alert& alert, std::string_view language,
                                 std::size_t characters_max);
std::string ticker(const cap::Alert& alert, const Line& line, std::size_t characters_max);

// To be read out, a text for each line: ReadText of the sender, else who speaks, the headline, the
// description and what to do.
std::vector<std::string> radio_scripts(const cap::Alert& alert, std::string_view language);

// The headline of a line; without one the event and the first place. What is cancelled says so.
std::string headline(const cap::Alert& alert, const Line& line);

}  // namespace noroshi::subscribers
