#include "subscribers/subscribe/state_printer.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "proto/terminal/printable.hpp"
#include "subscribers/client/facts.hpp"

namespace noroshi::subscribers {

namespace {

std::string_view japanese(State state) {
  switch (state) {
    case State::stands:
      return "発表中";
    case State::unlifted:
      return "期限切れ・未解除";
    case State::superseded:
      return "新しい版に置き換え";
    case State::cancelled:
      return "取消";
    case State::lifted:
      return "解除";
    case State::expired:
      return "期限切れ";
    case State::said:
      return "伝達済み";
    case State::forgotten:
      break;
  }
  return "件数超過で管理対象外";
}

std::string people_text(const Held& held) {
  const auto at =
      std::chrono::system_clock::time_point{} + std::chrono::milliseconds{held.changed_ms};
  const auto sequence = held.positions.empty() ? 0 : held.positions.front().sequence;
  const auto by = held.by ? fmt::format("、通番 {} による", held.by->sequence) : std::string();
  const auto level = held.level >= 1 && held.level <= 5
                         ? fmt::format("【警戒レベル{}】", held.level)
                         : std::string(held.level == 0 ? "" : "【警戒レベル不明】");
  return fmt::format("{} {}{}: {}{} (通番 {}{})", clock_time_japan(at),
                     held.status == "Actual" || held.status.empty() ? "" : "【訓練】",
                     japanese(held.state), level, terminal::printable(held.headline), sequence, by);
}

}  // namespace

std::string state_text(const Held& held, Format format) {
  return format == Format::json ? state_line(held) : people_text(held);
}

Result<std::vector<Said>> StatePrinter::stands(const std::vector<Held>& changes,
                                               const Standing& standing) {
  std::string text;
  for (const auto& held : changes) text += state_text(held, format_) + '\n';
  if (std::fwrite(text.data(), 1, text.size(), out_) != text.size() || std::fflush(out_) != 0)
    return failure(ErrorCode::io, std::string("stdout: ") + std::strerror(errno));
  return store_.stands(changes, standing);
}

}  // namespace noroshi::subscribers
