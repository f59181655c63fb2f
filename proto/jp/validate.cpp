#include "proto/jp/validate.hpp"

#include <iterator>

#include "proto/cap/findings.hpp"

namespace noroshi::jp {

cap::Verdict validate(std::string_view bytes, std::optional<std::string_view> declared_charset,
                      std::int64_t now_ms) {
  auto verdict = cap::validate(bytes, declared_charset, now_ms);
  if (!verdict.alert) return verdict;
  auto own = check(*verdict.alert, channel_of(*verdict.alert));
  verdict.findings.insert(verdict.findings.end(), std::make_move_iterator(own.begin()),
                          std::make_move_iterator(own.end()));
  cap::sort_by_place(verdict.findings);
  return verdict;
}

}  // namespace noroshi::jp
