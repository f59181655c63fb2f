// `jp-<lgcode6 or publisher id>-<document uuid>-<revision>`: how CAP-JP names an alert.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace noroshi::jp {

struct Identifier {
  std::string publisher;
  std::string document;        // a UUID, in lower or upper case as it is written
  std::uint32_t revision = 1;  // from 1
  [[nodiscard]] std::string text() const;
};

// Nothing for any other form.
std::optional<Identifier> identifier(std::string_view text);

// 8-4-4-4-12 hexadecimal digits (RFC 9562).
bool is_uuid(std::string_view text);

// 1 to 999,999,999, without zeros in front.
std::optional<std::uint32_t> revision(std::string_view text);

}  // namespace noroshi::jp
