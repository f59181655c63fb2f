#include "proto/jp/order.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

#include "proto/cap/instant.hpp"
#include "proto/cap/utf8.hpp"
#include "proto/jp/area.hpp"
#include "proto/jp/codes.hpp"

namespace noroshi::jp {
namespace {

std::string kept(std::string_view text) {
  return std::string(cap::utf8::prefix(text, value_bytes_max));
}

std::string stated(const cap::Alert& alert, std::string_view name) {
  const auto* found = parameter(alert, name);
  return found == nullptr ? "" : kept(*found);
}

std::string update_kind_of(const cap::Alert& alert) {
  const auto* word = parameter(alert, "UpdateKind");
  if (word != nullptr && is_update_kind(*word)) return word->value;
  if (alert.msg_type == "Cancel") return "cancel";
  return alert.msg_type == "Update" ? "update" : "new";
}

std::string hazard_of(const cap::Info& info) {
  const auto* hazard = listed(info.event_code, list::hazard);
  return hazard == nullptr ? "" : kept(*hazard);
}

std::uint32_t stated_level(const cap::Info& info) {
  const auto* level = parameter(info, "WarningLevel");
  return level == nullptr ? level_of_event(event_of(info)) : level_of(*level);
}

std::optional<std::int64_t> instant(const std::optional<cap::Text>& time) {
  return time ? cap::unix_milliseconds(*time) : std::nullopt;
}

std::optional<std::int64_t> end_of(const cap::Alert& alert, const cap::Info& info) {
  if (const auto end = instant(info.expires)) return end;
  const auto* known = category(event_of(info));
  const auto sent = cap::unix_milliseconds(alert.sent);
  if (known == nullptr || known->life.count() == 0 || !sent) return std::nullopt;
  return *sent + std::chrono::milliseconds(known->life).count();
}

// The info blocks of one line.
struct Blocks {
  std::size_t line;
  std::vector<const cap::Info*> japanese;
  std::vector<const cap::Info*> others;
};

void add_districts(const cap::Info& info, std::set<std::string>& seen, Line& line) {
  for (const auto& area : info.area) {
    auto district = covered_district(area);
    if (district.empty() || !seen.insert(district).second) continue;
    line.districts.push_back(std::move(district));
  }
}

// From the Japanese info where there is one. Several of them add up (cap.R092); of their times the
// first counts.
void fill(const cap::Alert& alert, const Blocks& blocks, Line& line) {
  const auto& leading = blocks.japanese.empty() ? blocks.others : blocks.japanese;
  std::set<std::string> seen;
  for (const auto* info : leading) add_districts(*info, seen, line);
  line.level = stated_level(*leading.front());
  line.onset_ms = instant(leading.front()->onset);
  line.expires_ms = end_of(alert, *leading.front());
}

std::vector<Line> lines_of(const cap::Alert& alert) {
  std::vector<Line> lines;
  std::map<std::tuple<std::string, std::string, Direction>, Blocks> found;
  for (const auto& info : alert.info) {
    Line line{kept(event_of(info)), hazard_of(info), direction_of(info), 0, {}, {}, {}};
    auto& blocks =
        found.try_emplace({line.event, line.hazard, line.direction}, Blocks{lines.size(), {}, {}})
            .first->second;
    (language_of(info) == Language::japanese ? blocks.japanese : blocks.others).push_back(&info);
    if (blocks.line == lines.size()) lines.push_back(std::move(line));
  }
  for (const auto& [key, blocks] : found) fill(alert, blocks, lines[blocks.line]);
  return lines;
}

void add_unknown(std::vector<std::string>& unknown, std::string_view rule, std::string_view word) {
  auto flag = std::string(rule) + " " + kept(word);
  if (unknown.size() == unknown_max) return;
  if (std::find(unknown.begin(), unknown.end(), flag) == unknown.end())
    unknown.push_back(std::move(flag));
}

std::vector<std::string> unknown_of(const cap::Alert& alert) {
  std::vector<std::string> unknown;
  for (const auto& info : alert.info) {
    if (category(event_of(info)) == nullptr) add_unknown(unknown, "jp.event", event_of(info));
    const auto* hazard = listed(info.event_code, list::hazard);
    if (hazard != nullptr && !is_hazard(*hazard)) add_unknown(unknown, "jp.hazard", *hazard);
    const auto* level = parameter(info, "WarningLevel");
    if (level != nullptr && level_of(*level) == level_unknown)
      add_unknown(unknown, "jp.level", *level);
    const auto* passed_on = parameter(info, "LevelEquivalent");
    if (passed_on != nullptr && level_of(*passed_on) == level_unknown)
      add_unknown(unknown, "jp.levelequivalent", *passed_on);
  }
  return unknown;
}

}  // namespace

std::optional<Order> read(const cap::Alert& alert) {
  if (!follows_profile(alert)) return std::nullopt;
  Order order;
  order.update_kind = update_kind_of(alert);
  order.document = stated(alert, "DocumentId");
  order.revision = stated(alert, "DocumentRevision");
  order.alerting = stated(alert, "Alerting");
  order.publishing_office = stated(alert, "PublishingOfficeCode");
  order.editorial_office = stated(alert, "EditorialOfficeCode");
  order.drill = stated(alert, "DrillId");
  order.lines = lines_of(alert);
  order.unknown = unknown_of(alert);
  return order;
}

}  // namespace noroshi::jp
