#include "hub/outlets/webhook/message.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>

namespace noroshi::webhook {
namespace {

namespace json = boost::json;

std::string_view reason_of(v1::Passed::Reason reason) {
  switch (reason) {
    case v1::Passed::CANCELLED:
      return "cancelled";
    case v1::Passed::EXPIRED:
      return "expired";
    default:
      return "superseded";
  }
}

wire::Frame envelope(std::string_view type, const std::string& time, std::string_view data) {
  auto text = json::serialize(json::object{{"type", type}, {"timestamp", time}});
  text.back() = ',';  // was the end of the object
  return std::make_shared<const std::string>(text.append("\"data\":").append(data).append("}"));
}

}  // namespace

std::string id_of(const Facts& facts) {
  auto id = std::to_string(facts.epoch) + "-" + std::to_string(facts.sequence);
  if (facts.type == type_passed) id += "-passed";
  if (facts.type == type_probe) id += "-probe";
  return id;
}

wire::Fields fields_of(const Facts& facts, std::string_view content_type) {
  return {{"Content-Type", std::string(content_type)},
          {"Noroshi-Type", std::string(facts.type)},
          {"Noroshi-Epoch", std::to_string(facts.epoch)},
          {"Noroshi-Channel", facts.channel},
          {"Noroshi-Sequence", std::to_string(facts.sequence)}};
}

wire::Frame alert_body(const journal::Stored& stored, std::string_view reading,
                       const Style& style) {
  return envelope(type_alert, style.time(stored.entry.at_ms()), style.alert(stored, reading));
}

wire::Frame passed_body(const Facts& facts, const delivery::Fate& fate, std::int64_t now_ms,
                        const Style& style) {
  json::object data{{"sequence", facts.sequence},
                    {"epoch", facts.epoch},
                    {"channel", facts.channel},
                    {"reason", reason_of(fate.reason)},
                    {"by", nullptr}};
  if (fate.by > 0) data["by"] = fate.by;
  return envelope(facts.type, style.time(now_ms), json::serialize(data));
}

wire::Frame probe_body(const Facts& facts, std::int64_t now_ms, const Style& style) {
  const json::object data{
      {"sequence", facts.sequence}, {"epoch", facts.epoch}, {"channel", facts.channel}};
  return envelope(facts.type, style.time(now_ms), json::serialize(data));
}

}  // namespace noroshi::webhook
