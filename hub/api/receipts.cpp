#include "hub/api/receipts.hpp"

#include <google/protobuf/util/time_util.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <memory>
#include <string>
#include <utility>

#include "hub/api/answers.hpp"

namespace noroshi::api {
namespace {

namespace json = boost::json;
using delivery::ReceiptOutcome;
using transport::Exchange;

constexpr std::size_t receipts_max = 256;
constexpr std::size_t depth_max = 8;

std::optional<std::uint64_t> number(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  boost::system::error_code error;
  if (value == nullptr || !value->is_number()) return std::nullopt;
  const auto number = value->to_number<std::uint64_t>(error);
  if (error) return std::nullopt;
  return number;
}

// "" where there is none; nothing where there is something else than text.
std::optional<std::string> text(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr) return "";
  if (!value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

v1::Receipt::State state_of(std::string_view word) {
  if (word == "shown") return v1::Receipt::SHOWN;
  if (word == "withdrawn") return v1::Receipt::WITHDRAWN;
  if (word == "refused") return v1::Receipt::REFUSED;
  return v1::Receipt::STATE_UNSPECIFIED;
}

Result<v1::Receipt> receipt_of(const json::value& value) {
  if (!value.is_object()) return failure(ErrorCode::invalid, "receipts");
  const auto& object = value.get_object();
  v1::Receipt receipt;
  const auto sequence = number(object, "sequence");
  if (!sequence) return failure(ErrorCode::invalid, "sequence");
  receipt.set_sequence(*sequence);
  for (const auto* name : {"id", "state", "at", "medium", "detail"}) {
    const auto said = text(object, name);
    if (!said) return failure(ErrorCode::invalid, name);
    const std::string_view member = name;
    if (member == "id") receipt.set_id(*said);
    if (member == "state") receipt.set_state(state_of(*said));
    if (member == "medium") receipt.set_medium(*said);
    if (member == "detail") receipt.set_detail(*said);
    if (member != "at" || said->empty()) continue;
    if (!google::protobuf::util::TimeUtil::FromString(*said, receipt.mutable_at()))
      return failure(ErrorCode::invalid, "at");
  }
  return receipt;
}

Result<std::vector<v1::Receipt>> receipts_of(const json::value& value) {
  if (!value.is_array() || value.get_array().size() > receipts_max)
    return failure(ErrorCode::invalid, "receipts");
  std::vector<v1::Receipt> receipts;
  for (const auto& said : value.get_array()) {
    auto receipt = receipt_of(said);
    if (!receipt) return tl::unexpected(receipt.error());
    receipts.push_back(std::move(*receipt));
  }
  return receipts;
}

// Of those without a way back; the others have one.
std::optional<delivery::Outlet> outlet_of(const json::value& value) {
  using delivery::Outlet;
  if (!value.is_string()) return std::nullopt;
  for (const auto outlet : {Outlet::events, Outlet::feed, Outlet::tcp})
    if (std::string_view(value.get_string()) == delivery::name_of(outlet)) return outlet;
  return std::nullopt;
}

// What became of one request, gathered on the shard's thread.
struct Outcome {
  json::array recorded;
  json::array declined;
  json::array not_taken;
  std::size_t missing = 0;
  std::optional<std::uint64_t> through;
};

void note(Outcome& outcome, const std::string& id, const ReceiptOutcome& became) {
  if (const auto* declined = std::get_if<delivery::Declined>(&became)) {
    outcome.declined.push_back(
        json::object{{"id", id}, {"code", declined->code}, {"detail", declined->detail}});
  } else if (std::holds_alternative<delivery::NotTaken>(became)) {
    outcome.not_taken.emplace_back(id);
  } else {
    outcome.recorded.emplace_back(id);
  }
}

void answer(const Exchange& exchange, Outcome& outcome) {
  json::object body{{"acknowledged", nullptr},
                    {"recorded", std::move(outcome.recorded)},
                    {"declined", std::move(outcome.declined)},
                    {"not_taken", std::move(outcome.not_taken)}};
  if (outcome.through) body["acknowledged"] = *outcome.through;
  exchange.respond(json_response(200, body));
}

// On the shard's thread. What cannot be acknowledged leaves the receipts alone, too.
void take(delivery::Shard& shard, const Exchange& exchange, const registry::Principal& subscriber,
          const ReceiptsRequest& request) {
  const auto outlet = request.outlet;
  const auto outcome = std::make_shared<Outcome>();
  outcome->missing = request.receipts.size();
  if (request.through) {
    const auto settled = shard.acknowledge(subscriber, outlet, *request.through);
    if (!settled) return refuse(exchange, {409, "ack.beyond", settled.error().detail, {}});
    outcome->through = request.through;
  }
  if (outcome->missing == 0) return answer(exchange, *outcome);
  for (const auto& receipt : request.receipts)
    shard.report(subscriber, outlet, receipt,
                 [exchange, outcome, id = receipt.id()](const ReceiptOutcome& became) {
                   note(*outcome, id, became);
                   if (--outcome->missing == 0) answer(exchange, *outcome);
                 });
}

}  // namespace

Result<ReceiptsRequest> receipts_request(std::string_view body) {
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = depth_max;
  const auto value = json::parse({body.data(), body.size()}, error, {}, options);
  if (error || !value.is_object()) return failure(ErrorCode::invalid, "JSON");
  ReceiptsRequest request;
  for (const auto& member : value.get_object()) {
    if (member.key() == "ack") {
      if (!member.value().is_object()) return failure(ErrorCode::invalid, "ack");
      request.through = number(member.value().get_object(), "through");
      if (!request.through) return failure(ErrorCode::invalid, "through");
    } else if (member.key() == "outlet") {
      const auto outlet = outlet_of(member.value());
      if (!outlet) return failure(ErrorCode::invalid, "outlet");
      request.outlet = *outlet;
    } else if (member.key() == "receipts") {
      auto receipts = receipts_of(member.value());
      if (!receipts) return tl::unexpected(receipts.error());
      request.receipts = std::move(*receipts);
    } else {
      return failure(ErrorCode::invalid, "members");
    }
  }
  return request;
}

void take_receipts(Rooms& rooms, const Exchange& exchange, const registry::Principal& subscriber) {
  auto request = receipts_request(exchange.request.body);
  if (!request) return refuse(exchange, {400, "receipts.invalid", request.error().detail, {}});
  auto& shard = rooms.fanout.shard_of(subscriber.id);
  shard.post([&shard, exchange, subscriber, request = std::move(*request)] {
    take(shard, exchange, subscriber, request);
  });
}

}  // namespace noroshi::api
