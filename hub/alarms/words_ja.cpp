#include "hub/alarms/kinds.hpp"
#include "hub/alarms/words.hpp"

namespace noroshi::alarms {

std::string_view japanese(std::string_view kind) {
  if (kind == kind::delivered) return "期限までに届いていません";
  if (kind == kind::shown) return "期限までに放送・表示されていません";
  if (kind == kind::withdrawn) return "期限までに放送・表示が終わっていません";
  if (kind == kind::unlifted) return "期限切れのまま解除されていない発令があります";
  if (kind == kind::probe) return "配信経路の試験が届いていません";
  if (kind == kind::rolled_back) return "伝達者の受信記録がハブの記録より進んでいます";
  if (kind == kind::takeover) return "別のハブに切り替わりました";
  if (kind == kind::clock) return "ハブの時計が信用できません";
  if (kind == kind::disk) return "ハブのディスクの空きが足りません";
  if (kind == kind::webhook_dead) return "Webhook の配信を断念しました";
  return kind;
}

}  // namespace noroshi::alarms
