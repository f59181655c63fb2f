#include "publishers/publish/terminal.hpp"

#include <cstdio>

#include "proto/terminal/printable.hpp"

namespace noroshi::publishers {

namespace {

void write_line(std::FILE* out, std::string_view before, std::string_view line) {
  while (line.ends_with('\n') || line.ends_with(' ')) line.remove_suffix(1);
  const auto whole = std::string(before) + terminal::printable(line) + "\n";
  std::fwrite(whole.data(), 1, whole.size(), out);
}

std::string_view pattern_of(Failure::Kind kind, const Words& words) {
  switch (kind) {
    case Failure::Kind::name_unknown:
      return words.name_unknown;
    case Failure::Kind::unreachable:
      return words.unreachable;
    case Failure::Kind::timed_out:
      return words.timed_out;
    case Failure::Kind::certificate_untrusted:
      return words.certificate_untrusted;
    case Failure::Kind::certificate_name:
      return words.certificate_name;
    case Failure::Kind::tls:
      return words.tls;
    case Failure::Kind::not_a_hub:
      return words.not_a_hub;
    case Failure::Kind::problem:
      return words.problem;
    case Failure::Kind::cut:
      break;
  }
  return words.cut;
}

std::string problem_text(const Problem& problem) {
  auto text = std::to_string(problem.status);
  if (!problem.code.empty()) text += " " + problem.code;
  const auto& about = problem.detail.empty() ? problem.title : problem.detail;
  return about.empty() ? text : text + ": " + about;
}

}  // namespace

// At once: somebody may be watching the other end of a pipe.
void Terminal::print(std::string_view line) const {
  write_line(stdout, "", line);
  std::fflush(stdout);
}

void Terminal::redraw(std::size_t lines_above, const std::vector<std::string>& lines) const {
  std::string whole;
  if (lines_above > 0) whole = fmt::format("\x1b[{}A\x1b[J", lines_above);
  for (const auto& line : lines) whole += terminal::printable(line) + "\n";
  std::fwrite(whole.data(), 1, whole.size(), stdout);
  std::fflush(stdout);
}

void Terminal::say(std::string_view line) const {
  if (speech_ == Speech::full) complain(line);
}

void Terminal::complain(std::string_view line) const {
  write_line(stderr, "noroshi-publish: ", line);
}

Exit Terminal::report(const Failure& failure) const {
  complain(text(failure));
  for (const auto& finding : failure.problem.findings)
    complain(fmt::format("  {}:{}: {} {}: {} {}", finding.line, finding.column, finding.severity,
                         finding.rule, finding.message, finding.path));
  return exit_of(failure);
}

Exit Terminal::report(const Error& error) const {
  complain(error.detail);
  return exit_of(error.code);
}

std::string Terminal::text(const Failure& failure) const {
  const auto detail =
      failure.kind == Failure::Kind::problem ? problem_text(failure.problem) : failure.detail;
  return filled(pattern_of(failure.kind, words_), detail);
}

std::string Terminal::retry_text(const Failure& failure, std::chrono::milliseconds wait) const {
  return filled(words_.trying_again, text(failure),
                fmt::format("{:.1f} s", static_cast<double>(wait.count()) / 1000));
}

}  // namespace noroshi::publishers
