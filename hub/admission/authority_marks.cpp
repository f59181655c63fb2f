#include "hub/admission/authority_marks.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "hub/admission/outlines.hpp"
#include "hub/admission/summary.hpp"
#include "proto/jp/codes.hpp"
#include "proto/jp/parameters.hpp"

namespace noroshi::admission {
namespace {

std::string indexed(const std::string& parent, std::string_view name, std::size_t index) {
  return parent + "/" + std::string(name) + "[" + std::to_string(index + 1) + "]";
}

void mark_events(const cap::Info& info, const std::string& path, std::vector<Mark>& marks) {
  bool coded = false;
  for (std::size_t i = 0; i < info.event_code.size(); ++i) {
    const auto& code = info.event_code[i];
    if (code.value_name != jp::list::event) continue;
    coded = true;
    marks.push_back(
        {"auth.event", event_value(code.value), indexed(path, "eventCode", i), code.place});
  }
  if (!coded)
    marks.push_back({"auth.event", event_value(info.event), path + "/event", info.event.place});
  for (std::size_t i = 0; i < info.parameter.size(); ++i) {
    const auto& parameter = info.parameter[i];
    if (jp::parameter_name(parameter) != "WarningLevel") continue;
    const auto level = std::min(jp::level_of(parameter.value), 5U);
    marks.push_back({"auth.event", "evac.l" + std::to_string(level), indexed(path, "parameter", i),
                     parameter.place});
  }
}

}  // namespace

void mark_authority(const cap::Alert& alert, const Offices& offices, std::vector<Mark>& marks) {
  marks.push_back({"auth.sender", alert.sender.value, "/alert/sender", alert.sender.place});
  if (const auto& office = offices.publishing)
    marks.push_back({"auth.proxy", office->code, office->path, office->place});
  for (std::size_t i = 0; i < alert.info.size(); ++i) {
    const auto& info = alert.info[i];
    const auto path = indexed("/alert", "info", i);
    mark_events(info, path, marks);
    for (std::size_t j = 0; j < info.area.size(); ++j) {
      const auto& area = info.area[j];
      const auto area_path = indexed(path, "area", j);
      auto code = area_code(area);
      if (code.empty()) code = "-";
      marks.push_back({"auth.area", std::move(code), area_path, area.place});
      if (!area.polygon.empty() || !area.circle.empty())
        marks.push_back({"auth.territory", area_label(i, j, area), area_path, area.place});
    }
  }
}

}  // namespace noroshi::admission
