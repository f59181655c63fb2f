#include "proto/cap/instant.hpp"
#include "proto/jp/levels.hpp"
#include "proto/jp/rule_parts.hpp"

namespace noroshi::jp {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

// An order is decided before it is sent; clocks may differ by this much.
constexpr milliseconds onset_ahead_max = minutes(1);
// A new order that was decided longer ago is a late entry.
constexpr milliseconds onset_ago_max = minutes(60);

class TimeCheck {
 public:
  TimeCheck(Block& block, std::int64_t sent, std::string_view update_kind)
      : block_(block),
        info_(block.info()),
        event_(event_of(info_)),
        sent_(sent),
        update_kind_(update_kind) {}

  void onset() {
    if (!is_evacuation(event_)) return;
    if (!info_.onset) {
      if (is_kind("late"))
        at(Severity::error, "onset", "onset", info_.onset, "late");
      else if (level(event_) != nullptr)
        at(Severity::warn, "onset", "onset", info_.onset, "missing");
      return;
    }
    const auto onset = cap::unix_milliseconds(*info_.onset);
    if (!onset) return;
    const milliseconds ahead(*onset - sent_);
    const bool issue = direction_of(info_) == Direction::issue;
    if (ahead > onset_ahead_max)
      at(Severity::error, "onset", "onset", info_.onset, "ahead");
    else if (is_kind("late") && ahead >= -onset_ahead_max)
      at(Severity::warn, "onset", "onset", info_.onset, "fresh");
    else if (is_kind("new") && issue && -ahead > onset_ago_max && level(event_) != nullptr)
      at(Severity::warn, "onset", "onset", info_.onset, "old");
  }

  void life() {
    const auto* known = category(event_);
    if (known == nullptr || block_.alert().msg_type == "Cancel") return;
    if (!info_.expires) {
      if (known->life.count() != 0) at(Severity::warn, "life", "expires", info_.expires, "missing");
      return;
    }
    const auto expires = cap::unix_milliseconds(*info_.expires);
    if (!expires) return;
    const milliseconds life(*expires - sent_);
    if (known->life_max.count() != 0 && life > known->life_max)
      at(Severity::error, "life", "expires", info_.expires, "long");
    if (life < known->life_min && direction_of(info_) == Direction::issue)
      at(Severity::warn, "life", "expires", info_.expires, "short");
  }

 private:
  bool is_kind(std::string_view kind) const { return update_kind_ == kind; }

  void at(Severity severity, std::string_view rule, std::string_view element,
          const std::optional<cap::Text>& text, std::string_view aspect) {
    block_.at(severity, rule, element, text, aspect);
  }

  Block& block_;
  const cap::Info& info_;
  std::string_view event_;
  std::int64_t sent_;
  std::string_view update_kind_;
};

}  // namespace

void check_times(Block& block, std::string_view update_kind) {
  const auto sent = cap::unix_milliseconds(block.alert().sent);
  if (!sent) return;
  TimeCheck check(block, *sent, update_kind);
  check.onset();
  check.life();
}

}  // namespace noroshi::jp
