// One info block under check: findings at its elements, codes, parameters and areas. Inside
// proto/jp only.
#pragma once

#include <optional>
#include <string_view>

#include "proto/cap/document.hpp"
#include "proto/cap/findings.hpp"
#include "proto/cap/path.hpp"
#include "proto/jp/parameters.hpp"

namespace noroshi::jp {

using cap::Severity;

class Block {
 public:
  // All three must outlive it; `number` counts from 1. Its own address must not change.
  Block(const cap::Alert& alert, std::size_t number, cap::Findings& findings)
      : alert_(alert),
        info_(alert.info[number - 1]),
        path_(cap::alert_path, "info", number),
        findings_(findings) {}
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;

  [[nodiscard]] const cap::Alert& alert() const { return alert_; }
  [[nodiscard]] const cap::Info& info() const { return info_; }

  // At the info itself.
  void here(Severity severity, std::string_view rule, std::string_view value,
            std::string_view aspect = {});
  // At a simple element; where it is missing, at the info.
  void at(Severity severity, std::string_view rule, std::string_view element, const cap::Text& text,
          std::string_view aspect = {});
  void at(Severity severity, std::string_view rule, std::string_view element,
          const std::optional<cap::Text>& text, std::string_view aspect = {});
  // At `code`, which is one of info.event_code or info.parameter.
  void at_code(Severity severity, std::string_view rule, const cap::NamedValue& code,
               std::string_view aspect = {});
  // At the first parameter of that name; where there is none, at the info.
  void at_parameter(Severity severity, std::string_view rule, std::string_view name,
                    std::string_view aspect = {});
  // At `area`, one of info.area, or at one of its geocodes, or at its name.
  void at_area(Severity severity, std::string_view rule, const cap::Area& area,
               std::string_view value, std::string_view aspect = {});
  void at_geocode(Severity severity, std::string_view rule, const cap::Area& area,
                  const cap::NamedValue& code, std::string_view aspect = {});
  void at_name(Severity severity, std::string_view rule, const cap::Area& area,
               std::string_view aspect = {});

 private:
  const cap::Alert& alert_;
  const cap::Info& info_;
  cap::Path path_;
  cap::Findings& findings_;
};

}  // namespace noroshi::jp
