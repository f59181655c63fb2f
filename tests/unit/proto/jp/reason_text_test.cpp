#include "proto/jp/reason_text.hpp"

#include <gtest/gtest.h>

#include "proto/jp/phrases.hpp"

namespace noroshi::jp {
namespace {

struct Case {
  const char* typed;
  const char* said;
};

// 「川の水位が上がったです」 is not Japanese, nor is 「疑いことです」.
const Case cases[] = {
    {"氾濫のおそれ", "理由は、氾濫のおそれです。"},
    {"川の水位が上がった", "理由は、川の水位が上がったことです。"},
    {"斜面が崩れている。", "理由は、斜面が崩れていることです。"},
    {"堤防決壊の疑い", "理由は、堤防決壊の疑いです。"},
    {"堤防決壊の危険が高い", "理由は、堤防決壊の危険が高いことです。"},
    {"川の水位が上がりました", "川の水位が上がりました。"},
    {"川の水位が上がっています。", "川の水位が上がっています。"},
    {"水位上昇 。", "理由は、水位上昇です。"},
    {"。", ""},
    {"", ""},
};

TEST(ReasonText, CanBeReadOut) {
  for (const auto& [typed, said] : cases)
    EXPECT_EQ(reason_sentence(typed, phrases_ja.stated), said) << typed;
}

}  // namespace
}  // namespace noroshi::jp
