// Whatever a publisher sends: what the hub would write to its log about it can be written and read.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "hub/admission/examine.hpp"
#include "tests/unit/hub/drills/channels.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace noroshi;
  const auto bytes = std::make_shared<const std::string>(reinterpret_cast<const char*>(data), size);
  const auto examined =
      admission::examine({"362018", "cafe", drills::testing::live(), bytes, std::nullopt}, 0);
  const auto& body = examined.proposal.body;
  require(examined.code.empty() ? body.has_alert_accepted() : body.has_alert_refused());
  require(examined.code.empty() == (examined.proposal.key && examined.proposal.content == bytes));
  // A string that is not UTF-8 would be written and could never be read again.
  v1::EntryBody again;
  require(again.ParseFromString(body.SerializeAsString()));
  require(again.SerializeAsString() == body.SerializeAsString());
  return 0;
}
