#include "hub/config/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <string>

namespace noroshi::log {
namespace {

std::string in_json(std::string_view text) {
  return boost::json::serialize(boost::json::value(text));
}

void write(spdlog::level::level_enum level, std::string_view event, Fields fields) {
  const auto logger = spdlog::default_logger();
  if (!logger->should_log(level)) return;
  std::string line = "\"event\":" + in_json(event);
  for (const auto& [name, value] : fields) line += "," + in_json(name) + ":" + in_json(value);
  logger->log(level, line);
}

}  // namespace

void begin(const std::string& level) {
  auto logger = spdlog::stderr_logger_mt("noroshi");
  logger->set_pattern(R"({"at":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",%v})");
  logger->set_level(spdlog::level::from_str(level));
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

void info(std::string_view event, Fields fields) { write(spdlog::level::info, event, fields); }
void warn(std::string_view event, Fields fields) { write(spdlog::level::warn, event, fields); }
void error(std::string_view event, Fields fields) { write(spdlog::level::err, event, fields); }

}  // namespace noroshi::log
