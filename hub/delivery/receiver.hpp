// A connected subscriber as its shard sees it; each outlet with a live connection implements it.
#pragma once

#include <chrono>
#include <string>

#include "hub/delivery/folds.hpp"
#include "hub/delivery/outlet.hpp"
#include "hub/delivery/ring.hpp"

namespace noroshi::delivery {

struct Member;

// Threading  called by its shard only, on the shard's thread.
class Receiver {
 public:
  virtual ~Receiver() = default;

  // Whose cursor it moves, for as long as it lives.
  [[nodiscard]] virtual Outlet outlet() const { return Outlet::stream; }
  // Whether the subscriber itself has a connection; one that the hub calls has none.
  [[nodiscard]] bool connected() const { return outlet() != Outlet::webhook; }
  // Whether the connection takes more without growing its queue beyond its bound. After false the
  // receiver has itself fed (Shard::feed) as soon as it takes more again.
  [[nodiscard]] virtual bool ready() = 0;
  // Whether `slot` is of the channel this connection is for. Asked of every alert, by what the
  // alert itself says, before anything of it is sent; what is not permitted is stepped over and
  // counted.
  [[nodiscard]] virtual bool permits(const Slot& slot) = 0;
  // Whether `slot` can be delivered now. False: its form is being made elsewhere, and the receiver
  // is fed again when Shard::encoded() brings it.
  [[nodiscard]] virtual bool prepared(Slot& slot) = 0;
  // Queued, sent at the next flush(). The slot is the shard's; its encoded frame is shared.
  virtual void deliver(Slot& slot) = 0;
  virtual void pass(Sequence sequence, const Fate& fate) = 0;
  // A probe (contract, "Probe"), in the outlet's own form, behind everything up to `sequence`; it
  // is never shown to anybody. Its step is done with an acknowledgement at or beyond `sequence`, as
  // of an alert, or when probe_arrived() says so.
  virtual void probe(Sequence sequence) = 0;
  // For an outlet without a way back: whether all it was told has reached the peer. Asked some
  // times a second after probe().
  [[nodiscard]] virtual bool probe_arrived() { return false; }
  virtual void flush() = 0;
  // What the peer has been sent and the kernel has not taken.
  [[nodiscard]] virtual std::size_t queued_bytes() const = 0;
  // Once a second: heartbeats and deadlines.
  virtual void tick(std::chrono::steady_clock::time_point now) = 0;
  // The end, with a code of the contract. The receiver detaches itself, now or soon.
  virtual void goodbye(const std::string& code, const std::string& detail,
                       std::chrono::milliseconds retry_after) = 0;

 private:
  friend class Shard;
  Member* member_ = nullptr;  // while attached
};

}  // namespace noroshi::delivery
