#include "hub/api/receipt_meters.hpp"

namespace noroshi::api {
namespace {

std::string name_of(v1::Receipt::State state) {
  if (state == v1::Receipt::WITHDRAWN) return "withdrawn";
  return state == v1::Receipt::REFUSED ? "refused" : "shown";
}

}  // namespace

void ReceiptMeters::apply(const v1::Entry& entry) {
  const auto& body = entry.body();
  for (const auto& alert : body.receipts_recorded().alerts())
    recorded[{name_of(alert.state()), alert.medium()}] +=
        static_cast<std::uint64_t>(alert.receipts_size());
  for (const auto& range : body.acks_recorded().ranges())
    for (std::size_t outlet = 0; outlet < delivery::outlets; ++outlet)
      if (range.outlet() == delivery::outlet_names[outlet]) ++acknowledgements[outlet];
}

}  // namespace noroshi::api
