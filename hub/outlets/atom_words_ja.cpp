#include "hub/outlets/atom_words.hpp"

namespace noroshi::outlets {

const AtomWords atom_words_ja{
    "ja",
    "災害情報",
    "災害情報({subscriber} 向け)",
    "【訓練】",
    "【取消】",
    "【更新済み】",
    "【期限切れ】",
    "【期限切れ・未解除】",
    "。",
    "{publisher}の発表",
    "{publisher}の発表({typist}が代行入力)",
    "警戒レベル{level}",
    "警戒レベル不明",
    "対象: {places}",
    "、",
    "この情報は取り消されました",
    "この情報は新しい情報に置き換えられました",
    "この情報の有効期限は過ぎました",
    "有効期限は過ぎましたが、解除の発表はありません",
};

}  // namespace noroshi::outlets
