#include "sample.hpp"

namespace noroshi::cap {
namespace {

using sample::Case;

class InfoRules : public testing::TestWithParam<Case> {};

TEST_P(InfoRules, FindExactlyWhatIsBroken) {
  Alert alert = sample::acceptable();
  GetParam().spoil(alert);
  EXPECT_EQ(sample::broken(alert), GetParam().rules);
}

Info& first(Alert& alert) { return alert.info[0]; }

const Case words[] = {
    {"LanguageLong", [](Alert& a) { first(a).language = "japanesee"; }, {"cap.R030"}},
    {"LanguageEight", [](Alert& a) { first(a).language = "japanese"; }, {}},
    {"LanguageUnderscore", [](Alert& a) { first(a).language = "ja_JP"; }, {"cap.R030"}},
    {"LanguageOpen", [](Alert& a) { first(a).language = "ja-"; }, {"cap.R030"}},
    {"LanguageDigitFirst", [](Alert& a) { first(a).language = "1a"; }, {"cap.R030"}},
    {"LanguageEmpty", [](Alert& a) { first(a).language = ""; }, {"cap.R030"}},
    {"LanguagePrivate", [](Alert& a) { first(a).language = "ja-x-yasashii"; }, {}},
    {"LanguageAbsent", [](Alert& a) { first(a).language.reset(); }, {}},
    {"CategoryOther",
     [](Alert& a) {
       first(a).category = {"Safety", "met"};
     },
     {"cap.R031"}},
    {"CategoryAbsent", [](Alert& a) { first(a).category.clear(); }, {"cap.R004", "cap.R031"}},
    {"EventBlank", [](Alert& a) { first(a).event = "\n "; }, {"cap.R032"}},
    {"ResponseOther", [](Alert& a) { first(a).response_type = {"Run"}; }, {"cap.R033"}},
    {"UrgencyOther", [](Alert& a) { first(a).urgency = "Now"; }, {"cap.R034"}},
    {"SeverityOther", [](Alert& a) { first(a).severity = "Severe\n"; }, {"cap.R035"}},
    {"CertaintyOther", [](Alert& a) { first(a).certainty = "Very Likely"; }, {"cap.R036"}},
};

const Case missing[] = {
    {"SenderName", [](Alert& a) { first(a).sender_name.reset(); }, {"cap.R037?"}},
    {"Description", [](Alert& a) { first(a).description.reset(); }, {"cap.R038?"}},
    {"Instruction", [](Alert& a) { first(a).instruction.reset(); }, {"cap.R043?"}},
    {"ResponseType", [](Alert& a) { first(a).response_type.clear(); }, {"cap.R045?"}},
    {"Headline", [](Alert& a) { first(a).headline.reset(); }, {}},
};

const Case times[] = {
    {"EffectiveZ", [](Alert& a) { first(a).effective = "2026-11-22T03:00:00Z"; }, {"cap.R039"}},
    {"OnsetNoDay", [](Alert& a) { first(a).onset = "2026-11-31T00:00:00+09:00"; }, {"cap.R040"}},
    {"ExpiresNoZone", [](Alert& a) { first(a).expires = "2026-11-24T12:00:00"; }, {"cap.R041"}},
    {"ExpiresAtEffective", [](Alert& a) { first(a).expires = "2026-11-22T03:00:00-00:00"; }, {}},
    {"ExpiresBeforeEffective",
     [](Alert& a) { first(a).expires = "2026-11-22T11:59:59+09:00"; },
     {"cap.R042"}},
    {"ExpiresBeforeSent",
     [](Alert& a) {
       first(a).effective.reset();
       first(a).expires = "2026-11-22T11:59:59+09:00";
     },
     {"cap.R042"}},
    {"ExpiresBeforeNothingKnown",
     [](Alert& a) {
       first(a).effective = "soon";
       first(a).expires = "2026-11-22T11:59:59+09:00";
     },
     {"cap.R039"}},
    {"ExpiresAfterBecauseOfOffsets",
     [](Alert& a) { first(a).expires = "2026-11-22T04:00:00+00:00"; },
     {}},
};

std::string times_over(std::string_view text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

const Case texts[] = {
    {"Headline160", [](Alert& a) { first(a).headline = times_over("避", 160); }, {}},
    {"Headline161", [](Alert& a) { first(a).headline = times_over("避", 161); }, {"cap.R044?"}},
    {"WebRelative", [](Alert& a) { first(a).web = "www.example.jp"; }, {"cap.R046"}},
    {"WebWithoutHost", [](Alert& a) { first(a).web = "https:///news"; }, {"cap.R046"}},
    {"WebWithSpace", [](Alert& a) { first(a).web = "https://example.jp/a b"; }, {"cap.R046"}},
    {"WebInJapanese", [](Alert& a) { first(a).web = "https://example.jp/避難"; }, {}},
    {"WebMail", [](Alert& a) { first(a).web = "mailto:bosai@example.jp"; }, {}},
    {"WebEmpty", [](Alert& a) { first(a).web = ""; }, {"cap.R046?"}},
    {"NoteEmpty", [](Alert& a) { a.note = ""; }, {"cap.R047?"}},
    {"ParameterValueBlank", [](Alert& a) { first(a).parameter[0].value = " "; }, {"cap.R047?"}},
    {"EntityInHeadline", [](Alert& a) { first(a).headline = "A&nbsp;B"; }, {"cap.R070?"}},
    {"NumberInHeadline", [](Alert& a) { first(a).headline = "A&#160;B"; }, {"cap.R070?"}},
    {"AmpersandInHeadline", [](Alert& a) { first(a).headline = "A & B; C"; }, {}},
    {"TagInDescription", [](Alert& a) { first(a).description = "a<br/>b"; }, {"cap.R071?"}},
    {"TagWithAttribute",
     [](Alert& a) { first(a).instruction = "<a href='https://x.jp'>x"; },
     {"cap.R071?"}},
    {"LessInDescription", [](Alert& a) { first(a).description = "水位 3 < 5, x<y, <5m"; }, {}},
    {"TagInAreaDesc", [](Alert& a) { first(a).area[0].area_desc = "</b>"; }, {"cap.R071?"}},
    {"TagInParameter", [](Alert& a) { first(a).parameter[0].value = "<b>"; }, {}},
};

INSTANTIATE_TEST_SUITE_P(Words, InfoRules, testing::ValuesIn(words), sample::case_name);
INSTANTIATE_TEST_SUITE_P(Missing, InfoRules, testing::ValuesIn(missing), sample::case_name);
INSTANTIATE_TEST_SUITE_P(Times, InfoRules, testing::ValuesIn(times), sample::case_name);
INSTANTIATE_TEST_SUITE_P(Texts, InfoRules, testing::ValuesIn(texts), sample::case_name);

}  // namespace
}  // namespace noroshi::cap
