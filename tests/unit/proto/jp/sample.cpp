#include "tests/unit/proto/jp/sample.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "proto/cap/writer.hpp"
#include "proto/jp/codes.hpp"
#include "proto/jp/messages.hpp"
#include "proto/jp/validate.hpp"

namespace noroshi::jp::sample {
namespace {

constexpr const char* document = "0b1f7f2e-6d0c-4d3e-9a51-2f6f1c5a7d10";

cap::NamedValue named(std::string name, std::string value) {
  return {std::move(name), std::move(value), {}};
}

void put(std::vector<cap::NamedValue>& list, std::string name, std::string value) {
  for (auto& each : list)
    if (each.value_name == name) {
      each.value = std::move(value);
      return;
    }
  list.push_back(named(std::move(name), std::move(value)));
}

cap::Info japanese() {
  cap::Info info;
  info.language = "ja-JP";
  info.category = {"Safety"};
  info.event = "避難指示";
  info.response_type = {"Evacuate"};
  info.urgency = "Immediate";
  info.severity = "Severe";
  info.certainty = "Likely";
  code(info, "Event", "evac.l4");
  code(info, "Hazard", "flood");
  info.effective = "2026-11-22T12:00:00+09:00";
  info.onset = "2026-11-22T11:50:00+09:00";
  info.expires = "2026-11-24T12:00:00+09:00";
  info.sender_name = "徳島市";
  info.headline = "徳島市 洪水 警戒レベル4 避難指示（川内町・応神町）";
  info.description = "吉野川の水位が氾濫危険水位に達しました。";
  info.instruction = "危険な場所から全員避難してください。";
  info.contact = "危機管理課";
  set(info, "UpdateKind", "new");
  set(info, "Alerting", "loud");
  set(info, "DocumentId", document);
  set(info, "DocumentRevision", "1");
  set(info, "IssueOrLift", "issue");
  set(info, "WarningLevel", "4");
  set(info, "ReportDateTime", "2026-11-22T11:58:00+09:00");
  set(info, "ReasonCode", "riverlevel");
  set(info, "PublishingOfficeCode", "362018");
  info.area = {area("徳島県徳島市川内町", "362018:kawauchi"),
               area("徳島県徳島市応神町", "362018:ojin")};
  return info;
}

cap::Info english() {
  auto info = japanese();
  info.language = "en";
  info.event = "Evacuation Order";
  info.headline = "Tokushima City: flood, warning level 4, Evacuation Order";
  info.description = "The Yoshino River has reached its flood danger level.";
  info.instruction = "Everyone must leave dangerous places now.";
  info.sender_name = "Tokushima City";
  info.area = {area("Tokushima City, Tokushima Prefecture", "362018:*")};
  return info;
}

cap::Info lifted() {
  auto info = japanese();
  info.event = "避難指示 解除";
  info.response_type = {"AllClear"};
  info.urgency = "Past";
  info.severity = "Minor";
  info.certainty = "Unlikely";
  info.headline = "徳島市 洪水 避難指示 解除（応神町）";
  info.instruction = "避難の必要はなくなりました。";
  set(info, "IssueOrLift", "lift");
  info.area = {area("徳島県徳島市応神町", "362018:ojin")};
  return info;
}

}  // namespace

void set(cap::Info& info, std::string_view name, std::string value) {
  put(info.parameter, std::string(layer) + std::string(name), std::move(value));
}

void drop(cap::Info& info, std::string_view name) {
  const auto full = std::string(layer) + std::string(name);
  std::erase_if(info.parameter, [&](const auto& each) { return each.value_name == full; });
}

void code(cap::Info& info, std::string_view list, std::string value) {
  put(info.event_code, "profile:CAP-JP:" + std::string(list) + ":0.1", std::move(value));
}

cap::Area area(std::string name, std::string district) {
  cap::Area area;
  area.area_desc = std::move(name);
  area.geocode = {named(std::string(list::lg_code), "362018"),
                  named(std::string(list::district), std::move(district))};
  return area;
}

cap::Alert order() {
  cap::Alert alert;
  alert.identifier = std::string("jp-362018-") + document + "-1";
  alert.sender = "city.tokushima.lg.jp";
  alert.sent = "2026-11-22T12:00:00+09:00";
  alert.status = "Actual";
  alert.msg_type = "Alert";
  alert.scope = "Public";
  alert.code = {std::string(profile_mark)};
  alert.info = {japanese(), english()};
  return alert;
}

cap::Alert partly_lifted() {
  auto alert = order();
  alert.identifier = std::string("jp-362018-") + document + "-2";
  alert.msg_type = "Update";
  alert.references =
      std::string("city.tokushima.lg.jp,jp-362018-") + document + "-1,2026-11-22T11:00:00+09:00";
  alert.info = {japanese(), lifted()};
  alert.info[0].area.pop_back();
  alert.info[0].headline = "徳島市 洪水 警戒レベル4 避難指示（川内町）";
  for (auto& info : alert.info) {
    set(info, "UpdateKind", "update");
    set(info, "DocumentRevision", "2");
  }
  return alert;
}

std::vector<std::string> broken(const cap::Alert& alert) {
  std::vector<std::string> rules;
  for (const auto& finding : validate(cap::write(alert), std::nullopt, noon).findings) {
    if (!finding.rule.starts_with("jp.")) {
      EXPECT_NE(finding.severity, cap::Severity::error) << finding.rule << " " << finding.value;
      continue;
    }
    EXPECT_GT(finding.line, 0u) << finding.rule;
    EXPECT_TRUE(finding.path.starts_with("/alert")) << finding.rule;
    for (const auto language : {cap::Language::japanese, cap::Language::english})
      EXPECT_NE(jp::message(finding, language), finding.rule + ": " + finding.value);
    auto rule = finding.rule.substr(3);
    if (!finding.aspect.empty()) rule += ":" + finding.aspect;
    if (finding.severity == cap::Severity::warn) rule += "?";
    if (finding.severity == cap::Severity::confirm) rule += "!";
    rules.push_back(std::move(rule));
  }
  return rules;
}

void expect_all(const std::vector<Case>& cases, cap::Alert (*sound)()) {
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    auto alert = sound();
    c.spoil(alert);
    EXPECT_EQ(broken(alert), c.rules);
  }
}

}  // namespace noroshi::jp::sample
