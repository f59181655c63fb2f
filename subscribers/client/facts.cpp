#include "subscribers/client/facts.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "proto/cap/json.hpp"
#include "proto/terminal/printable.hpp"

namespace noroshi::subscribers {

namespace json = boost::json;
namespace pb = noroshi::v1;
using std::chrono::system_clock;
using terminal::printable;

namespace {

// Japan has one time zone and no summer time.
std::tm in_japan(system_clock::time_point at) {
  const auto second = std::chrono::floor<std::chrono::seconds>(at + std::chrono::hours{9});
  return fmt::gmtime(system_clock::to_time_t(second));
}

long long milliseconds_of(system_clock::time_point at) {
  const auto since = std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch());
  return ((since.count() % 1000) + 1000) % 1000;
}

json::object delivery_object(const Item& item, const pb::Delivery& delivery) {
  const auto& summary = delivery.summary();
  json::object object;
  object["sequence"] = item.position.sequence;
  object["epoch"] = item.position.epoch;
  object["channel"] = printable(item.channel);
  object["accepted_at"] = rfc3339(time_of(delivery.accepted_at()));
  object["received_at"] = rfc3339(item.received_at);
  object["publisher"] = printable(delivery.publisher());
  object["identifier"] = printable(summary.identifier());
  object["sender"] = printable(summary.sender());
  object["document"] = printable(summary.document());
  object["revision"] = summary.revision();
  object["message_type"] = printable(summary.message_type());
  object["status"] = printable(summary.status());
  object["event"] = printable(summary.event());
  if (summary.level() != 0) object["level"] = summary.level();
  object["headline"] = printable(summary.headline());
  auto& areas = object["areas"].emplace_array();
  for (const auto& code : summary.area_codes()) areas.emplace_back(printable(code));
  auto& references = object["references"].emplace_array();
  for (const auto sequence : summary.referenced_sequences()) references.emplace_back(sequence);
  auto& flags = object["flags"].emplace_array();
  for (const auto& flag : summary.flags()) flags.emplace_back(printable(flag));
  return object;
}

json::object passed_object(const Item& item, const pb::Passed& passed) {
  json::object object;
  object["sequence"] = item.position.sequence;
  object["epoch"] = item.position.epoch;
  object["channel"] = printable(item.channel);
  object["received_at"] = rfc3339(item.received_at);
  object["passed"] = name(passed.reason());
  if (passed.by() != 0) object["by"] = passed.by();
  return object;
}

}  // namespace

std::string facts_object(const Item& item) {
  if (const auto* delivery = std::get_if<pb::Delivery>(&item.content))
    return json::serialize(delivery_object(item, *delivery));
  return json::serialize(passed_object(item, std::get<pb::Passed>(item.content)));
}

std::string json_line(const Item& item) {
  auto line = facts_object(item);
  if (const auto* delivery = std::get_if<pb::Delivery>(&item.content))
    if (const auto reading = cap::reading(delivery->cap_xml()))
      line.replace(line.size() - 1, 1, ",\"reading\":" + *reading + "}");
  return line;
}

std::vector<std::pair<std::string, std::string>> variables(const Item& item) {
  const auto& delivery = std::get<pb::Delivery>(item.content);
  const auto& summary = delivery.summary();
  return {
      {"NOROSHI_SEQUENCE", std::to_string(item.position.sequence)},
      {"NOROSHI_EPOCH", std::to_string(item.position.epoch)},
      {"NOROSHI_CHANNEL", printable(item.channel)},
      {"NOROSHI_ACCEPTED_AT", rfc3339(time_of(delivery.accepted_at()))},
      {"NOROSHI_RECEIVED_AT", rfc3339(item.received_at)},
      {"NOROSHI_PUBLISHER", printable(delivery.publisher())},
      {"NOROSHI_IDENTIFIER", printable(summary.identifier())},
      {"NOROSHI_SENDER", printable(summary.sender())},
      {"NOROSHI_DOCUMENT", printable(summary.document())},
      {"NOROSHI_REVISION", std::to_string(summary.revision())},
      {"NOROSHI_MESSAGE_TYPE", printable(summary.message_type())},
      {"NOROSHI_STATUS", printable(summary.status())},
      {"NOROSHI_EVENT", printable(summary.event())},
      {"NOROSHI_LEVEL", summary.level() == 0 ? std::string() : std::to_string(summary.level())},
      {"NOROSHI_HEADLINE", printable(summary.headline())},
      {"NOROSHI_AREAS", printable(fmt::format("{}", fmt::join(summary.area_codes(), " ")))},
      {"NOROSHI_FLAGS", printable(fmt::format("{}", fmt::join(summary.flags(), ", ")))},
  };
}

std::string rfc3339(system_clock::time_point at) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}+09:00", in_japan(at), milliseconds_of(at));
}

std::string clock_time_japan(system_clock::time_point at) {
  return fmt::format("{:%H:%M:%S}", in_japan(at));
}

system_clock::time_point time_of(const google::protobuf::Timestamp& at) {
  return system_clock::time_point{} + std::chrono::seconds{at.seconds()} +
         std::chrono::milliseconds{at.nanos() / 1'000'000};
}

std::string_view name(pb::Passed::Reason reason) {
  switch (reason) {
    case pb::Passed::SUPERSEDED:
      return "superseded";
    case pb::Passed::EXPIRED:
      return "expired";
    case pb::Passed::CANCELLED:
      return "cancelled";
    default:
      return "passed";
  }
}

}  // namespace noroshi::subscribers
