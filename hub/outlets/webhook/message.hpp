// What a webhook says, in the forms a subscriber can ask for (contract, "Webhooks").
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "hub/delivery/folds.hpp"
#include "hub/journal/entry.hpp"
#include "proto/wire/frame.hpp"
#include "proto/wire/http.hpp"

namespace noroshi::webhook {

// How the API writes alerts and times; given by whoever composes the hub.
struct Style {
  // GET /v1/alerts/{sequence} in JSON, with the reading unless that is empty.
  std::function<std::string(const journal::Stored&, std::string_view reading)> alert;
  std::function<std::string(std::int64_t unix_ms)> time;
};

inline constexpr std::string_view type_alert = "noroshi.alert";
inline constexpr std::string_view type_passed = "noroshi.passed";
inline constexpr std::string_view type_probe = "noroshi.probe";

struct Facts {
  std::string_view type;
  std::uint64_t epoch;
  std::string channel;  // live, or drill:<id>
  journal::Sequence sequence;
};

// webhook-id: the same for every attempt of the same alert, for a Passed in its place another.
std::string id_of(const Facts& facts);
// Content-Type, and what JSON says beside the data: Noroshi-Type, -Epoch, -Channel, -Sequence.
wire::Fields fields_of(const Facts& facts, std::string_view content_type);

// {"type","timestamp","data"}.
wire::Frame alert_body(const journal::Stored& stored, std::string_view reading, const Style& style);
wire::Frame passed_body(const Facts& facts, const delivery::Fate& fate, std::int64_t now_ms,
                        const Style& style);
wire::Frame probe_body(const Facts& facts, std::int64_t now_ms, const Style& style);

}  // namespace noroshi::webhook
