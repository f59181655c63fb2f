// What an emergency mail to every telephone in a place (緊急速報メール) must keep to: it cannot be
// corrected, so it is refused before it leaves (ops/docs/field.md §3).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace noroshi::jp {

inline constexpr std::size_t mail_title_characters_max = 15;
inline constexpr std::size_t mail_characters_max = 200;  // title and body together

// The first such thing in `text`, as a reader sees it; "" when there is none. Fullwidth forms
// count.
std::string web_address(std::string_view text);
std::string mail_address(std::string_view text);
// Ten or eleven digits that begin with 0, or more behind +, with or without dashes, brackets or
// blanks; neither 110 nor a date.
std::string telephone_number(std::string_view text);
// A character that JIS X 0208 does not have (機種依存文字): ①, ㈱, ｶﾅ, 髙, emoji. Looks at the
// first mail_characters_max characters.
std::string foreign_character(std::string_view text);

}  // namespace noroshi::jp
