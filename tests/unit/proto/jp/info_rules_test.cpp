// The rules about one info block: what it is about, how it is worded, when, with which parameters.
#include <gtest/gtest.h>

#include "tests/unit/proto/jp/sample.hpp"

namespace noroshi::jp {
namespace {

using cap::Alert;
using sample::code;
using sample::drop;
using sample::expect_all;
using sample::set;

void all(Alert& alert, const char* name, const char* value) {
  for (auto& info : alert.info) set(info, name, value);
}
void event(Alert& alert, const char* value) {
  for (auto& info : alert.info) code(info, "Event", value);
}
void one_info(Alert& alert) { alert.info.resize(1, alert.info[0]); }

// 発令中の避難情報なし, of the whole city.
Alert null_report() {
  auto alert = sample::order();
  one_info(alert);
  auto& info = alert.info[0];
  event(alert, "evac.none");
  info.event_code.pop_back();
  info.event = "発令中の避難情報なし";
  info.response_type = {"None"};
  info.urgency = "Past";
  info.severity = "Minor";
  info.certainty = "Unlikely";
  info.headline = "徳島市 発令中の避難情報なし";
  info.expires = "2026-11-22T18:00:00+09:00";
  drop(info, "WarningLevel");
  info.area = {sample::area("徳島県徳島市", "362018:*")};
  return alert;
}

Alert closure() {
  auto alert = null_report();
  auto& info = alert.info[0];
  event(alert, "notice.transport");
  info.category = {"Transport"};
  info.event = "通行止め";
  info.onset = "2026-12-01T09:00:00+09:00";
  info.expires = "2026-11-25T12:00:00+09:00";
  return alert;
}

TEST(ProfileInfo, Kind) {
  expect_all({
      {"an unknown event", [](Alert& a) { event(a, "evac.l6"); }, {"event?", "event?"}},
      {"no event code",
       [](Alert& a) {
         one_info(a);
         a.info[0].event_code.erase(a.info[0].event_code.begin());
       },
       {"event:missing?"}},
      {"two event codes",
       [](Alert& a) {
         one_info(a);
         a.info[0].event_code.push_back({"profile:CAP-JP:Event:0.1", "evac.l5", {}});
       },
       {"event:several"}},
      {"an event code of another profile",
       [](Alert& a) {
         a.info[0].event_code.push_back({"SAME", "CEM", {}});
       },
       {}},
      {"another category", [](Alert& a) { a.info[0].category = {"Met"}; }, {"category?"}},
      {"one category more",
       [](Alert& a) {
         a.info[0].category = {"Met", "Safety"};
       },
       {}},
      {"an unknown hazard",
       [](Alert& a) {
         for (auto& i : a.info) code(i, "Hazard", "meteor");
       },
       {"hazard?", "hazard?"}},
      {"no hazard",
       [](Alert& a) {
         for (auto& i : a.info) i.event_code.pop_back();
       },
       {"hazard:missing?", "hazard:missing?"}},
      {"two hazards",
       [](Alert& a) {
         a.info[0].event_code.push_back({"profile:CAP-JP:Hazard:0.1", "landslide", {}});
       },
       {"hazard:several"}},
      {"neither issue nor lift",
       [](Alert& a) { all(a, "IssueOrLift", "Issue"); },
       {"issueorlift", "issueorlift"}},
      {"issue or lift not said",
       [](Alert& a) { drop(a.info[0], "IssueOrLift"); },
       {"issueorlift:missing?"}},
      {"loud or quiet of no list",
       [](Alert& a) { set(a.info[0], "Alerting", "LOUD"); },
       {"alerting"}},
      {"a quiet order", [](Alert& a) { set(a.info[0], "Alerting", "quiet"); }, {"alerting:quiet?"}},
      {"loud or quiet not said", [](Alert& a) { drop(a.info[0], "Alerting"); }, {}},
  });
  expect_all({{"a null report that is lifted",
               [](Alert& a) {
                 set(a.info[0], "IssueOrLift", "lift");
                 a.msg_type = "Update";
                 a.identifier.value.back() = '2';
                 all(a, "DocumentRevision", "2");
                 all(a, "UpdateKind", "update");
                 a.references = sample::partly_lifted().references;
               },
               {"eventword:lift", "issueorlift:none"}},
              {"sound", [](Alert&) {}, {}}},
             null_report);
  expect_all({{"a loud probe",
               [](Alert& a) {
                 event(a, "sys.probe");
                 a.info[0].category = {"Other"};
                 a.info[0].expires = "2026-11-22T12:10:00+09:00";
               },
               {"alerting:loud?"}}},
             null_report);
}

TEST(ProfileInfo, ALiftComesAsAnUpdate) {
  auto alert = sample::partly_lifted();
  alert.msg_type = "Alert";
  alert.references.reset();
  alert.identifier.value.back() = '1';
  all(alert, "UpdateKind", "new");
  all(alert, "DocumentRevision", "1");
  EXPECT_EQ(sample::broken(alert), std::vector<std::string>{"issueorlift:alert"});
}

TEST(ProfileInfo, TheLevelIsThatOfTheEventAndNoOthers) {
  expect_all({
      {"unknown", [](Alert& a) { all(a, "WarningLevel", "6"); }, {"level?", "level?"}},
      {"one too high",
       [](Alert& a) { all(a, "WarningLevel", "5"); },
       {"level:event", "level:event"}},
      {"one too low",
       [](Alert& a) { all(a, "WarningLevel", "3"); },
       {"level:event", "level:event"}},
      {"one that is the weather agency's",
       [](Alert& a) { all(a, "WarningLevel", "2"); },
       {"level:event", "level:event"}},
      {"none", [](Alert& a) { drop(a.info[0], "WarningLevel"); }, {"level:missing"}},
      {"an equivalent beside it",
       [](Alert& a) { set(a.info[0], "LevelEquivalent", "4"); },
       {"levelequivalent:order"}},
      {"of an unknown event",
       [](Alert& a) { event(a, "evac.l6"), all(a, "WarningLevel", "6"); },
       {"event?", "level?", "event?", "level?"}},
  });
  expect_all(
      {
          {"on a notice",
           [](Alert& a) { set(a.info[0], "WarningLevel", "4"); },
           {"level:elsewhere"}},
          {"an equivalent on a notice",
           [](Alert& a) { set(a.info[0], "LevelEquivalent", "4"); },
           {}},
          {"an equivalent that is unknown",
           [](Alert& a) { set(a.info[0], "LevelEquivalent", "高"); },
           {"levelequivalent?"}},
      },
      closure);
  expect_all({{"on a null report",
               [](Alert& a) { set(a.info[0], "WarningLevel", "4"); },
               {"level:elsewhere"}}},
             null_report);
}

TEST(ProfileInfo, CapWords) {
  const auto words = [](const char* urgency, const char* severity, const char* certainty,
                        const char* response) {
    return [=](Alert& a) {
      a.info[0].urgency = urgency;
      a.info[0].severity = severity;
      a.info[0].certainty = certainty;
      a.info[0].response_type = {response};
    };
  };
  expect_all({
      {"as the table has them", words("Immediate", "Severe", "Likely", "Evacuate"), {}},
      {"all others",
       words("Future", "Extreme", "Observed", "Prepare"),
       {"words?", "words?", "words?", "words?"}},
      {"more responses",
       [](Alert& a) {
         a.info[0].response_type = {"Shelter", "Evacuate"};
       },
       {}},
      {"no response", [](Alert& a) { a.info[0].response_type.clear(); }, {}},
      {"an order that looks lifted",
       words("Past", "Minor", "Unlikely", "AllClear"),
       {"words:issue"}},
      {"an order that looks past", words("Past", "Severe", "Likely", "Evacuate"), {"words:issue"}},
  });
  expect_all(
      {{"a lift that looks like an order",
        [](Alert& a) { a.info[1].response_type = {"Evacuate"}; },
        {"words:lift"}},
       {"a lift that is not past", [](Alert& a) { a.info[1].urgency = "Immediate"; }, {"words?"}}},
      sample::partly_lifted);
  expect_all({{"a null report that asks to leave",
               [](Alert& a) { a.info[0].response_type = {"Evacuate"}; },
               {"words:none"}},
              {"a null report that is all clear",
               [](Alert& a) { a.info[0].response_type = {"AllClear"}; },
               {"words?"}}},
             null_report);
}

TEST(ProfileInfo, LevelFiveMayBeObservedOrLikely) {
  for (const auto* certainty : {"Observed", "Likely", "Possible"}) {
    auto alert = sample::order();
    one_info(alert);
    event(alert, "evac.l5");
    auto& info = alert.info[0];
    set(info, "WarningLevel", "5");
    info.event = "緊急安全確保";
    info.response_type = {"Shelter"};
    info.severity = "Extreme";
    info.certainty = certainty;
    info.headline = "徳島市 洪水 警戒レベル５ 緊急安全確保";
    info.instruction = "命の危険！　直ちに安全確保！";
    auto rules = std::vector<std::string>{"instruction?"};
    if (certainty == std::string("Possible")) rules = {"words?", "instruction?"};
    EXPECT_EQ(sample::broken(alert), rules) << certainty;
    info.instruction = "命の危険　直ちに安全確保！ 川には近づかないでください。";
    rules.pop_back();
    EXPECT_EQ(sample::broken(alert), rules) << "with a wide blank";
  }
}

TEST(ProfileInfo, TextsSayWhatTheCodesSay) {
  expect_all({
      {"a name of its own", [](Alert& a) { a.info[0].event = "避難のお願い"; }, {"eventword?"}},
      {"with a blank in it", [](Alert& a) { a.info[0].event = "避難 指示"; }, {}},
      {"the name of another level",
       [](Alert& a) { a.info[0].event = "高齢者等避難"; },
       {"eventword:other"}},
      {"lifted in words only",
       [](Alert& a) { a.info[0].event = "避難指示 解除"; },
       {"eventword:issue"}},
      {"no headline", [](Alert& a) { a.info[0].headline.reset(); }, {"headline:missing?"}},
      {"no place in front",
       [](Alert& a) { a.info[0].headline = "洪水 警戒レベル4 避難指示"; },
       {"headline:place?"}},
      {"the place as the 39th and 40th character",
       [](Alert& a) {
         std::string dots;
         for (int i = 0; i < 38; ++i) dots += "・";
         a.info[0].headline = dots + "島市 避難指示";
       },
       {}},
      {"the place as the 40th and 41st",
       [](Alert& a) {
         std::string dots;
         for (int i = 0; i < 39; ++i) dots += "・";
         a.info[0].headline = dots + "島市 避難指示";
       },
       {"headline:place?"}},
      {"no name",
       [](Alert& a) { a.info[0].headline = "徳島市 洪水 警戒レベル4"; },
       {"headline:name?"}},
      {"Tokushima 2022: level 4 for 3",
       [](Alert& a) { a.info[0].headline = "徳島市 洪水 警戒レベル3 高齢者等避難"; },
       {"headline:other", "headline:level"}},
      {"two levels, its own among them",
       [](Alert& a) {
         a.info[0].headline = "徳島市 警戒レベル4 避難指示・警戒レベル3 高齢者等避難";
       },
       {}},
      {"another level in wide digits",
       [](Alert& a) { a.info[0].headline = "徳島市 警戒レベル５ 避難指示"; },
       {"headline:level"}},
      {"an equivalent of the weather agency",
       [](Alert& a) { a.info[0].headline = "徳島市 避難指示（レベル5相当の大雨）"; },
       {}},
      {"no fixed phrase",
       [](Alert& a) { a.info[0].instruction = "逃げてください。"; },
       {"instruction?"}},
      {"the phrase of another level",
       [](Alert& a) { a.info[0].instruction = "危険な場所から高齢者等は避難してください。"; },
       {"instruction:other"}},
  });
  expect_all({{"a lift that does not say so",
               [](Alert& a) { a.info[1].event = "避難指示"; },
               {"eventword:lift"}}},
             sample::partly_lifted);
  expect_all({{"the weather agency's as the mayor's level",
               [](Alert& a) {
                 event(a, "jma.VPWW54");
                 a.info[0].category = {"Met"};
                 a.info[0].headline = "徳島市 大雨警報 警戒レベル4";
               },
               {"headline:equivalent?"}}},
             closure);
}

TEST(ProfileInfo, OnsetIsTheDecision) {
  const auto onset = [](const char* time) { return [=](Alert& a) { a.info[0].onset = time; }; };
  expect_all({
      {"not given", [](Alert& a) { a.info[0].onset.reset(); }, {"onset:missing?"}},
      {"60 s after sent", onset("2026-11-22T12:01:00+09:00"), {}},
      {"61 s after sent", onset("2026-11-22T12:01:01+09:00"), {"onset:ahead"}},
      {"60 min ago", onset("2026-11-22T11:00:00+09:00"), {}},
      {"longer ago and said to be new", onset("2026-11-22T10:59:59+09:00"), {"onset:old?"}},
      {"longer ago and said to be late",
       [](Alert& a) {
         a.info[0].onset = "2026-11-20T10:00:00+09:00";
         all(a, "UpdateKind", "late");
         a.info[1].onset = a.info[0].onset;
       },
       {}},
      {"late and fresh",
       [](Alert& a) {
         all(a, "UpdateKind", "late");
         a.info[0].onset = "2026-11-22T11:59:00+09:00";
       },
       {"onset:fresh?"}},
      {"late without onset",
       [](Alert& a) {
         all(a, "UpdateKind", "late");
         a.info[0].onset.reset();
       },
       {"onset:late"}},
  });
  expect_all({{"a closure may lie ahead", [](Alert&) {}, {}}}, closure);
}

TEST(ProfileInfo, LivesOfTheirCategory) {
  const auto expires = [](const char* time) { return [=](Alert& a) { a.info[0].expires = time; }; };
  expect_all({
      {"not given", [](Alert& a) { a.info[0].expires.reset(); }, {"life:missing?"}},
      {"24 h", expires("2026-11-23T12:00:00+09:00"), {}},
      {"a second less", expires("2026-11-23T11:59:59+09:00"), {"life:short?"}},
      {"72 h", expires("2026-11-25T12:00:00+09:00"), {}},
      {"a second more", expires("2026-11-25T12:00:01+09:00"), {"life:long"}},
  });
  expect_all(
      {{"a short lift", [](Alert& a) { a.info[1].expires = "2026-11-22T13:00:00+09:00"; }, {}}},
      sample::partly_lifted);
  expect_all({{"72 h", [](Alert&) {}, {}},
              {"a second more", expires("2026-11-25T12:00:01+09:00"), {"life:long"}},
              {"an hour", expires("2026-11-22T13:00:00+09:00"), {}}},
             closure);
  expect_all({{"as long as it takes",
               [](Alert& a) {
                 event(a, "event");
                 a.info[0].category = {"Other"};
                 a.info[0].expires = "2027-11-22T13:00:00+09:00";
               },
               {}},
              {"without an end",
               [](Alert& a) {
                 event(a, "event");
                 a.info[0].category = {"Other"};
                 a.info[0].expires.reset();
               },
               {}}},
             closure);
}

TEST(ProfileInfo, Parameters) {
  const auto with = [](const char* name, const char* value) {
    return [=](Alert& a) { set(a.info[0], name, value); };
  };
  const auto twice = [](const char* name, const char* value) {
    return [=](Alert& a) {
      a.info[0].parameter.push_back({std::string("layer:CAP-JP:0.1:") + name, value, {}});
    };
  };
  const auto repeat = [](const char* text, std::size_t times) {
    std::string result;
    for (std::size_t i = 0; i < times; ++i) result += text;
    return result;
  };
  expect_all({
      {"of no list", with("WarningLvl", "4"), {"parameter:unknown?"}},
      {"of another profile",
       [](Alert& a) {
         a.info[0].parameter.push_back({"layer:SOREM:1.0:Broadcast", "No", {}});
       },
       {}},
      {"the same again", twice("WarningLevel", "4"), {}},
      {"again and differently", twice("WarningLevel", "5"), {"parameter:repeated"}},
      {"two rivers",
       [&](Alert& a) { twice("RiverName", "吉野川")(a), twice("RiverName", "鮎喰川")(a); },
       {}},
      {"a reason of no list", with("ReasonCode", "rain"), {"reason?"}},
      {"an office of five digits", with("PublishingOfficeCode", "36201"), {}},
      {"an office with a wrong check digit", with("PublishingOfficeCode", "362017"), {"office?"}},
      {"an editing office that is none", with("EditorialOfficeCode", "県庁"), {"office?"}},
      {"a report without zone", with("ReportDateTime", "2026-11-22T12:00:00"), {"time?"}},
      {"households", with("TotalHouseholds", "1200"), {}},
      {"households in words", with("TotalHouseholds", "約1200"), {"count?"}},
      {"people below zero", with("People", "-1"), {"count?"}},
      {"15 characters", [&](Alert& a) { set(a.info[0], "Ticker15", repeat("字", 15)); }, {}},
      {"16 characters",
       [&](Alert& a) { set(a.info[0], "Ticker15", repeat("字", 16)); },
       {"ticker?"}},
      {"40 characters", [&](Alert& a) { set(a.info[0], "Ticker40", repeat("字", 40)); }, {}},
      {"41 characters",
       [&](Alert& a) { set(a.info[0], "Ticker40", repeat("字", 41)); },
       {"ticker?"}},
      {"80 characters", [&](Alert& a) { set(a.info[0], "Ticker80", repeat("字", 80)); }, {}},
      {"81 characters",
       [&](Alert& a) { set(a.info[0], "Ticker80", repeat("字", 81)); },
       {"ticker?"}},
      {"a state", with("AreaState", "id=362018:ojin;kana=おうじんちょう;hh=12;ppl=30"), {}},
      {"a state of a district that is not there",
       with("AreaState", "id=362018:kokufu"),
       {"areastate:district?"}},
      {"a state that cannot be read", with("AreaState", "362018:ojin"), {"areastate?"}},
      {"two states of one district",
       [&](Alert& a) {
         twice("AreaState", "id=362018:ojin")(a);
         twice("AreaState", "id=36201:ojin;hh=3")(a);
       },
       {"areastate:repeated?"}},
  });
}

}  // namespace
}  // namespace noroshi::jp
