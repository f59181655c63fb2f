// Data on stdout, everything else on stderr, nothing from outside unstripped. No colours at all, so
// NO_COLOR is always honoured.
#pragma once

#include <fmt/format.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "proto/result.hpp"
#include "publishers/client/failure.hpp"
#include "publishers/publish/exit.hpp"
#include "publishers/publish/options.hpp"
#include "publishers/publish/words.hpp"

namespace noroshi::publishers {

// A pattern of words.hpp with its {} filled in order.
template <class... Values>
std::string filled(std::string_view pattern, const Values&... values) {
  return fmt::format(fmt::runtime(pattern), values...);
}

class Terminal {
 public:
  Terminal(const Words& words, Speech speech) : words_(words), speech_(speech) {}

  // A line of data.
  void print(std::string_view line) const;
  // Lines of data in place of the last `lines_above` of the terminal's, in one go.
  void redraw(std::size_t lines_above, const std::vector<std::string>& lines) const;
  // What happens; left out when told to be quiet.
  void say(std::string_view line) const;
  // An error.
  void complain(std::string_view line) const;
  // Says why the hub did not, with every finding, and gives the exit code.
  Exit report(const Failure& failure) const;
  Exit report(const Error& error) const;

  [[nodiscard]] const Words& words() const { return words_; }
  // One line about a failure.
  [[nodiscard]] std::string text(const Failure& failure) const;
  // The same, and when it will be tried again.
  [[nodiscard]] std::string retry_text(const Failure& failure,
                                       std::chrono::milliseconds wait) const;

 private:
  const Words& words_;
  Speech speech_;
};

}  // namespace noroshi::publishers
