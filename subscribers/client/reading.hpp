// What a delivery says of itself and of others, as far as its state depends on it.
#pragma once

#include <string>
#include <vector>

#include "proto/cap/document.hpp"
#include "subscribers/client/standing.hpp"

namespace noroshi::subscribers {

struct Read {
  Held held;                            // its state: stands, or said when it orders nothing
  State ends = State::superseded;       // what those it refers to become
  std::vector<cap::Triple> references;  // by their names in CAP
};

// A document that cannot be read is taken by its summary alone, on the safe side: it stands.
Read read(const Item& item, const noroshi::v1::Delivery& delivery);

}  // namespace noroshi::subscribers
