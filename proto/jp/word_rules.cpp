#include <algorithm>
#include <string>

#include "proto/cap/utf8.hpp"
#include "proto/cap/words.hpp"
#include "proto/jp/fold.hpp"
#include "proto/jp/levels.hpp"
#include "proto/jp/rule_parts.hpp"

namespace noroshi::jp {
namespace {

constexpr std::size_t place_within_characters = 40;

bool is_one_of(const std::vector<cap::Text>& words, std::string_view word) {
  return std::any_of(words.begin(), words.end(), [&](const auto& each) { return each == word; });
}

// Whether `text` names an order, but not `own`. All texts are folded.
bool names_another(std::string_view text, std::string_view own) {
  if (contains(text, own)) return false;
  return std::any_of(levels().begin(), levels().end(),
                     [&](const auto& row) { return contains(text, row.name); });
}

bool tells_another_to(std::string_view text, const Level& own) {
  if (contains(text, folded(own.action))) return false;
  return std::any_of(levels().begin(), levels().end(), [&](const auto& row) {
    return !row.action.empty() && contains(text, folded(row.action));
  });
}

// The characters that end the name of a municipality or prefecture, each with the one before it:
// enough to recognise a place in another text. 津市 is the shortest.
std::vector<std::string> ends_of_places(std::string_view text) {
  constexpr std::u32string_view ends = U"市区町村都道府県郡";
  std::vector<std::string> pairs;
  std::string before;
  while (!text.empty()) {
    const char32_t c = cap::utf8::take(text);
    std::string here;
    cap::utf8::append(here, c);
    if (ends.find(c) != std::u32string_view::npos && !before.empty())
      pairs.push_back(before + here);
    before = std::move(here);
  }
  return pairs;
}

std::string first_characters(std::string_view text, std::size_t count) {
  auto rest = text;
  while (count > 0 && !rest.empty()) {
    cap::utf8::take(rest);
    --count;
  }
  return std::string(text.substr(0, text.size() - rest.size()));
}

// The digits behind レベル, without those of what the weather agency passes on (レベル4相当).
std::string levels_in(std::string_view text) {
  constexpr std::string_view word = "レベル";
  std::string digits;
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto rest = text.substr(at + word.size());
    if (rest.empty() || rest[0] < '1' || rest[0] > '5') continue;
    if (!rest.substr(1).starts_with("相当")) digits += rest[0];
  }
  return digits;
}

class WordCheck {
 public:
  explicit WordCheck(Block& block)
      : block_(block),
        info_(block.info()),
        event_(event_of(info_)),
        own_(level(event_)),
        lift_(direction_of(info_) == Direction::lift) {}

  bool is_order() const { return own_ != nullptr || is_null_report(); }

  void cap_words() {
    if (says_the_opposite()) return;
    const auto& words = is_null_report() ? null_report_words : lift_ ? lift_words : own_->issue;
    if (info_.urgency != words.urgency) warn("urgency", cap::words::urgency, info_.urgency);
    if (info_.severity != words.severity) warn("severity", cap::words::severity, info_.severity);
    if (info_.certainty != words.certainty[0] &&
        (words.certainty[1].empty() || info_.certainty != words.certainty[1]))
      warn("certainty", cap::words::certainty, info_.certainty);
    if (!info_.response_type.empty() && !is_one_of(info_.response_type, words.response))
      warn("responseType", cap::words::response_type, info_.response_type[0]);
  }

  void event_word() {
    const auto word = folded(info_.event);
    const auto name = std::string(own_ == nullptr ? null_report_name : own_->name);
    if (word == name + std::string(lift_ ? lifted : "")) return;
    const auto at = [&](Severity severity, std::string_view aspect) {
      block_.at(severity, "eventword", "event", info_.event, aspect);
    };
    if (names_another(word, name)) return at(Severity::error, "other");
    if (contains(word, lifted) != lift_) return at(Severity::error, lift_ ? "lift" : "issue");
    at(Severity::warn, "");
  }

  void headline() {
    const auto at = [&](Severity severity, std::string_view aspect) {
      block_.at(severity, "headline", "headline", info_.headline, aspect);
    };
    if (!info_.headline) return at(Severity::warn, "missing");
    if (!says_the_place()) at(Severity::warn, "place");
    if (own_ == nullptr) return;
    const auto text = folded(*info_.headline);
    if (names_another(text, own_->name))
      at(Severity::error, "other");
    else if (!contains(text, own_->name))
      at(Severity::warn, "name");
    const auto stated = levels_in(text);
    const auto number = static_cast<char>('0' + own_->number);
    if (own_->number != 0 && !stated.empty() && stated.find(number) == std::string::npos)
      at(Severity::error, "level");
  }

  void instruction() {
    if (own_ == nullptr || own_->action.empty() || lift_ || !info_.instruction) return;
    const auto text = folded(*info_.instruction);
    if (contains(text, folded(own_->action))) return;
    const bool other = tells_another_to(text, *own_);
    block_.at(other ? Severity::error : Severity::warn, "instruction", "instruction",
              info_.instruction, other ? "other" : "");
  }

  // What the weather agency passes on must not look like the mayor's level.
  void passed_on() {
    if (!event_.starts_with("jma.") || !info_.headline) return;
    if (!levels_in(folded(*info_.headline)).empty())
      block_.at(Severity::warn, "headline", "headline", info_.headline, "equivalent");
  }

 private:
  bool is_null_report() const { return event_ == null_report_event; }

  // A word that CAP does not have is CAP's to object to.
  void warn(std::string_view element, std::span<const std::string_view> list,
            const cap::Text& word) {
    if (!cap::words::contains(list, word)) return;
    block_.at(Severity::warn, "words", element, word);
  }

  // A receiver that knows only CAP would show an order as lifted, or a lift as an order.
  bool says_the_opposite() {
    const auto at = [&](std::string_view element, const cap::Text& word) {
      block_.at(Severity::error, "words", element, word,
                is_null_report() ? "none"
                : lift_          ? "lift"
                                 : "issue");
      return true;
    };
    const auto& responses = info_.response_type;
    if (is_null_report()) {
      for (const auto& row : levels())
        if (is_one_of(responses, row.issue.response)) return at("responseType", responses[0]);
      return false;
    }
    if (lift_) {
      if (!responses.empty() && !is_one_of(responses, lift_words.response))
        return at("responseType", responses[0]);
      return false;
    }
    if (is_one_of(responses, lift_words.response)) return at("responseType", responses[0]);
    return info_.urgency == lift_words.urgency && at("urgency", info_.urgency);
  }

  bool says_the_place() const {
    const auto pairs = ends_of_places(first_characters(*info_.headline, place_within_characters));
    const auto named_in = [&](const std::string& known) {
      return std::any_of(pairs.begin(), pairs.end(),
                         [&](const auto& pair) { return contains(known, pair); });
    };
    if (info_.sender_name && named_in(info_.sender_name->value)) return true;
    return std::any_of(info_.area.begin(), info_.area.end(),
                       [&](const auto& area) { return named_in(area.area_desc.value); });
  }

  Block& block_;
  const cap::Info& info_;
  std::string_view event_;
  const Level* own_;
  bool lift_;
};

}  // namespace

// The texts are those of the Japanese info; other languages have their own names.
void check_words(Block& block) {
  WordCheck check(block);
  const bool japanese = language_of(block.info()) == Language::japanese;
  if (japanese) check.passed_on();
  if (!check.is_order()) return;
  check.cap_words();
  if (!japanese) return;
  check.event_word();
  check.headline();
  check.instruction();
}

}  // namespace noroshi::jp
