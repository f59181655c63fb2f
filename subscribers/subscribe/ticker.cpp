#include "subscribers/subscribe/ticker.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "proto/terminal/printable.hpp"
#include "subscribers/client/facts.hpp"

namespace noroshi::subscribers {

namespace pb = noroshi::v1;

namespace {

// The names of the law since 20 May 2021, for the mayor's orders only.
std::string_view order_name(std::string_view event) {
  if (event == "evac.l3") return " 高齢者等避難";
  if (event == "evac.l4") return " 避難指示";
  if (event == "evac.l5") return " 緊急安全確保";
  return "";
}

std::string level_word(const pb::Summary& summary) {
  if (summary.level() >= 1 && summary.level() <= 5)
    return fmt::format("【警戒レベル{}{}】", summary.level(), order_name(summary.event()));
  if (summary.level() != 0) return "【警戒レベル不明】";
  return fmt::format("【{}】", terminal::printable(summary.event()));
}

std::string_view kind_word(const pb::Summary& summary) {
  if (summary.message_type() == "Update") return "(更新) ";
  if (summary.message_type() == "Cancel") return "(取消) ";
  return "";
}

std::string_view reason_word(pb::Passed::Reason reason) {
  switch (reason) {
    case pb::Passed::SUPERSEDED:
      return "新しい版に置き換え";
    case pb::Passed::EXPIRED:
      return "期限切れ";
    case pb::Passed::CANCELLED:
      return "取消";
    default:
      return "配信見送り";
  }
}

// What the hub could not read is shown with its raw word, as high.
std::string flag_mark(const pb::Summary& summary) {
  if (summary.flags().empty()) return "";
  return fmt::format("【未知: {}】",
                     terminal::printable(fmt::format("{}", fmt::join(summary.flags(), "、"))));
}

// Nobody shall read a drill's line as a live one.
std::string_view drill_mark(const Item& item) { return item.channel == "live" ? "" : "【訓練】"; }

std::string delivery_line(const Item& item, const pb::Delivery& delivery) {
  const auto accepted_at = time_of(delivery.accepted_at());
  const auto delay =
      std::chrono::duration_cast<std::chrono::milliseconds>(item.received_at - accepted_at);
  return fmt::format(
      "{} {}{}{}{}{} (通番 {}、{} ミリ秒)", clock_time_japan(accepted_at), drill_mark(item),
      level_word(delivery.summary()), flag_mark(delivery.summary()), kind_word(delivery.summary()),
      terminal::printable(delivery.summary().headline()), item.position.sequence, delay.count());
}

}  // namespace

std::string ticker_line(const Item& item) {
  if (const auto* delivery = std::get_if<pb::Delivery>(&item.content))
    return delivery_line(item, *delivery);
  const auto& passed = std::get<pb::Passed>(item.content);
  const auto by = passed.by() == 0 ? std::string() : fmt::format("、通番 {} による", passed.by());
  return fmt::format("{} {}通番 {} は{}{}", clock_time_japan(item.received_at), drill_mark(item),
                     item.position.sequence, reason_word(passed.reason()), by);
}

}  // namespace noroshi::subscribers
