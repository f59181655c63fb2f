// Where CAP-JP keeps what CAP has no element for: parameters, event codes and geocodes, by name.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "proto/cap/document.hpp"
#include "proto/jp/codes.hpp"

namespace noroshi::jp {

// The name of a parameter of this profile without its layer: "WarningLevel"; "" for any other.
inline std::string_view parameter_name(const cap::NamedValue& parameter) {
  std::string_view name = parameter.value_name;
  if (!name.starts_with(layer)) return {};
  name.remove_prefix(layer.size());
  return name;
}

// The first parameter of that name. The views live as long as `info`.
const cap::Text* parameter(const cap::Info& info, std::string_view name);
// … or the first in any info block, for what is said of the alert as a whole.
const cap::Text* parameter(const cap::Alert& alert, std::string_view name);

// The first value of a list among event codes or geocodes.
const cap::Text* listed(const std::vector<cap::NamedValue>& codes, std::string_view list);

// The code of what an info block is about; the word of its event where it has none.
std::string_view event_of(const cap::Info& info);

enum class Direction { issue, lift };

// What does not say `lift` is an issue.
Direction direction_of(const cap::Info& info);

enum class Language { japanese, other };

// Japanese is ja-JP, and ja where a sender leaves the country out; ja-x-yasashii is another
// language, as its words are. Without a language it is en-US, says CAP.
Language language_of(const cap::Info& info);

// Whether the alert says of itself that it follows CAP-JP 0.1.
bool follows_profile(const cap::Alert& alert);

}  // namespace noroshi::jp
