#include "hub/admin/terms.hpp"

#include <algorithm>
#include <array>

#include "hub/admin/printable.hpp"
#include "proto/jp/lg_code.hpp"

namespace noroshi::admin {
namespace {

constexpr std::size_t id_length_max = 63;
constexpr std::size_t name_bytes_max = 200;
constexpr std::size_t sender_bytes_max = 255;
constexpr std::size_t event_length_max = 64;
constexpr std::size_t echo_bytes_max = 80;
constexpr std::uint32_t level_max = 5;
constexpr std::array<std::string_view, 5> outlets{"stream", "events", "webhook", "feed", "tcp"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_small_letter(char c) { return c >= 'a' && c <= 'z'; }
bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= id_length_max && text.front() != '-' &&
         text.back() != '-' && std::all_of(text.begin(), text.end(), [](char c) {
           return is_digit(c) || is_small_letter(c) || c == '-';
         });
}

bool is_sender(std::string_view text) {
  return !text.empty() && text.size() <= sender_bytes_max && is_printable(text) &&
         text.find_first_of(" ,<&") == std::string_view::npos &&
         text.find("\xE3\x80\x80") == std::string_view::npos;  // the ideographic space
}

bool is_event_prefix(std::string_view text) {
  return !text.empty() && text.size() <= event_length_max &&
         (is_small_letter(text.front()) || is_digit(text.front())) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_digit(c) || is_small_letter(c) || c == '-' || c == '.';
         });
}

tl::unexpected<Error> wrong(Language language, Say what, std::string_view typed,
                            std::string_view right = {}) {
  return failure(ErrorCode::invalid,
                 say(language, what, printable(typed.substr(0, echo_bytes_max)), right));
}

// The code that was meant, when only the check digit of `typed` is wrong.
std::optional<std::string> with_right_check_digit(std::string_view typed) {
  if (typed.size() != 6 || !all_digits(typed)) return std::nullopt;
  return jp::lg_code(typed.substr(0, 5));
}

template <class Check>
Result<Terms> each(const Terms& typed, const Check& check) {
  Terms terms;
  for (const auto& one : typed) {
    Result<std::string> term = check(one);
    if (!term) return tl::unexpected<Error>(term.error());
    if (std::find(terms.begin(), terms.end(), *term) == terms.end()) terms.push_back(*term);
  }
  return terms;
}

constexpr std::size_t language_bytes_max = 35;  // RFC 5646, section 4.4.1

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char capital(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// RFC 5646 section 2.1.1: after the first, four letters are a script and two a region, unless a
// single character went before.
std::string with_usual_capitals(std::string tag) {
  std::transform(tag.begin(), tag.end(), tag.begin(), small);
  std::size_t begin = tag.find('-');
  for (bool extended = false; begin != std::string::npos; begin = tag.find('-', begin + 1)) {
    const auto size = std::min(tag.find('-', begin + 1), tag.size()) - begin - 1;
    extended = extended || size == 1;
    if (extended) continue;
    if (size == 2) tag[begin + 2] = capital(tag[begin + 2]);
    if (size == 2 || size == 4) tag[begin + 1] = capital(tag[begin + 1]);
  }
  return tag;
}

bool is_language_tag(std::string_view typed) {
  if (typed.empty() || typed.size() > language_bytes_max) return false;
  std::size_t length = 0;
  bool first = true;
  for (const char c : typed) {
    if (c == '-') {
      if (length < (first ? 2 : 1)) return false;
      first = false;
      length = 0;
      continue;
    }
    const bool letter = small(c) >= 'a' && small(c) <= 'z';
    if (!letter && (first || c < '0' || c > '9')) return false;
    if (++length > (first ? 3 : 8)) return false;
  }
  return length >= (first ? 2 : 1);
}

}  // namespace

Result<std::string> publisher_code(std::string_view typed, Language language) {
  if (auto code = jp::lg_code(typed)) return *code;
  if (const auto meant = with_right_check_digit(typed)) {
    return wrong(language, Say::bad_check_digit, typed, *meant);
  }
  if (is_id(typed) && is_small_letter(typed.front())) return std::string(typed);
  return wrong(language, Say::bad_code, typed);
}

Result<std::string> subscriber_id(std::string_view typed, Language language) {
  if (is_id(typed)) return std::string(typed);
  return wrong(language, Say::bad_subscriber_id, typed);
}

Result<std::string> display_name(std::string_view typed, Language language) {
  if (!typed.empty() && typed.size() <= name_bytes_max && is_printable(typed)) {
    return std::string(typed);
  }
  return wrong(language, Say::bad_name, typed);
}

Result<Terms> area_terms(const Terms& typed, Language language) {
  return each(typed, [&](const std::string& area) -> Result<std::string> {
    if (jp::is_area(area)) return area;
    if (area.size() == 5) {
      if (auto code = jp::lg_code(area)) return *code;
    }
    if (const auto meant = with_right_check_digit(area)) {
      return wrong(language, Say::bad_check_digit, area, *meant);
    }
    return wrong(language, Say::bad_area, area);
  });
}

Result<Terms> sender_terms(const Terms& typed, Language language) {
  return each(typed, [&](const std::string& sender) -> Result<std::string> {
    if (is_sender(sender)) return sender;
    return wrong(language, Say::bad_sender, sender);
  });
}

Result<Terms> event_terms(const Terms& typed, Language language) {
  auto terms = each(typed, [&](const std::string& event) -> Result<std::string> {
    if (event == "*" || is_event_prefix(event)) return event;
    return wrong(language, Say::bad_event, event);
  });
  if (terms && std::find(terms->begin(), terms->end(), "*") != terms->end()) terms->clear();
  return terms;
}

Result<Terms> outlet_terms(const Terms& typed, Language language) {
  return each(typed, [&](const std::string& outlet) -> Result<std::string> {
    if (std::find(outlets.begin(), outlets.end(), outlet) != outlets.end()) return outlet;
    return wrong(language, Say::bad_outlet, outlet,
                 fmt::format("{}", fmt::join(outlets.begin(), outlets.end(), ", ")));
  });
}

Result<std::string> language_tag(std::string_view typed, Language language) {
  if (typed == "*") return std::string();
  if (is_language_tag(typed)) return with_usual_capitals(std::string(typed));
  return wrong(language, Say::bad_language, typed);
}

Result<std::uint32_t> warning_level(std::uint32_t typed, Language language) {
  if (typed <= level_max) return typed;
  return wrong(language, Say::bad_level, std::to_string(typed));
}

Terms own_area(std::string_view code) {
  if (!all_digits(code)) return {};
  if (code.substr(2, 3) == "000") return {std::string(code.substr(0, 2))};
  return {std::string(code)};
}

}  // namespace noroshi::admin
