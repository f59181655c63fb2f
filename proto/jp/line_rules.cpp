#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <tuple>

#include "proto/jp/area.hpp"
#include "proto/jp/levels.hpp"
#include "proto/jp/lg_code.hpp"
#include "proto/jp/rule_parts.hpp"

namespace noroshi::jp {
namespace {

std::string_view hazard_of(const cap::Info& info) {
  const auto* hazard = listed(info.event_code, list::hazard);
  return hazard == nullptr ? std::string_view() : std::string_view(*hazard);
}

std::string lower(std::string_view tag) {
  std::string result(tag);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

std::string_view code_of(std::string_view district) {
  return district.substr(0, district.find(':'));
}

// Whether `area` is the municipality `code`, or one that it lies in: a designated city, or the
// whole prefecture.
bool holds(std::string_view area, std::string_view code) {
  const auto outer = place(area);
  const auto inner = place(code);
  if (!outer || !inner) return false;
  return covers(area, code) ||
         (outer->whole_prefecture() && outer->prefecture() == inner->prefecture());
}

// All info blocks of an alert against each other.
class LineCheck {
 public:
  LineCheck(const cap::Alert& alert, const std::vector<Districts>& districts,
            cap::Findings& findings)
      : districts_(districts) {
    for (std::size_t i = 0; i < alert.info.size(); ++i) {
      blocks_.emplace_back(alert, i + 1, findings);
      const auto& info = alert.info[i];
      lines_[{event_of(info), hazard_of(info), direction_of(info)}].push_back(i);
    }
  }

  void languages() {
    for (const auto& [key, infos] : lines_) {
      std::set<std::string> seen;
      for (const auto i : infos) language(i, seen);
      const auto japanese =
          std::find_if(infos.begin(), infos.end(), [&](auto i) { return is_japanese(i); });
      if (japanese == infos.end()) {
        const auto& first = blocks_[infos.front()].info();
        blocks_[infos.front()].at(Severity::error, "language", "language", first.language,
                                  "missing");
        continue;
      }
      std::set<std::string_view> codes;
      for (const auto& district : districts_[*japanese]) codes.insert(code_of(district));
      for (const auto i : infos)
        if (!is_japanese(i)) one_area(i, codes);
    }
  }

  // What one district is told by several lines.
  void contradictions() {
    std::map<std::tuple<std::string_view, std::string_view, std::string_view>, Direction> told;
    std::map<std::tuple<std::string_view, std::string_view>, std::string_view> levels;
    each_district([&](std::size_t i, std::size_t area, std::string_view district) {
      const auto& info = blocks_[i].info();
      const auto direction = direction_of(info);
      const auto [first, is_new] =
          told.try_emplace({event_of(info), hazard_of(info), district}, direction);
      if (!is_new && first->second != direction)
        blocks_[i].at_area(Severity::error, "line", info.area[area], district, "both");
      if (direction == Direction::lift || level_of_event(event_of(info)) == 0) return;
      const auto [level, is_first] =
          levels.try_emplace({hazard_of(info), district}, event_of(info));
      if (!is_first && level->second != event_of(info))
        blocks_[i].at_area(Severity::warn, "line", info.area[area], district, "levels");
    });
  }

  // 「発令中の避難情報なし」 beside an order in force.
  void null_reports() {
    std::set<std::string_view> ordered;
    each_district([&](std::size_t i, std::size_t, std::string_view district) {
      const auto& info = blocks_[i].info();
      if (level(event_of(info)) != nullptr && direction_of(info) == Direction::issue)
        ordered.insert(code_of(district));
    });
    each_district([&](std::size_t i, std::size_t area, std::string_view district) {
      const auto& info = blocks_[i].info();
      if (event_of(info) == null_report_event && ordered.contains(code_of(district)))
        blocks_[i].at_area(Severity::error, "line", info.area[area], district, "none");
    });
  }

 private:
  bool is_japanese(std::size_t i) const {
    return language_of(blocks_[i].info()) == Language::japanese;
  }

  void language(std::size_t i, std::set<std::string>& seen) {
    const auto& info = blocks_[i].info();
    const auto tag = lower(info.language ? std::string_view(*info.language) : "en-US");
    if (!seen.insert(tag).second)
      blocks_[i].at(Severity::error, "line", "language", info.language, "repeated");
    if (tag == "ja")
      blocks_[i].at(Severity::warn, "language", "language", info.language, "country");
  }

  // Other languages name the municipality, and nothing that the Japanese info does not speak of.
  void one_area(std::size_t i, const std::set<std::string_view>& japanese) {
    const auto& info = blocks_[i].info();
    if (info.area.size() != 1)
      return blocks_[i].here(Severity::error, "language", std::to_string(info.area.size()),
                             "areas");
    const auto code = area_code(info.area[0]);
    if (code.empty()) return;
    const bool same = std::any_of(japanese.begin(), japanese.end(),
                                  [&](const auto& there) { return holds(code, there); });
    if (!same) blocks_[i].at_name(Severity::error, "language", info.area[0], "elsewhere");
  }

  // Of the Japanese infos, in document order.
  template <class Look>
  void each_district(const Look& look) const {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (!is_japanese(i)) continue;
      for (std::size_t area = 0; area < districts_[i].size(); ++area)
        if (!districts_[i][area].empty()) look(i, area, districts_[i][area]);
    }
  }

  const std::vector<Districts>& districts_;
  std::deque<Block> blocks_;  // whose addresses do not change
  std::map<std::tuple<std::string_view, std::string_view, Direction>, std::vector<std::size_t>>
      lines_;
};

}  // namespace

void check_lines(const cap::Alert& alert, const std::vector<Districts>& districts,
                 cap::Findings& findings) {
  LineCheck check(alert, districts, findings);
  check.languages();
  check.contradictions();
  check.null_reports();
}

}  // namespace noroshi::jp
