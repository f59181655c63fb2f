// Words that tell a drill from the real thing (ops/docs/profile.md, behaviour 5). Aichi 2018,
// Wakayama 2018, Kibichuo 2024 and Hino 2024 each took a drill for real; they are why.
#pragma once

#include <string_view>

namespace noroshi::jp {

// Begins with 【訓練】, （訓練）, 〔訓練〕, 「これは訓練です」 or 「訓練です」, behind any
// ornaments.
bool marked_as_drill(std::string_view text);
// Its whole first word is テスト: テスト, 【テスト】, テストです; not テストコース or テスト配信.
bool begins_as_test(std::string_view text);
// Says 訓練放送.
bool is_drill_broadcast(std::string_view text);
// Says 訓練 anywhere: 職業訓練校, 「これは訓練ではありません」, 防災訓練は中止.
bool mentions_drill(std::string_view text);
// Says 「訓練ではありません」, which an exercise never does.
bool denies_drill(std::string_view text);

// Where `text` mentions 訓練, with what stands around it; all of it where that cannot be told.
std::string_view mention(std::string_view text);

// The mark in front of the headline of every exercise.
inline constexpr std::string_view drill_mark = "【訓練】";

}  // namespace noroshi::jp
