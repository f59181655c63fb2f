#include "hub/admin/live_probes.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/json.hpp>
#include <utility>

#include "hub/admin/exit_code.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/terms.hpp"

namespace noroshi::admin {
namespace {

namespace json = boost::json;

constexpr std::size_t known_max = 16;

std::string row_of(const delivery::ProbeStep& step, Language language) {
  const auto outlet = delivery::name_of(step.outlet);
  return (step.arrived                     ? say(language, Say::probe_arrived, outlet, step.ms)
          : step.detail == "not connected" ? say(language, Say::probe_not_connected, outlet)
                                           : say(language, Say::probe_unanswered, outlet)) +
         "\n";
}

AdminAnswer answer_of(const delivery::ProbeReport& report, Language language) {
  AdminAnswer answer;
  json::array steps;
  for (const auto& step : report.steps) {
    answer.data += row_of(step, language);
    steps.push_back(json::object{{"subscriber", step.subscriber},
                                 {"outlet", delivery::name_of(step.outlet)},
                                 {"arrived", step.arrived},
                                 {"ms", step.ms},
                                 {"detail", step.detail}});
  }
  const bool all =
      !report.steps.empty() && std::all_of(report.steps.begin(), report.steps.end(),
                                           [](const auto& step) { return step.arrived; });
  if (report.steps.empty()) answer.note = say(language, Say::probe_without_steps);
  answer.exit_code = all ? exit_code::ok : exit_code::unconfirmed;
  answer.json = json::serialize(json::object{
                    {"probe", report.probe}, {"ended", true}, {"steps", std::move(steps)}}) +
                "\n";
  return answer;
}

AdminAnswer begun(journal::Sequence probe) {
  AdminAnswer answer;
  answer.json = json::serialize(json::object{{"probe", probe}, {"ended", false}}) + "\n";
  return answer;
}

}  // namespace

void LiveProbes::answer(const AdminRequest& request, const AdminSocket::Answer& reply) {
  if (request.probe) return reply(standing(*request.probe, request.language));
  begin(request, reply);
}

void LiveProbes::begin(const AdminRequest& request, const AdminSocket::Answer& reply) {
  const auto id = subscriber_id(request.id, request.language);
  if (!id) return reply(admin::answer_of(id.error()));
  if (registry_.subscriber(*id) == nullptr)
    return reply(admin::answer_of(
        {ErrorCode::not_found, say(request.language, Say::subscriber_unknown, printable(*id))}));
  probes_.start(
      {*id},
      [this, reply](const Result<journal::Sequence>& probe) {
        boost::asio::post(front_, [this, reply, probe] {
          if (!probe) return reply(admin::answer_of(probe.error()));
          if (known_.size() == known_max) known_.erase(known_.begin());
          known_.try_emplace(*probe);
          reply(begun(*probe));
        });
      },
      [this](delivery::ProbeReport report) {
        boost::asio::post(front_, [this, report = std::move(report)] {
          if (const auto found = known_.find(report.probe); found != known_.end())
            found->second = report;
        });
      });
}

AdminAnswer LiveProbes::standing(journal::Sequence probe, Language language) const {
  const auto found = known_.find(probe);
  if (found == known_.end())
    return admin::answer_of(
        {ErrorCode::not_found, say(language, Say::probe_unknown, std::to_string(probe))});
  return found->second ? answer_of(*found->second, language) : begun(probe);
}

}  // namespace noroshi::admin
