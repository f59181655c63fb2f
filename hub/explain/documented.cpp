#include "hub/explain/documented.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "hub/explain/pages.hpp"

namespace noroshi::explain {
namespace {

using Cells = std::vector<std::string_view>;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

Cells split(std::string_view text, std::string_view separator) {
  Cells parts;
  for (;;) {
    const auto end = text.find(separator);
    parts.push_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + separator.size());
  }
}

// The rows of all tables of a page that have so many cells.
std::vector<Cells> rows_of(std::string_view page, std::size_t cells) {
  std::vector<Cells> rows;
  for (const auto line : split(page, "\n")) {
    if (line.size() < 2 || !line.starts_with('|') || !line.ends_with('|')) continue;
    auto row = split(line.substr(1, line.size() - 2), "|");
    if (row.size() == cells) rows.push_back(std::move(row));
  }
  return rows;
}

// "R054 R055" and "R061–R063": the numbers, in order.
std::vector<int> numbers_in(std::string_view cell) {
  constexpr std::string_view through = "–";
  std::vector<int> numbers;
  for (auto at = cell.find('R'); at != std::string_view::npos; at = cell.find('R', at + 1)) {
    int number = 0;
    const auto* begin = cell.data() + at + 1;
    if (std::from_chars(begin, cell.data() + cell.size(), number).ec != std::errc()) continue;
    const bool closes = !numbers.empty() && cell.substr(0, at).ends_with(through);
    for (int between = closes ? numbers.back() + 1 : number; between < number; ++between)
      numbers.push_back(between);
    numbers.push_back(number);
  }
  return numbers;
}

// What a letter of the last column stands for, by the page's first paragraph: "S = OASIS CAP 1.2
// schema, P = its prose, …".
std::string_view meaning_of(std::string_view letter) {
  const auto key = std::string(letter) + " = ";
  const auto at = rules_page().find(key);
  if (letter.size() != 1 || at == std::string_view::npos) return letter;
  auto meaning = rules_page().substr(at + key.size());
  meaning = meaning.substr(0, meaning.find_first_of(",\n"));
  return meaning.substr(0, meaning.find(". "));
}

std::string spelled_out(std::string_view letters) {
  std::string words;
  for (const auto letter : split(letters, ","))
    words.append(words.empty() ? "" : "; ").append(meaning_of(letter));
  return words;
}

// What a later row says of a rule replaces what an earlier one did.
std::optional<Documented> rule_of_cap(std::string_view id) {
  std::optional<Documented> found;
  for (const auto& row : rows_of(rules_page(), 4)) {
    const auto numbers = numbers_in(row[0]);
    const auto place = std::find_if(numbers.begin(), numbers.end(), [&](int number) {
      auto digits = std::to_string(number);
      digits.insert(0, 3 - std::min<std::size_t>(3, digits.size()), '0');
      return id == "cap.R" + digits;
    });
    if (place == numbers.end()) continue;
    const auto levels = split(row[1], ",");
    const auto nth = static_cast<std::size_t>(place - numbers.begin());
    found = Documented{"ops/docs/rules.md",
                       std::string(id.substr(4)),
                       std::string(levels[std::min(nth, levels.size() - 1)]),
                       {},
                       std::string(row[2]),
                       spelled_out(row[3])};
  }
  return found;
}

std::optional<Documented> rule_of_profile(std::string_view id) {
  for (const auto& row : rows_of(profile_page(), 4))
    if (row[0] == "`" + std::string(id) + "`")
      return Documented{"ops/docs/profile.md", "Rules",
                        std::string(row[1]),   {},
                        std::string(row[2]),   "CAP-JP 0.1: " + std::string(row[3])};
  return std::nullopt;
}

// `| 401 / 403 | `auth.required` / `auth.area` … | when |`: groups in the order of the statuses.
std::optional<Documented> code_of_contract(std::string_view id) {
  const auto quoted = "`" + std::string(id) + "`";
  for (const auto& row : rows_of(contract_page(), 3)) {
    if (row[0].empty() || row[0].find_first_not_of("0123456789 /") != std::string_view::npos ||
        row[1].find(quoted) == std::string_view::npos)
      continue;
    const auto statuses = split(row[0], " / ");
    const auto codes = split(row[1], " / ");
    const auto when = split(row[2], " / ");
    const auto group = static_cast<std::size_t>(
        std::find_if(codes.begin(), codes.end(),
                     [&](auto code) { return code.find(quoted) != std::string_view::npos; }) -
        codes.begin());
    Documented code{"ops/docs/contract.md", "HTTP API", {}, {}, {}, {}};
    code.status = statuses[std::min(group, statuses.size() - 1)];
    if (codes.size() == 1 || when.size() == codes.size())
      code.asked = when[std::min(group, when.size() - 1)];
    return code;
  }
  return std::nullopt;
}

// Under which words the contract speaks of a kind of rule; the longest beginning counts.
struct Kind {
  std::string_view beginning;
  std::string_view section;
};
constexpr std::array kinds{
    Kind{"auth.", "Authority"},
    Kind{"auth.status", "What is taken, and on which path"},
    Kind{"auth.scope", "What is taken, and on which path"},
    Kind{"admission.", "What is taken, and on which path"},
    Kind{"drill.", "What is taken, and on which path"},
    Kind{"life.", "The life of an order"},
    Kind{"alert.stale", "The life of an order"},
    Kind{"approval.", "Two people."},
    Kind{"draft.", "Two people."},
    Kind{"area.", "Questions"},
    Kind{"message.", "Questions"},
    Kind{"repeat.", "Questions"},
    Kind{"confirm.", "Questions"},
    Kind{"alert.repeated", "Questions"},
    Kind{"deadline.", "Alarms"},
    Kind{"order.unlifted", "Alarms"},
    Kind{"probe", "Alarms"},
    Kind{"log.rolled_back", "Alarms"},
    Kind{"takeover", "Alarms"},
    Kind{"clock", "Alarms"},
    Kind{"disk", "Alarms"},
    Kind{"webhook.dead", "Alarms"},
};

std::string section_of(std::string_view id) {
  const Kind* best = nullptr;
  for (const auto& kind : kinds)
    if (id.starts_with(kind.beginning) &&
        (best == nullptr || kind.beginning.size() > best->beginning.size()))
      best = &kind;
  if (best == nullptr || contract_page().find(best->section) == std::string_view::npos) return {};
  return std::string(best->section);
}

}  // namespace

std::optional<Documented> documented(std::string_view id) {
  if (id.starts_with("cap.")) return rule_of_cap(id);
  if (id.starts_with("jp.")) return rule_of_profile(id);
  auto code = code_of_contract(id);
  auto section = section_of(id);
  if (!code && section.empty()) return std::nullopt;
  if (!code) code = Documented{"ops/docs/contract.md", {}, {}, {}, {}, {}};
  if (!section.empty()) code->section = std::move(section);
  return code;
}

}  // namespace noroshi::explain
