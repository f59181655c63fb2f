#include "proto/jp/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "proto/cap/writer.hpp"
#include "proto/jp/validate.hpp"
#include "tests/unit/proto/jp/sample.hpp"

namespace noroshi::jp {
namespace {

using cap::Alert;
using sample::area;
using sample::code;
using sample::drop;
using sample::set;
using testing::IsEmpty;

TEST(ProfileRules, SoundOrdersBreakNone) {
  EXPECT_THAT(sample::broken(sample::order()), IsEmpty());
  EXPECT_THAT(sample::broken(sample::partly_lifted()), IsEmpty());
}

TEST(ProfileRules, TheOrderOfTheDocumentationIsSound) {
  std::ifstream file(NOROSHI_SOURCE_DIR "/ops/docs/order.xml");
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto verdict = validate(bytes, std::nullopt, sample::noon);
  EXPECT_TRUE(verdict.accepted());
  for (const auto& finding : verdict.findings)
    ADD_FAILURE() << finding.rule << " " << finding.value;
}

TEST(ProfileRules, ApplyOnlyToWhatFollowsTheProfile) {
  auto alert = sample::order();
  alert.code = {"profile:CAP-CP:0.4"};
  set(alert.info[0], "WarningLevel", "5");
  alert.info[0].headline = "【訓練】";
  EXPECT_THAT(check(alert, Channel::live), IsEmpty());
}

TEST(ProfileRules, FindingsComeInDocumentOrderWithThoseOfCap) {
  auto alert = sample::order();
  alert.info[0].headline = "徳島市 洪水 警戒レベル5 緊急安全確保";
  alert.info[0].urgency = "Soon";
  alert.identifier = "1";
  const auto verdict = validate(cap::write(alert), std::nullopt, sample::noon);
  ASSERT_GE(verdict.findings.size(), 3u);
  EXPECT_EQ(verdict.findings[0].rule, "jp.identifier");
  EXPECT_EQ(verdict.findings[1].rule, "cap.R034");
  EXPECT_EQ(verdict.code(), "alert.invalid");
  EXPECT_EQ(verdict.findings.back().path, "/alert/info[1]/headline");
}

TEST(ProfileRules, AConfirmationDoesNotRefuse) {
  auto alert = sample::order();
  alert.info[0].description = "これは訓練ではありません。吉野川が氾濫しています。";
  const auto verdict = validate(cap::write(alert), std::nullopt, sample::noon);
  ASSERT_EQ(verdict.findings.size(), 1u);
  EXPECT_EQ(verdict.findings[0].severity, cap::Severity::confirm);
  EXPECT_TRUE(verdict.accepted());
}

TEST(ProfileRules, ManyWarningsHideNeitherErrorsNorConfirmations) {
  auto alert = sample::order();
  for (int i = 0; i < 600; ++i) alert.info[0].area.push_back(area("x", "362018:kawauchi"));
  alert.info[0].area.push_back(area("徳島県徳島市職業訓練校", "362018:y"));
  alert.info[0].area.push_back(area("徳島県徳島市国府町", "y"));
  const auto rules = sample::broken(alert);
  EXPECT_THAT(rules, testing::Contains("livetext:mentioned!"));
  EXPECT_THAT(rules, testing::Contains("district"));
}

TEST(ProfileRules, OfTheAlert) {
  const std::string ours = "city.tokushima.lg.jp,jp-362018-0b1f7f2e-6d0c-4d3e-9a51-2f6f1c5a7d10-";
  sample::expect_all({
      {"another form", [](Alert& a) { a.identifier = "362018-1"; }, {"identifier?"}},
      {"a letter in the revision",
       [](Alert& a) { a.identifier.value.back() = 'x'; },
       {"identifier?"}},
      {"another revision",
       [](Alert& a) { a.identifier.value.back() = '2'; },
       {"identifier:document?"}},
      {"a publisher's id with dashes",
       [](Alert& a) { a.identifier = "jp-shikoku-power-0b1f7f2e-6d0c-4d3e-9a51-2f6f1c5a7d10-1"; },
       {}},
      {"no domain", [](Alert& a) { a.sender = "tokushima"; }, {"sender?"}},
      {"a mail address", [](Alert& a) { a.sender = "bousai@city.tokushima.lg.jp"; }, {"sender?"}},
      {"a draft", [](Alert& a) { a.status = "Draft"; }, {"status"}},
      {"no kind",
       [](Alert& a) { drop(a.info[0], "UpdateKind"), drop(a.info[1], "UpdateKind"); },
       {"updatekind:missing?"}},
      {"a kind in one info is enough", [](Alert& a) { drop(a.info[0], "UpdateKind"); }, {}},
      {"kind of no list",
       [](Alert& a) {
         for (auto& i : a.info) set(i, "UpdateKind", "lift");
       },
       {"updatekind"}},
      {"kind of another type",
       [](Alert& a) {
         for (auto& i : a.info) set(i, "UpdateKind", "update");
       },
       {"updatekind:msgtype"}},
      {"two kinds", [](Alert& a) { set(a.info[1], "UpdateKind", "late"); }, {"parameter:differs"}},
      {"no document",
       [](Alert& a) {
         for (auto& i : a.info) drop(i, "DocumentId"), drop(i, "DocumentRevision");
       },
       {"document:missing?", "revision:missing?"}},
      {"a document that is no UUID",
       [](Alert& a) {
         for (auto& i : a.info) set(i, "DocumentId", "typhoon-10");
       },
       {"identifier:document?", "document?"}},
      {"revision 0",
       [](Alert& a) {
         for (auto& i : a.info) set(i, "DocumentRevision", "0");
       },
       {"revision"}},
      {"a second revision as Alert",
       [](Alert& a) {
         a.identifier.value.back() = '2';
         for (auto& i : a.info) set(i, "DocumentRevision", "2");
       },
       {"revision:later?"}},
      {"a new document with references",
       [ours](Alert& a) { a.references = ours + "0,2026-11-22T11:00:00+09:00"; },
       {"references:new?"}},
      {"a drill id on the live path",
       [](Alert& a) { set(a.info[0], "DrillId", "d1"); },
       {"drillid:live"}},
  });
}

TEST(ProfileRules, OfAnUpdate) {
  sample::expect_all(
      {
          {"first revision",
           [](Alert& a) {
             a.identifier.value.back() = '1';
             for (auto& i : a.info) set(i, "DocumentRevision", "1");
           },
           {"references:order?", "revision:first?"}},
          {"a later revision is referenced",
           [](Alert& a) { a.references->value.replace(a.references->value.find(",2026"), 0, "3"); },
           {"references:order?"}},
          {"another document is referenced",
           [](Alert& a) { a.references->value.replace(a.references->value.find("0b1f"), 1, "1"); },
           {"references:document?"}},
          {"a correction without reason",
           [](Alert& a) {
             for (auto& i : a.info) set(i, "UpdateKind", "correction");
           },
           {"note"}},
          {"a correction with a blank reason",
           [](Alert& a) {
             a.note = " ";
             for (auto& i : a.info) set(i, "UpdateKind", "correction");
           },
           {"note"}},
          {"a correction with its reason",
           [](Alert& a) {
             a.note = "地区名の誤り";
             for (auto& i : a.info) set(i, "UpdateKind", "correction");
           },
           {}},
          {"a cancellation without reason",
           [](Alert& a) {
             a.msg_type = "Cancel";
             for (auto& i : a.info) set(i, "UpdateKind", "cancel");
           },
           {"note"}},
          {"a bare cancellation",
           [](Alert& a) {
             a.msg_type = "Cancel";
             a.note = "誤って発令した";
             a.info.clear();
           },
           {}},
          {"an acknowledgement",
           [](Alert& a) { a.msg_type = "Ack"; },
           {"msgtype", "updatekind:msgtype"}},
          {"a late entry",
           [](Alert& a) {
             for (auto& i : a.info) set(i, "UpdateKind", "late");
           },
           {}},
          {"a new one",
           [](Alert& a) {
             for (auto& i : a.info) set(i, "UpdateKind", "new");
           },
           {"updatekind:msgtype"}},
      },
      sample::partly_lifted);
}

}  // namespace
}  // namespace noroshi::jp
