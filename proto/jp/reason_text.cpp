#include "proto/jp/reason_text.hpp"

#include <algorithm>
#include <initializer_list>

#include "proto/jp/pattern.hpp"

namespace noroshi::jp {
namespace {

using Ends = std::initializer_list<std::string_view>;

bool ends_in(std::string_view text, const Ends& ends) {
  return std::any_of(ends.begin(), ends.end(), [&](auto end) { return text.ends_with(end); });
}

bool is_polite(std::string_view text) {
  return ends_in(text, {"です", "ます", "でした", "ました", "ません", "ください"});
}

// A verb or an adjective ends in one of these, a noun hardly ever.
bool is_clause(std::string_view text) {
  return ends_in(text, {"た", "だ", "る", "い", "う", "く", "す", "つ", "ぬ", "む", "ぐ", "ぶ"}) &&
         !ends_in(text, {"疑い", "違い", "よう", "つもり"});
}

std::string_view without_end(std::string_view text) {
  for (const Ends ends{"。", "．", ".", " ", "　"}; ends_in(text, ends);)
    for (const auto end : ends)
      if (text.ends_with(end)) text.remove_suffix(end.size());
  return text;
}

}  // namespace

std::string reason_sentence(std::string_view reason, std::string_view pattern) {
  const auto said = without_end(reason);
  if (said.empty()) return {};
  if (is_polite(said)) return std::string(said) + "。";
  return filled(pattern, {{"reason", std::string(said) + (is_clause(said) ? "こと" : "")}});
}

}  // namespace noroshi::jp
