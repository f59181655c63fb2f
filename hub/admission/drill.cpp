#include "hub/admission/drill.hpp"

#include "proto/jp/parameters.hpp"

namespace noroshi::admission {
namespace {

std::string right_path(const std::string& status) {
  if (status == "Actual") return "POST /v1/alerts";
  if (status == "Exercise" || status == "Test") return "POST /v1/drills/{id}/alerts";
  return "-";
}

std::string path_of(std::size_t info, std::size_t parameter) {
  return "/alert/info[" + std::to_string(info + 1) + "]/parameter[" +
         std::to_string(parameter + 1) + "]";
}

std::optional<ClassObjection> objection_to_session(const cap::Alert& alert,
                                                   const drills::Channel& channel) {
  bool named = false;
  for (std::size_t i = 0; i < alert.info.size(); ++i) {
    const auto& parameters = alert.info[i].parameter;
    for (std::size_t j = 0; j < parameters.size(); ++j) {
      if (jp::parameter_name(parameters[j]) != "DrillId") continue;
      const auto& session = parameters[j].value;
      if (channel.live())
        return ClassObjection{path_of(i, j), session,
                              "DrillId " + session.value + ": POST /v1/drills/{id}/alerts"};
      if (session.value != channel.drill())
        return ClassObjection{path_of(i, j), session,
                              "DrillId " + session.value + " in drill " + channel.drill()};
      named = true;
    }
  }
  if (channel.live() || named || !jp::follows_profile(alert)) return std::nullopt;
  return ClassObjection{"/alert/info[1]", alert.status, "DrillId " + channel.drill()};
}

}  // namespace

std::optional<ClassObjection> objection_to_class(const cap::Alert& alert,
                                                 const drills::Channel& channel) {
  const auto& status = alert.status.value;
  if (!channel.takes(status))
    return ClassObjection{"/alert/status", alert.status, status + ": " + right_path(status)};
  return objection_to_session(alert, channel);
}

std::optional<Refusal> has_no_part(const v1::AlertAccepted& draft, const drills::Drills& drills) {
  if (draft.drill().empty()) return std::nullopt;
  const auto* session = drills.find(draft.drill());
  if (session != nullptr && session->publishers.contains(draft.publisher())) return std::nullopt;
  return Refusal{"auth.status", draft.publisher() + ": " + draft.channel(), {}};
}

std::optional<Refusal> is_closed(const drills::Channel& channel, const drills::Drills& drills,
                                 std::int64_t at_ms) {
  if (channel.live()) return std::nullopt;
  const auto* session = drills.find(channel.drill());
  if (session != nullptr && session->open_at(at_ms)) return std::nullopt;
  return Refusal{"drill.closed", channel.drill(), {}};
}

}  // namespace noroshi::admission
