#include "publishers/publish/confirming.hpp"

#include <unistd.h>

#include <iostream>

#include "publishers/publish/on_air.hpp"

namespace noroshi::publishers {

bool agreed(const std::string& document, Consent consent, const Terminal& terminal) {
  const auto& words = terminal.words();
  const auto shown = on_air(document, words);
  for (const auto& line : shown.lines) terminal.complain("  " + line);
  if (consent == Consent::said) return true;
  if (::isatty(STDIN_FILENO) == 0) {
    terminal.complain(words.nobody_to_ask);
    return false;
  }
  terminal.complain(filled(words.type_to_agree, shown.sign));
  std::string typed;
  if (!std::getline(std::cin, typed) || typed != shown.sign) {
    terminal.complain(words.not_agreed);
    return false;
  }
  return true;
}

bool asks(const Failure& failure) {
  return failure.kind == Failure::Kind::problem && failure.problem.code == "confirm.required" &&
         !failure.problem.confirm.empty();
}

}  // namespace noroshi::publishers
