#include "hub/in_force/lines.hpp"

#include <algorithm>
#include <string>

#include "hub/in_force/standing.hpp"
#include "hub/in_force/stands_until.hpp"
#include "proto/jp/event_life.hpp"

namespace noroshi::in_force {
namespace {

std::string_view code_of(std::string_view district) {
  return district.substr(0, district.find(':'));
}

OrderedLine plain_line(const v1::AlertAccepted& alert, std::string_view area) {
  OrderedLine line;
  line.level = alert.summary().level();
  if (alert.has_expires_ms()) line.expires_ms = alert.expires_ms();
  if (alert.routing().empty()) return line;
  const auto& own = alert.routing(0);
  if (own.events_size() > 0) line.event = own.events(0);
  for (const auto& code : own.area_codes())
    if (concerns(area, code)) line.districts.push_back(code + ":*");
  return line;
}

// Lifts of the same hazard that name districts of a municipality this line names whole.
std::vector<std::string> exceptions(const v1::AlertAccepted& alert, const v1::OrderLine& line,
                                    const std::vector<std::string>& districts) {
  std::vector<std::string> except;
  for (const auto& other : alert.lines()) {
    if (!other.lift() ||
        jp::document_category(other.event()) != jp::document_category(line.event()) ||
        (!other.hazard().empty() && !line.hazard().empty() && other.hazard() != line.hazard()))
      continue;
    for (const auto& lifted : other.districts()) {
      const auto whole = std::string(code_of(lifted)) + ":*";
      if (lifted == whole) continue;
      const auto named = [&](const std::string& one) {
        return std::find(districts.begin(), districts.end(), one) != districts.end();
      };
      if (named(whole) && !named(lifted)) except.push_back(lifted);
    }
  }
  return except;
}

OrderedLine profile_line(const v1::AlertAccepted& alert, int index, std::string_view area) {
  const auto& said = alert.lines(index);
  OrderedLine line;
  line.line = index;
  line.event = said.event();
  line.hazard = said.hazard();
  line.level = said.level();
  for (const auto& district : said.districts())
    if (concerns(area, code_of(district))) line.districts.push_back(district);
  line.except = exceptions(alert, said, line.districts);
  if (said.has_onset_ms()) line.onset_ms = said.onset_ms();
  if (said.has_expires_ms()) line.expires_ms = said.expires_ms();
  return line;
}

}  // namespace

std::vector<OrderedLine> lines_in_force(const v1::AlertAccepted& alert, std::string_view area,
                                        std::int64_t now_ms) {
  std::vector<OrderedLine> lines;
  if (alert.lines().empty()) {
    lines.push_back(plain_line(alert, area));
    return lines;
  }
  for (int i = 0; i < alert.lines_size(); ++i) {
    const auto until = stands_until(alert.lines(i));
    if (!until || *until <= now_ms) continue;
    auto line = profile_line(alert, i, area);
    if (line.districts.empty() && area != "*") continue;
    if (line.expires_ms && *line.expires_ms <= now_ms)
      line.state = OrderedLine::State::expired_unlifted;
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace noroshi::in_force
