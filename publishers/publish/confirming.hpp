// Asking a person at the terminal before something goes out.
#pragma once

#include <functional>
#include <string>

#include "publishers/client/failure.hpp"
#include "publishers/client/hub.hpp"
#include "publishers/publish/terminal.hpp"

namespace noroshi::publishers {

// Shows what the order will say and, unless consent is said, has the person type its sign.
// False when they do not, or when there is nobody to ask.
bool agreed(const std::string& document, Consent consent, const Terminal& terminal);

// Whether the hub asks something first that a person can answer.
bool asks(const Failure& failure);

// Calls `call` with no token and, when the hub asks (409 confirm.required) and a person agrees,
// with the hub's token; as often as it asks something new, three times at most.
template <class T>
Answer<T> confirmed(const std::string& document, Consent consent, const Terminal& terminal,
                    const std::function<Answer<T>(const std::string& token)>& call) {
  auto answer = call("");
  for (int asked = 0; asked < 3 && !answer && asks(answer.error()); ++asked) {
    terminal.report(answer.error());
    if (!agreed(document, consent, terminal)) return answer;
    answer = call(answer.error().problem.confirm);
  }
  return answer;
}

}  // namespace noroshi::publishers
