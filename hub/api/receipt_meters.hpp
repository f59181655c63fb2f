// What subscribers have recorded since the start, counted from the log.
//
// Threading  the front's thread.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "hub/delivery/outlet.hpp"

namespace noroshi::api {

struct ReceiptMeters {
  void apply(const v1::Entry& entry);

  std::map<std::pair<std::string, std::string>, std::uint64_t> recorded;  // by state and medium
  std::array<std::uint64_t, delivery::outlets> acknowledgements{};
};

}  // namespace noroshi::api
