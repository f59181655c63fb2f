// The hub's log: one JSON object a line on stderr. Control characters are escaped, secrets never
// reach it: callers log names and numbers, never headers or bodies.
//
// Threading  any thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace noroshi::log {

using Fields = std::initializer_list<std::pair<std::string_view, std::string>>;

// `level` is debug, info, warn or error; less is not written. Once, before threads start.
void begin(const std::string& level);

// `event` is a stable name in dots: alert.accepted, hub.started.
void info(std::string_view event, Fields fields = {});
void warn(std::string_view event, Fields fields = {});
void error(std::string_view event, Fields fields = {});

}  // namespace noroshi::log
