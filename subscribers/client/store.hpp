// Where alerts go: what a receiver hands them to.
#pragma once

#include <noroshi/v1/stream.pb.h>

#include <cstddef>
#include <vector>

#include "proto/result.hpp"
#include "subscribers/client/item.hpp"
#include "subscribers/client/standing.hpp"

namespace noroshi::subscribers {

// Where alerts go. All calls come from one thread of the receiver's own, in order, and may block:
// meanwhile the connection is kept alive and nothing later is acknowledged.
class Store {
 public:
  virtual ~Store() = default;
  // A stream begins, or begins again. A failure ends the receiver before anything is handed on.
  virtual Result<void> begin(const noroshi::v1::Welcome& welcome) = 0;
  // Takes one item. A failure ends the receiver; this item and later ones are not acknowledged.
  virtual Result<void> take(const Item& item) = 0;
  // Makes everything taken good: what is true after it returns is acknowledged.
  virtual Result<void> settle(const Position& through) = 0;
  // How many items may be taken before they are settled together; at least 1.
  [[nodiscard]] virtual std::size_t group_max() const = 0;
  // With ReceiverSettings::standing: these alerts are now as they say, in the order in which it
  // happened, and `standing` is all there is. After settle() and before the acknowledgement, and
  // whenever time has ended something; after a kill -9 the same may be said again, and after every
  // begin() it is called with no changes, so that what is shown can be made anew. What it returns
  // is reported like report(), good before the acknowledgement; only with `receipts`. A failure
  // ends the receiver.
  virtual Result<std::vector<Said>> stands(const std::vector<Held>& changes,
                                           const Standing& standing);
};

}  // namespace noroshi::subscribers
