#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "proto/jp/area.hpp"
#include "proto/jp/levels.hpp"
#include "proto/jp/lg_code.hpp"
#include "proto/jp/rule_parts.hpp"

namespace noroshi::jp {
namespace {

constexpr std::size_t jma_area_digits = 7;
constexpr std::size_t oaza_code_digits = 12;
constexpr std::size_t municipality_digits = 5;

constexpr std::array<std::string_view, 47> prefectures{
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県",   "福島県", "茨城県",
    "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県",
    "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県",   "愛知県", "三重県",
    "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県",
    "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県",   "高知県", "福岡県",
    "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県"};

// From 1, as codes count them; 0 when the name of none stands in front.
std::uint32_t prefecture_in_front(std::string_view name) {
  const auto found = std::find_if(prefectures.begin(), prefectures.end(),
                                  [&](const auto& each) { return name.starts_with(each); });
  return found == prefectures.end() ? 0
                                    : static_cast<std::uint32_t>(found - prefectures.begin()) + 1;
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Whether one of the two lies in the other: the same, or a city and its ward.
bool related(std::string_view a, std::string_view b) { return covers(a, b) || covers(b, a); }

class AreaCheck {
 public:
  AreaCheck(Block& block, const cap::Area& area)
      : block_(block), area_(area), code_(area_code(area)) {}

  void municipality() {
    std::size_t found = 0;
    for (const auto& each : area_.geocode) {
      if (each.value_name != list::lg_code) continue;
      if (!lg_code(each.value)) at(Severity::error, "lgcode", each);
      if (++found == 2) at(Severity::error, "lgcode", each, "several");
    }
    if (found == 0 && code_.empty())
      block_.at_area(Severity::warn, "lgcode", area_, area_.area_desc, "missing");
  }

  void named_district(bool needed) {
    std::size_t found = 0;
    for (const auto& each : area_.geocode) {
      if (each.value_name != list::district) continue;
      const auto named = district(each.value);
      if (!named)
        at(Severity::error, "district", each);
      else if (!code_.empty() && !related(named->code, code_))
        at(Severity::error, "district", each, "elsewhere");
      if (++found == 2) at(Severity::error, "district", each, "several");
    }
    if (needed && found == 0 && !code_.empty())
      block_.at_name(Severity::warn, "district", area_, "missing");
  }

  void other_codes() {
    for (const auto& each : area_.geocode) {
      if (each.value_name == list::oaza_code) oaza(each);
      if (each.value_name == list::jma_area) weather(each);
    }
  }

  void name() {
    if (code_.empty()) return;
    const auto prefecture = prefecture_in_front(area_.area_desc);
    if (prefecture == 0)
      block_.at_name(Severity::warn, "areaname", area_, "");
    else if (prefecture != place(code_)->prefecture())
      block_.at_name(Severity::warn, "areaname", area_, "elsewhere");
  }

 private:
  void at(Severity severity, std::string_view rule, const cap::NamedValue& code,
          std::string_view aspect = {}) {
    block_.at_geocode(severity, rule, area_, code, aspect);
  }

  bool lies_elsewhere(std::string_view digits) const {
    const auto there = lg_code(digits.substr(0, municipality_digits));
    return !code_.empty() && (!there || !related(*there, code_));
  }

  void oaza(const cap::NamedValue& code) {
    const std::string_view digits = code.value;
    if (digits.size() != oaza_code_digits || !all_digits(digits))
      at(Severity::warn, "oazacode", code);
    else if (lies_elsewhere(digits))
      at(Severity::warn, "oazacode", code, "elsewhere");
  }

  void weather(const cap::NamedValue& code) {
    const std::string_view digits = code.value;
    if (digits.size() != jma_area_digits || !all_digits(digits))
      at(Severity::warn, "jmaarea", code);
    else if (lies_elsewhere(digits))
      at(Severity::warn, "jmaarea", code, "elsewhere");
  }

  Block& block_;
  const cap::Area& area_;
  std::string code_;
};

// A district that cannot be read is reported as such, not as the whole municipality.
bool is_readable(const cap::Area& area) {
  const auto* named = listed(area.geocode, list::district);
  return named == nullptr || district(*named).has_value();
}

// The districts of one info together: each once, and not the whole beside its parts.
void check_list(Block& block, const Districts& districts) {
  std::set<std::string_view> seen;
  std::map<std::string_view, std::size_t> named;  // how many of a municipality are named
  const auto code_of = [](std::string_view district) {
    return district.substr(0, district.find(':'));
  };
  for (std::size_t i = 0; i < districts.size(); ++i) {
    if (districts[i].empty() || !is_readable(block.info().area[i])) continue;
    if (!seen.insert(districts[i]).second)
      block.at_area(Severity::warn, "district", block.info().area[i], districts[i], "repeated");
    else if (!districts[i].ends_with(":*"))
      ++named[code_of(districts[i])];
  }
  for (std::size_t i = 0; i < districts.size(); ++i)
    if (districts[i].ends_with(":*") && named.contains(code_of(districts[i])) &&
        is_readable(block.info().area[i]))
      block.at_area(Severity::confirm, "district", block.info().area[i], districts[i], "whole");
}

}  // namespace

void check_areas(Block& block, const Districts& districts) {
  const auto event = event_of(block.info());
  const bool evacuation = is_evacuation(event) && category(event) != nullptr;
  const bool japanese = language_of(block.info()) == Language::japanese;
  const bool cancel = block.alert().msg_type == "Cancel";
  if (block.info().area.empty() && japanese && !cancel)
    block.here(evacuation ? Severity::error : Severity::warn, "area", event,
               evacuation ? "order" : "");
  for (const auto& area : block.info().area) {
    AreaCheck check(block, area);
    check.municipality();
    check.named_district(japanese && level(event) != nullptr && !cancel);
    check.other_codes();
    if (japanese && evacuation) check.name();
  }
  if (japanese) check_list(block, districts);
}

}  // namespace noroshi::jp
