#include "hub/api/in_force.hpp"

#include <boost/json/serialize.hpp>
#include <utility>

#include "hub/api/answers.hpp"
#include "hub/api/in_force_json.hpp"
#include "hub/api/media_type.hpp"
#include "hub/config/log.hpp"
#include "proto/cap/shape.hpp"
#include "proto/jp/lg_code.hpp"

namespace noroshi::api {
namespace {

constexpr int retry_after_seconds = 1;

// Of a five-digit code the six digits; of what is none, nothing.
std::optional<std::string> area_of(const std::string& value) {
  if (jp::is_area(value)) return value;
  return value.size() == 5 ? jp::lg_code(value) : std::nullopt;
}

Problem unanswered(const Error& error, const drills::Channel& channel) {
  if (error.code == ErrorCode::not_found) return {409, "drill.closed", channel.drill(), {}};
  return {503, "starting", error.detail, {}, retry_after_seconds};
}

// As every outlet, this one asks each alert itself before anything of it leaves.
void hold_back_crossings(in_force::Answer& answer, const drills::Channel& channel) {
  const auto held_back = std::erase_if(
      answer.orders, [&](const auto& order) { return !channel.carries(order.alert); });
  if (held_back > 0)
    log::error("in_force.crossing_refused",
               {{"channel", channel.name()}, {"orders", std::to_string(held_back)}});
}

}  // namespace

Result<in_force::Question> in_force_query(const wire::Request& request) {
  in_force::Question question;
  for (const auto& [name, value] : request.query) {
    const auto wrong = failure(ErrorCode::invalid, name + "=" + value);
    if (name == "area" && !question.area) {
      question.area = area_of(value);
      if (!question.area) return wrong;
    } else if (name == "point" && !question.point) {
      question.point = cap::point(value);
      if (!question.point || !cap::on_earth(*question.point)) return wrong;
    } else {
      return wrong;
    }
  }
  if (question.area.has_value() == question.point.has_value())
    return failure(ErrorCode::invalid, "area=362018 | point=34.07,134.55");
  return question;
}

InForceForm in_force_form(const wire::Request& request) {
  const auto header = wire::find(request.fields, "Accept");
  if (!header || header->empty()) return InForceForm::json;
  for (const auto& type : media_types(*header)) {
    if (type == "application/geo+json") return InForceForm::geo_json;
    if (type == "application/json" || type == "application/*" || type == "*/*")
      return InForceForm::json;
  }
  return InForceForm::none;
}

void answer_in_force(const transport::Exchange& exchange, in_force::InForce& orders,
                     const drills::Channel& channel) {
  const auto form = in_force_form(exchange.request);
  if (form == InForceForm::none) return refuse(exchange, {406, "not-acceptable.in-force", "", {}});
  auto question = in_force_query(exchange.request);
  if (!question) return refuse(exchange, {400, "query.in-force", question.error().detail, {}});
  if (form == InForceForm::geo_json) question->shapes = in_force::Question::Shapes::wanted;
  orders.ask(
      channel, *question,
      [exchange, form, question = *question, channel](Result<in_force::Answer> answer) {
        if (!answer) return refuse(exchange, unanswered(answer.error(), channel));
        hold_back_crossings(*answer, channel);
        const bool geo = form == InForceForm::geo_json;
        const auto json = geo ? in_force_geo_json(*answer, question, channel.name())
                              : in_force_json(*answer, question, channel.name());
        exchange.respond({200,
                          {{"Content-Type", geo ? "application/geo+json" : "application/json"}},
                          boost::json::serialize(json) + "\n"});
      });
}

}  // namespace noroshi::api
