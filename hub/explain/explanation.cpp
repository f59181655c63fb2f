#include "hub/explain/explanation.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <span>
#include <utility>

#include "hub/alarms/words.hpp"
#include "hub/api/words.hpp"
#include "hub/config/alarm_kinds.hpp"
#include "proto/jp/messages.hpp"
#include "proto/signature/words.hpp"

namespace noroshi::explain {
namespace {

using cap::Language;

constexpr std::size_t near_max = 5;
constexpr std::size_t distance_max = 3;
constexpr std::size_t typed_bytes_max = 100;
constexpr std::string_view signature_rules[] = {"cap.R080", "cap.R081"};

bool is_signature_rule(std::string_view id) {
  return std::find(std::begin(signature_rules), std::end(signature_rules), id) !=
         std::end(signature_rules);
}

// `{value}` and `{element}` as `…`.
std::string without_values(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const auto brace = text.find('{');
    const auto end = brace == std::string_view::npos ? brace : text.find('}', brace);
    if (end == std::string_view::npos) return shown.append(text);
    const auto name = text.substr(brace + 1, end - brace - 1);
    if (name == "value" || name == "element") {
      shown.append(text.substr(0, brace)).append("…");
    } else {
      shown.append(text.substr(0, end + 1));
    }
    text.remove_prefix(end + 1);
  }
  return shown;
}

void add_rows(std::string_view id, std::span<const cap::Words> table,
              std::vector<std::string>& said) {
  for (const auto& row : table)
    if (row.rule == id) said.push_back(without_values(row.text));
}

bool is_alarm(std::string_view id) {
  return std::find(config::alarm_kinds.begin(), config::alarm_kinds.end(), id) !=
         config::alarm_kinds.end();
}

std::vector<std::string> said_of(std::string_view id, Language language) {
  std::vector<std::string> said;
  add_rows(id, cap::words_in(language), said);
  add_rows(id, jp::rule_words(language), said);
  if (is_signature_rule(id))
    for (const auto& row : signature::words())
      said.push_back(without_values(language == Language::japanese ? row.japanese : row.english));
  if (is_alarm(id))
    said.emplace_back(language == Language::japanese ? alarms::japanese(id) : alarms::english(id));
  if (api::has_words(id)) {
    const auto words = api::words(id, language);
    const auto* stop = language == Language::japanese ? "。" : ". ";
    said.push_back(std::string(words.title) + stop + std::string(words.advice));
  }
  return said;
}

// Levenshtein's.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row.back();
}

}  // namespace

std::optional<Explanation> explanation_of(std::string_view id) {
  Explanation explanation{
      std::string(id), said_of(id, Language::japanese), said_of(id, Language::english), {}};
  if (explanation.japanese.empty()) return std::nullopt;
  explanation.documented = documented(id).value_or(Documented{});
  return explanation;
}

std::vector<std::string> all_ids() {
  std::set<std::string> ids;
  for (const auto& row : cap::words_in(Language::english)) ids.emplace(row.rule);
  for (const auto& row : jp::rule_words(Language::english)) ids.emplace(row.rule);
  for (const auto rule : signature_rules) ids.emplace(rule);
  for (const auto code : api::codes_with_words()) ids.emplace(code);
  for (const auto kind : config::alarm_kinds) ids.emplace(kind);
  return {ids.begin(), ids.end()};
}

// Also what is typed short: `area` for `auth.area`, `R012` for `cap.R012`.
std::vector<std::string> near(std::string_view typed) {
  typed = typed.substr(0, typed_bytes_max);
  std::vector<std::pair<std::size_t, std::string>> found;
  for (auto& id : all_ids()) {
    const bool holds = typed.size() >= 3 && id.find(typed) != std::string::npos;
    const auto away = holds ? 0 : distance(typed, id);
    if (away <= distance_max) found.emplace_back(away, std::move(id));
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> ids;
  for (auto& [away, id] : found)
    if (ids.size() < near_max) ids.push_back(std::move(id));
  return ids;
}

}  // namespace noroshi::explain
