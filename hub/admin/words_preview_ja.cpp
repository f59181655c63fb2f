#include "hub/admin/preview_words.hpp"

namespace noroshi::admin {

std::string_view preview_japanese(PreviewSay what) {
  switch (what) {
    case PreviewSay::help_preview:
      return "この条件なら過去に何が届いたはずかを調べる(登録前の条件も試せる)";
    case PreviewSay::flag_days:
      return "さかのぼる日数(既定: 30)";
    case PreviewSay::would_have_received:
      return "{0}: 過去{1}日の発信{3}件のうち{2}件が届いたはずです"
             "(対象外: 地域 {4}、レベル {5}、種別 {6}、範囲 {7})";
    case PreviewSay::nothing_to_preview:
      return "{0} は登録されていません。試す条件を --areas などで指定してください";
    case PreviewSay::end:
      break;
  }
  return {};
}

}  // namespace noroshi::admin
