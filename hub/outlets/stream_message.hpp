// The messages of the live stream and their two forms: protobuf's binary one and its JSON mapping.
#pragma once

#include <noroshi/v1/stream.pb.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "hub/journal/entry.hpp"
#include "proto/result.hpp"
#include "proto/wire/websocket.hpp"

namespace noroshi::outlets {

enum class Subprotocol : std::size_t { protobuf, json };

// By their names in the WebSocket handshake, in the order of the enumeration.
inline constexpr std::array<std::string_view, 2> subprotocol_names{"noroshi.v1.protobuf",
                                                                   "noroshi.v1.json"};

// The kind of WebSocket message each speaks, in both directions.
constexpr wire::Opcode opcode_of(Subprotocol subprotocol) {
  return subprotocol == Subprotocol::json ? wire::Opcode::text : wire::Opcode::binary;
}

void set_time(google::protobuf::Timestamp& timestamp, std::int64_t ms);

// Everything of a delivery but what the alert says in full: cap_xml and reading are for the forms.
v1::ServerMessage delivery_message(const journal::Stored& stored);

std::string text_of(const v1::ServerMessage& message, Subprotocol subprotocol);

// A delivery in JSON, with the reading of the accepted bytes, which are parsed for it: up to a
// tenth of a second for the largest.
std::string delivery_json(const journal::Stored& stored);

// What a client said. Unknown members are skipped, in JSON as in binary; JSON has to be an object
// as RFC 8259 has it, no deeper than 16, with no member twice. invalid otherwise.
Result<v1::ClientMessage> client_message(std::string_view payload, Subprotocol subprotocol);

}  // namespace noroshi::outlets
