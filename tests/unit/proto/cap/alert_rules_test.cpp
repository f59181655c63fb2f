#include <gmock/gmock.h>

#include "sample.hpp"

namespace noroshi::cap {
namespace {

using sample::Case;

class AlertRules : public testing::TestWithParam<Case> {};

TEST_P(AlertRules, FindExactlyWhatIsBroken) {
  Alert alert = sample::acceptable();
  GetParam().spoil(alert);
  EXPECT_EQ(sample::broken(alert), GetParam().rules);
}

const Case names[] = {
    {"Acceptable", [](Alert&) {}, {}},
    {"IdentifierEmpty", [](Alert& a) { a.identifier = ""; }, {"cap.R010"}},
    {"IdentifierWithSpace", [](Alert& a) { a.identifier = "a b"; }, {"cap.R010"}},
    {"IdentifierWithComma", [](Alert& a) { a.identifier = "a,b"; }, {"cap.R010"}},
    {"IdentifierWithLess", [](Alert& a) { a.identifier = "a<b"; }, {"cap.R010"}},
    {"IdentifierWithAmpersand", [](Alert& a) { a.identifier = "a&b"; }, {"cap.R010"}},
    {"IdentifierInJapanese", [](Alert& a) { a.identifier = "徳島-1"; }, {}},
    {"SenderWithLineEnd", [](Alert& a) { a.sender = "a\n"; }, {"cap.R011"}},
    {"SenderIsAddress", [](Alert& a) { a.sender = "bosai@city.example"; }, {}},
};

const Case times[] = {
    {"SentWithZ", [](Alert& a) { a.sent = "2026-11-22T03:00:00Z"; }, {"cap.R012"}},
    {"SentWithFraction", [](Alert& a) { a.sent = "2026-11-22T12:00:00.0+09:00"; }, {"cap.R012"}},
    {"SentAtTheEdgeOfTheFuture", [](Alert& a) { a.sent = "2026-11-22T12:01:00+09:00"; }, {}},
    {"SentInTheFuture", [](Alert& a) { a.sent = "2026-11-22T12:01:01+09:00"; }, {"cap.R012?"}},
    {"SentWithSpacesAround", [](Alert& a) { a.sent = " 2026-11-22T12:00:00+09:00\n"; }, {}},
};

const Case words[] = {
    {"StatusOther", [](Alert& a) { a.status = "actual"; }, {"cap.R013"}},
    {"StatusWithSpace", [](Alert& a) { a.status = "Actual "; }, {"cap.R013"}},
    {"StatusDraft", [](Alert& a) { a.status = "Draft"; }, {}},
    {"MsgTypeOther", [](Alert& a) { a.msg_type = "Correct"; }, {"cap.R014"}},
    {"MsgTypeAck", [](Alert& a) { a.msg_type = "Ack"; }, {}},
    {"ScopeOther", [](Alert& a) { a.scope = "Everyone"; }, {"cap.R016"}},
    {"RestrictedWithout", [](Alert& a) { a.scope = "Restricted"; }, {"cap.R017"}},
    {"RestrictedWithBlank",
     [](Alert& a) {
       a.scope = "Restricted";
       a.restriction = " ";
     },
     {"cap.R017"}},
    {"RestrictedWith",
     [](Alert& a) {
       a.scope = "Restricted";
       a.restriction = "消防";
     },
     {}},
    {"PublicWithRestriction", [](Alert& a) { a.restriction = "消防"; }, {"cap.R018"}},
    {"PublicWithEmptyRestriction", [](Alert& a) { a.restriction = ""; }, {}},
    {"PrivateWithout", [](Alert& a) { a.scope = "Private"; }, {"cap.R019"}},
    {"PrivateWith",
     [](Alert& a) {
       a.scope = "Private";
       a.addresses = "\"消防 本部\" police";
     },
     {}},
    {"AddressesUnbalanced", [](Alert& a) { a.addresses = "\"fire police"; }, {"cap.R019"}},
    {"ExerciseUnnamed",
     [](Alert& a) {
       a.status = "Exercise";
       a.note.reset();
     },
     {"cap.R021?"}},
    {"ExerciseNamed", [](Alert& a) { a.status = "Exercise"; }, {}},
    {"ErrorUnexplained",
     [](Alert& a) {
       a.msg_type = "Error";
       a.note.reset();
     },
     {"cap.R021?"}},
    {"IncidentsUnbalanced", [](Alert& a) { a.incidents = "\"台風 10号"; }, {"cap.R026?"}},
};

const Case references_and_info[] = {
    {"ReferencePair", [](Alert& a) { a.references = "a,b"; }, {"cap.R022"}},
    {"ReferenceWithoutSender",
     [](Alert& a) { a.references = ",b,2026-11-22T11:00:00+09:00"; },
     {"cap.R022"}},
    {"ReferenceWithZ", [](Alert& a) { a.references = "a,b,2026-11-22T11:00:00Z"; }, {"cap.R022"}},
    {"ReferenceFour",
     [](Alert& a) { a.references = "a,b,2026-11-22T11:00:00+09:00,c"; },
     {"cap.R022"}},
    {"ReferencesOnLines",
     [](Alert& a) {
       a.references = "\n a,b,2026-11-22T11:00:00+09:00\n\tc,d,2026-11-22T11:00:00+09:00 ";
     },
     {}},
    {"ReferencesEmptyOfUpdate", [](Alert& a) { a.references = " "; }, {"cap.R023", "cap.R022?"}},
    {"ReferencesEmptyOfAlert",
     [](Alert& a) {
       a.msg_type = "Alert";
       a.references = "";
     },
     {"cap.R022?"}},
    {"UpdateWithout", [](Alert& a) { a.references.reset(); }, {"cap.R023"}},
    {"CancelWithout",
     [](Alert& a) {
       a.msg_type = "Cancel";
       a.references.reset();
     },
     {"cap.R023"}},
    {"AlertWithout",
     [](Alert& a) {
       a.msg_type = "Alert";
       a.references.reset();
     },
     {}},
    {"ReferenceToItself",
     [](Alert& a) {
       a.references = "city.tokushima.lg.jp,jp-362018-1-1,2026-11-22T03:00:00+00:00";
     },
     {"cap.R024"}},
    {"ReferenceToItsIdentifier",
     [](Alert& a) {
       a.references = "city.tokushima.lg.jp,jp-362018-1-1,2026-11-22T11:00:00+09:00";
     },
     {"cap.R024?"}},
    {"ReferenceSameTimeOtherName",
     [](Alert& a) { a.references = "a,b,2026-11-22T12:00:00+09:00"; },
     {}},
    {"ReferenceLater",
     [](Alert& a) { a.references = "a,b,2026-11-22T12:00:01+09:00"; },
     {"cap.R025?"}},
    {"NoInfo", [](Alert& a) { a.info.clear(); }, {"cap.R027"}},
    {"NoInfoSystem",
     [](Alert& a) {
       a.status = "System";
       a.info.clear();
     },
     {}},
    {"NoInfoCancel",
     [](Alert& a) {
       a.msg_type = "Cancel";
       a.info.clear();
     },
     {}},
};

INSTANTIATE_TEST_SUITE_P(Names, AlertRules, testing::ValuesIn(names), sample::case_name);
INSTANTIATE_TEST_SUITE_P(Times, AlertRules, testing::ValuesIn(times), sample::case_name);
INSTANTIATE_TEST_SUITE_P(Words, AlertRules, testing::ValuesIn(words), sample::case_name);
INSTANTIATE_TEST_SUITE_P(References, AlertRules, testing::ValuesIn(references_and_info),
                         sample::case_name);

TEST(References, AreTheTriplesInTheirOrder) {
  Alert alert;
  alert.references = "a,1,2026-11-22T12:00:00+09:00 broken b,2,2026-11-22T12:00:00-00:00";
  EXPECT_THAT(references(alert),
              testing::ElementsAre(Triple{"a", "1", "2026-11-22T12:00:00+09:00"},
                                   Triple{"b", "2", "2026-11-22T12:00:00-00:00"}));
  EXPECT_THAT(references(Alert{}), testing::IsEmpty());
}

}  // namespace
}  // namespace noroshi::cap
