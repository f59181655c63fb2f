#include <algorithm>

#include "proto/jp/levels.hpp"
#include "proto/jp/rule_parts.hpp"

namespace noroshi::jp {
namespace {

class KindCheck {
 public:
  explicit KindCheck(Block& block)
      : block_(block), info_(block.info()), event_(event_of(info_)), known_(category(event_)) {}

  void event() {
    only_one("event", list::event);
    if (listed(info_.event_code, list::event) == nullptr) {
      block_.at(Severity::warn, "event", "event", info_.event, "missing");
    } else if (known_ == nullptr) {
      at_first(Severity::warn, "event", list::event);
    }
    if (known_ == nullptr || info_.category.empty()) return;
    const bool fits = std::any_of(info_.category.begin(), info_.category.end(), [&](const auto& c) {
      return std::find(known_->cap.begin(), known_->cap.end(), std::string_view(c)) !=
             known_->cap.end();
    });
    if (!fits) block_.at(Severity::warn, "category", "category", info_.category[0]);
  }

  void hazard() {
    only_one("hazard", list::hazard);
    const auto* hazard = listed(info_.event_code, list::hazard);
    if (hazard == nullptr) {
      if (level(event_) != nullptr) block_.here(Severity::warn, "hazard", event_, "missing");
    } else if (!is_hazard(*hazard)) {
      at_first(Severity::warn, "hazard", list::hazard);
    }
  }

  void direction() {
    const auto* stated = parameter(info_, "IssueOrLift");
    if (stated == nullptr) {
      if (level(event_) != nullptr) block_.here(Severity::warn, "issueorlift", event_, "missing");
      return;
    }
    const auto at = [&](std::string_view aspect) {
      block_.at_parameter(Severity::error, "issueorlift", "IssueOrLift", aspect);
    };
    if (*stated != "issue" && *stated != "lift") return at("");
    if (*stated != "lift") return;
    if (event_ == null_report_event) at("none");
    if (block_.alert().msg_type == "Alert") at("alert");
  }

  void warning_level() {
    const auto expected = level_of_event(event_);
    const auto* stated = parameter(info_, "WarningLevel");
    if (stated == nullptr) {
      if (expected != 0) block_.here(Severity::error, "level", event_, "missing");
      return;
    }
    const auto at = [&](Severity severity, std::string_view aspect) {
      block_.at_parameter(severity, "level", "WarningLevel", aspect);
    };
    const auto number = level_of(*stated);
    if (number == level_unknown) return at(Severity::warn, "");
    if (expected != 0 && number != expected) at(Severity::error, "event");
    if (expected == 0 && known_ != nullptr) at(Severity::error, "elsewhere");
  }

  void level_equivalent() {
    const auto* stated = parameter(info_, "LevelEquivalent");
    if (stated == nullptr) return;
    if (is_evacuation(event_) && known_ != nullptr)
      block_.at_parameter(Severity::error, "levelequivalent", "LevelEquivalent", "order");
    else if (level_of(*stated) == level_unknown)
      block_.at_parameter(Severity::warn, "levelequivalent", "LevelEquivalent");
  }

  void alerting(std::string_view update_kind) {
    const auto* stated = parameter(info_, "Alerting");
    if (stated == nullptr) return;
    const auto at = [&](Severity severity, std::string_view aspect) {
      block_.at_parameter(severity, "alerting", "Alerting", aspect);
    };
    if (*stated != "loud" && *stated != "quiet") return at(Severity::error, "");
    if (known_ == nullptr) return;
    if (*stated == "quiet" && update_kind == "new" && level(event_) != nullptr &&
        direction_of(info_) == Direction::issue)
      at(Severity::warn, "quiet");
    if (*stated == "loud" && known_->alerting == Alerting::none) at(Severity::warn, "loud");
  }

 private:
  void only_one(std::string_view rule, std::string_view list) {
    bool one = false;
    for (const auto& code : info_.event_code) {
      if (code.value_name != list) continue;
      if (one) return block_.at_code(Severity::error, rule, code, "several");
      one = true;
    }
  }

  void at_first(Severity severity, std::string_view rule, std::string_view list) {
    const auto code = std::find_if(info_.event_code.begin(), info_.event_code.end(),
                                   [&](const auto& each) { return each.value_name == list; });
    block_.at_code(severity, rule, *code);
  }

  Block& block_;
  const cap::Info& info_;
  std::string_view event_;
  const Category* known_;
};

}  // namespace

void check_kind(Block& block, std::string_view update_kind) {
  KindCheck check(block);
  check.event();
  check.hazard();
  check.direction();
  check.warning_level();
  check.level_equivalent();
  check.alerting(update_kind);
}

}  // namespace noroshi::jp
