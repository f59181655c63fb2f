#include "tests/unit/proto/cap/sample.hpp"

#include <fmt/format.h>

#include "proto/cap/writer.hpp"

namespace noroshi::cap::sample {

Alert acceptable() {
  Resource map;
  map.resource_desc = "浸水想定区域図";
  map.mime_type = "image/png";
  map.size = "3";
  map.uri = "map.png";
  map.deref_uri = "YWJj";
  map.digest = "a9993e364706816aba3e25717850c26c9cd0d89d";

  Area area;
  area.area_desc = "徳島県徳島市川内町";
  area.polygon = {"34.0,134.0 34.1,134.0 34.1,134.1 34.0,134.1 34.0,134.0"};
  area.circle = {"34.07,134.55 1.5"};
  area.geocode = {{"profile:CAP-JP:LGCode:0.1", "362018", {}}};
  area.altitude = "0";
  area.ceiling = "100.5";

  Info info;
  info.language = "ja-JP";
  info.category = {"Safety", "Met"};
  info.event = "避難指示";
  info.response_type = {"Evacuate"};
  info.urgency = "Immediate";
  info.severity = "Severe";
  info.certainty = "Likely";
  info.event_code = {{"profile:CAP-JP:Event:0.1", "evac.l4", {}}};
  info.effective = "2026-11-22T12:00:00+09:00";
  info.onset = "2026-11-22T11:50:00+09:00";
  info.expires = "2026-11-24T12:00:00+09:00";
  info.sender_name = "徳島市";
  info.headline = "徳島市に避難指示";
  info.description = "吉野川の氾濫のおそれ";
  info.instruction = "危険な場所から全員避難";
  info.web = "https://www.city.tokushima.lg.jp/";
  info.contact = "危機管理課";
  info.parameter = {{"layer:CAP-JP:0.1:WarningLevel", "4", {}}};
  info.resource = {map};
  info.area = {area};

  Alert alert;
  alert.identifier = "jp-362018-1-1";
  alert.sender = "city.tokushima.lg.jp";
  alert.sent = "2026-11-22T12:00:00+09:00";
  alert.status = "Actual";
  alert.msg_type = "Update";
  alert.source = "防災課";
  alert.scope = "Public";
  alert.code = {"profile:CAP-JP:0.1"};
  alert.note = "対象を広げた";
  alert.references = "city.tokushima.lg.jp,jp-362018-1-0,2026-11-22T11:00:00+09:00";
  alert.incidents = "\"台風 10号\" 2026-10";
  alert.info = {info};
  return alert;
}

std::vector<std::string> broken(const Verdict& verdict) {
  std::vector<std::string> rules;
  for (const auto& finding : verdict.findings)
    rules.push_back(finding.rule + (finding.severity == Severity::error ? "" : "?"));
  return rules;
}

std::vector<std::string> broken(const Alert& alert) {
  return broken(validate(write(alert), std::nullopt, noon));
}

std::string document(std::string_view children) {
  return fmt::format("<alert xmlns=\"{}\">{}</alert>", cap_namespace, children);
}

}  // namespace noroshi::cap::sample
