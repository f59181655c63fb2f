#include "hub/outlets/stream_message.hpp"

#include <google/protobuf/util/json_util.h>

#include <cassert>

#include "hub/outlets/strict_json.hpp"
#include "proto/cap/finding.hpp"
#include "proto/cap/json.hpp"

namespace noroshi::outlets {
namespace {

namespace util = google::protobuf::util;

std::string json_of(const v1::ServerMessage& message) {
  util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  std::string json;
  [[maybe_unused]] const auto status = util::MessageToJsonString(message, &json, options);
  assert(status.ok());
  return json;
}

Result<v1::ClientMessage> read_json(std::string_view payload) {
  if (const auto strict = check_json(payload); !strict)
    return tl::unexpected<Error>(strict.error());
  util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  v1::ClientMessage message;
  const auto status =
      util::JsonStringToMessage({payload.data(), payload.size()}, &message, options);
  if (status.ok()) return message;
  const auto said = status.message();
  return failure(ErrorCode::invalid,
                 "not a ClientMessage: " + cap::shown({said.data(), said.size()}));
}

}  // namespace

void set_time(google::protobuf::Timestamp& timestamp, std::int64_t ms) {
  timestamp.set_seconds(ms / 1000);
  timestamp.set_nanos(static_cast<std::int32_t>(ms % 1000) * 1'000'000);
}

v1::ServerMessage delivery_message(const journal::Stored& stored) {
  const auto& alert = stored.entry.body().alert_accepted();
  v1::ServerMessage message;
  auto& delivered = *message.mutable_delivery();
  delivered.set_sequence(stored.sequence);
  set_time(*delivered.mutable_accepted_at(), stored.entry.at_ms());
  delivered.set_publisher(alert.publisher());
  *delivered.mutable_summary() = alert.summary();
  return message;
}

std::string text_of(const v1::ServerMessage& message, Subprotocol subprotocol) {
  return subprotocol == Subprotocol::json ? json_of(message) : message.SerializeAsString();
}

// The reading is the last member of the delivery, which is the only one of the message.
std::string delivery_json(const journal::Stored& stored) {
  auto json = json_of(delivery_message(stored));
  assert(json.ends_with("}}"));
  if (stored.content == nullptr) return json;
  const auto reading = cap::reading(*stored.content);
  if (!reading) return json;
  json.resize(json.size() - 2);
  return json + ",\"reading\":" + *reading + "}}";
}

Result<v1::ClientMessage> client_message(std::string_view payload, Subprotocol subprotocol) {
  if (subprotocol == Subprotocol::json) return read_json(payload);
  v1::ClientMessage message;
  if (!message.ParseFromArray(payload.data(), static_cast<int>(payload.size())))
    return failure(ErrorCode::invalid, "not a ClientMessage");
  return message;
}

}  // namespace noroshi::outlets
