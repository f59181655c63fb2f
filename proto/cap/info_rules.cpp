#include <array>
#include <span>

#include "proto/cap/instant.hpp"
#include "proto/cap/rules.hpp"
#include "proto/cap/uri.hpp"
#include "proto/cap/utf8.hpp"
#include "proto/cap/white_space.hpp"
#include "proto/cap/words.hpp"

namespace noroshi::cap {
namespace {

constexpr std::size_t headline_characters_max = 160;

// xs:language: [A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*
bool is_language(std::string_view tag) {
  bool first = true;
  while (true) {
    const auto part = tag.substr(0, tag.find('-'));
    if (part.empty() || part.size() > 8) return false;
    for (const char c : part) {
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (first || c < '0' || c > '9')) return false;
    }
    if (part.size() == tag.size()) return true;
    tag.remove_prefix(part.size() + 1);
    first = false;
  }
}

// One info under check, so that its parts need not be handed around.
class InfoCheck {
 public:
  InfoCheck(const Info& info, const Text& sent, const Path& path, Findings& findings)
      : info_(info), sent_(sent), path_(path), findings_(findings) {}

  void words() {
    if (info_.language && !is_language(*info_.language))
      findings_.error("R030", at("language"), info_.language->place, *info_.language);
    if (info_.category.empty()) findings_.error("R031", at("category"), info_.place, {}, "missing");
    each_word("R031", "category", words::category, info_.category);
    if (is_blank(info_.event))
      findings_.error("R032", at("event"), place_of(info_.event, info_.place));
    each_word("R033", "responseType", words::response_type, info_.response_type);
    word("R034", "urgency", words::urgency, info_.urgency);
    word("R035", "severity", words::severity, info_.severity);
    word("R036", "certainty", words::certainty, info_.certainty);
  }

  void missing() {
    if (!info_.sender_name) findings_.warn("R037", at("senderName"), info_.place);
    if (!info_.description) findings_.warn("R038", at("description"), info_.place);
    if (!info_.instruction) findings_.warn("R043", at("instruction"), info_.place);
    if (info_.response_type.empty()) findings_.warn("R045", at("responseType"), info_.place);
  }

  void times() {
    const auto effective = time("R039", "effective", info_.effective);
    time("R040", "onset", info_.onset);
    const auto expires = time("R041", "expires", info_.expires);
    const auto begin = info_.effective ? effective : unix_milliseconds(sent_);
    if (expires && begin && *expires < *begin)
      findings_.error("R042", at("expires"), info_.expires->place, *info_.expires,
                      info_.effective ? "" : "sent");
  }

  void texts() {
    if (info_.headline && utf8::characters(*info_.headline) > headline_characters_max)
      findings_.warn("R044", at("headline"), info_.headline->place, *info_.headline);
    if (!info_.web) return;
    if (is_blank(*info_.web)) {
      findings_.warn("R046", at("web"), info_.web->place, {}, "empty");
    } else if (!is_absolute_uri(*info_.web)) {
      findings_.error("R046", at("web"), info_.web->place, *info_.web);
    }
  }

 private:
  using Words = std::span<const std::string_view>;

  Path at(std::string_view element, std::size_t number = 0) const {
    return {path_, element, number};
  }

  void word(std::string_view rule, std::string_view element, Words list, const Text& text,
            std::size_t number = 0) {
    if (!words::contains(list, text))
      findings_.error(rule, at(element, number), place_of(text, info_.place), text);
  }

  void each_word(std::string_view rule, std::string_view element, Words list,
                 const std::vector<Text>& texts) {
    for (std::size_t i = 0; i < texts.size(); ++i) word(rule, element, list, texts[i], i + 1);
  }

  std::optional<std::int64_t> time(std::string_view rule, std::string_view element,
                                   const std::optional<Text>& text) {
    if (!text) return std::nullopt;
    const auto instant = unix_milliseconds(*text);
    if (!instant) findings_.error(rule, at(element), text->place, *text);
    return instant;
  }

  const Info& info_;
  const Text& sent_;
  const Path& path_;
  Findings& findings_;
};

}  // namespace

void check_info(const Info& info, const Text& sent, const Path& path, Findings& findings) {
  InfoCheck check(info, sent, path, findings);
  check.words();
  check.missing();
  check.times();
  check.texts();
}

}  // namespace noroshi::cap
