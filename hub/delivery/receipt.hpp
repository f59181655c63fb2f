// What a subscriber reports of an alert on one of its media, read and checked for itself: the steps
// of the receipt ladder behind `delivered` (ops/docs/contract.md, "Receipts").
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>

#include "hub/drills/channel.hpp"
#include "hub/journal/entry.hpp"
#include "proto/result.hpp"

namespace noroshi::delivery {

inline constexpr std::array<std::string_view, 8> media{"tv.lshape", "tv.data", "radio",  "signage",
                                                       "app",       "web",     "carnav", "cell"};

struct Receipt {
  std::string subscriber;
  drills::Channel channel;
  std::string outlet;  // by which way it came
  std::string id;      // the subscriber's own
  journal::Sequence sequence;
  v1::Receipt::State state;
  std::string medium;
  std::int64_t at_ms;  // by the subscriber's clock, or `now_ms` when it named no time
  std::string detail;
};

// What becomes of a receipt.
struct Recorded {};  // it is in the log for good, or an earlier one with its id is
struct NotTaken {};  // the hub has too much to record just now: to be sent again
struct Declined {    // it will never be recorded
  std::string code;  // receipt.invalid receipt.unknown receipt.not-addressed receipt.not-delivered
  std::string detail;
};
using ReceiptOutcome = std::variant<Recorded, NotTaken, Declined>;
// Called once, on the shard's thread.
using ReceiptAnswer = std::function<void(const ReceiptOutcome&)>;

// `invalid` names what is wrong with its form: an id, sequence, state, medium, time or detail as
// proto/noroshi/v1/stream.proto does not have them. Of what it is about nothing is known here.
Result<Receipt> read_receipt(const v1::Receipt& said, std::string subscriber,
                             const drills::Channel& channel, std::string outlet,
                             std::int64_t now_ms);

}  // namespace noroshi::delivery
