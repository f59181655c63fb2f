// One alert as it came, or the word that its turn came too late; and what is said back about it.
#pragma once

#include <noroshi/v1/stream.pb.h>

#include <chrono>
#include <string>
#include <variant>

#include "subscribers/client/session.hpp"

namespace noroshi::subscribers {

// What a receiver hands on: an alert, or the word that its turn came too late.
struct Item {
  Position position;
  std::variant<noroshi::v1::Delivery, noroshi::v1::Passed> content;
  std::chrono::system_clock::time_point received_at;
  std::string channel = "live";  // or drill:<id>
};

// A receipt, and the log whose alert it is about.
struct Said {
  std::uint64_t epoch = 0;
  noroshi::v1::Receipt receipt;
};

}  // namespace noroshi::subscribers
