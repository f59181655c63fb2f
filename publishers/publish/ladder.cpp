#include "publishers/publish/ladder.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "proto/wire/caller.hpp"

namespace noroshi::publishers {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds first_pause{100};
constexpr milliseconds longest_pause{1'000};

std::string state_word(const std::string& state, const Words& words) {
  const std::pair<std::string_view, std::string_view> known[] = {
      {"queued", words.queued},      {"delivered", words.delivered}, {"passed", words.passed},
      {"refused", words.refused},    {"shown", words.shown},         {"replaced", words.replaced},
      {"withdrawn", words.withdrawn}};
  for (const auto& [name, word] : known)
    if (state == name) return std::string(word);
  return state;
}

// The report follows the log at a small distance: at first it may not know the alert.
bool not_yet(const Failure& failure) {
  return failure.kind == Failure::Kind::problem && failure.problem.status == 404;
}

}  // namespace

Tally tally(const Ladder& ladder, const Wait& wait) {
  Tally tally;
  for (const auto& row : ladder.rows) {
    const bool there = wait.until == Wait::Until::shown ? was_shown(row) : reached(row);
    if (wait.whose == Wait::Whose::connected && !row.connected && !there) continue;
    ++tally.wanted;
    if (there) ++tally.have_it;
  }
  if (wait.whose == Wait::Whose::number) tally.wanted = wait.number;
  return tally;
}

bool satisfied(const Ladder& ladder, const Wait& wait) {
  const auto [have_it, wanted] = tally(ladder, wait);
  return have_it >= wanted;
}

std::string report_line(const Ladder& ladder, std::uint64_t sequence, const Wait& wait,
                        const Terminal& terminal) {
  const auto& words = terminal.words();
  const auto [have_it, wanted] = tally(ladder, wait);
  return filled(wait.until == Wait::Until::shown ? words.report_shown : words.report, sequence,
                ladder.identifier, have_it, wanted);
}

std::string row_line(const LadderRow& row, std::size_t width, const Terminal& terminal) {
  const auto& words = terminal.words();
  auto line =
      fmt::format("  {:<{}}  {:<29}  {}", row.subscriber, width,
                  row.delivered_at.empty() ? "-" : row.delivered_at, state_word(row.state, words));
  for (const auto& medium : row.shown_on) line += " " + medium;
  for (const auto& step : row.overdue)
    line += ", " + filled(words.overdue, state_word(step, words));
  line += fmt::format(", {}", row.connected ? words.connected : words.away);
  if (row.earlier == "shown") line += fmt::format(", {}", words.earlier_shown);
  if (row.earlier == "withdrawn") line += fmt::format(", {}", words.earlier_withdrawn);
  return line;
}

std::vector<std::string> summary_lines(const Ladder& ladder, const Terminal& terminal) {
  const auto& words = terminal.words();
  std::vector<std::string> lines;
  for (const auto& [step, within_s, due_at, missing, overdue] : ladder.deadlines) {
    const auto name = state_word(step, words);
    lines.push_back(missing == 0 ? filled(words.deadline_kept, name, within_s)
                                 : filled(overdue ? words.deadline_overdue : words.deadline_open,
                                          name, within_s, due_at, missing));
  }
  for (const auto& [medium, shown, withdrawn] : ladder.media)
    lines.push_back(filled(words.medium_counts, medium, shown, withdrawn));
  return lines;
}

void print_rows(const Ladder& ladder, const Terminal& terminal) {
  for (const auto& line : summary_lines(ladder, terminal)) terminal.print(line);
  std::size_t width = 0;
  for (const auto& row : ladder.rows) width = std::max(width, row.subscriber.size());
  for (const auto& row : ladder.rows) terminal.print(row_line(row, width, terminal));
}

Answer<Ladder> follow(Hub& hub, std::uint64_t sequence, const Wait& wait, Hub::Deadline deadline,
                      const Changed& changed) {
  std::optional<Ladder> last;
  for (auto pause = first_pause;; pause = std::min(pause * 3 / 2, longest_pause)) {
    auto ladder = hub.deliveries(sequence, deadline);
    if (!ladder && !not_yet(ladder.error())) {
      if (last) return std::move(*last);
      return ladder;
    }
    if (ladder) {
      if (!last || last->body != ladder->body) changed(*ladder);
      last = std::move(*ladder);
      if (satisfied(*last, wait)) return std::move(*last);
    }
    if (std::chrono::steady_clock::now() + pause >= deadline) {
      if (last) return std::move(*last);
      return ladder;
    }
    std::this_thread::sleep_for(pause);
  }
}

Result<Hub> hub_of(const HubOptions& options, const Terminal& terminal, Hub::OnRetry on_retry) {
  auto caller =
      wire::read_caller({options.ca, options.token_file, options.certificate, options.key});
  if (!caller)
    return failure(caller.error().code,
                   filled(terminal.words().identity_unfit, caller.error().detail));
  HubSettings settings{options.hub, std::move(caller->tls), std::move(caller->token)};
  settings.drill = options.drill;
  settings.language = terminal.words().code;
  if (on_retry) return Hub(std::move(settings), std::move(on_retry));
  return Hub(std::move(settings), [&terminal](const Failure& failure, milliseconds wait) {
    terminal.say(terminal.retry_text(failure, wait));
  });
}

}  // namespace noroshi::publishers
