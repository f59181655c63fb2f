#include "proto/cap/utf8.hpp"
#include "proto/cap/white_space.hpp"
#include "proto/jp/mail_text.hpp"
#include "proto/jp/rule_parts.hpp"

namespace noroshi::jp {
namespace {

struct Ban {
  std::string_view aspect;
  std::string (*first_in)(std::string_view);
};
constexpr Ban bans[] = {
    {"url", web_address},
    {"address", mail_address},
    {"telephone", telephone_number},
    {"character", foreign_character},
};

void check_characters(Block& block, std::string_view name) {
  const auto* text = parameter(block.info(), name);
  if (text == nullptr) return;
  for (const auto& ban : bans)
    if (!ban.first_in(*text).empty()) block.at_parameter(Severity::error, "mail", name, ban.aspect);
}

bool is_missing(const cap::Text* text) { return text == nullptr || cap::is_blank(*text); }

}  // namespace

void check_mail(Block& block) {
  const auto* title = parameter(block.info(), "UrgentMailTitle");
  const auto* body = parameter(block.info(), "UrgentMailBody");
  if (title == nullptr && body == nullptr && event_of(block.info()) != "urgentmail") return;
  if (is_missing(title)) block.here(Severity::error, "mail", "UrgentMailTitle", "missing");
  if (is_missing(body)) block.here(Severity::error, "mail", "UrgentMailBody", "missing");
  const auto title_characters = title == nullptr ? 0 : cap::utf8::characters(*title);
  const auto body_characters = body == nullptr ? 0 : cap::utf8::characters(*body);
  if (title_characters > mail_title_characters_max)
    block.at_parameter(Severity::error, "mail", "UrgentMailTitle", "title");
  if (title_characters + body_characters > mail_characters_max)
    block.at_parameter(Severity::error, "mail",
                       body == nullptr ? "UrgentMailTitle" : "UrgentMailBody", "length");
  check_characters(block, "UrgentMailTitle");
  check_characters(block, "UrgentMailBody");
}

}  // namespace noroshi::jp
