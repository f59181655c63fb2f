// Checkpoints of the log and the cosignatures of witnesses under them (contract, "Witnesses").
//
// Cosignatures are held in memory only: after a restart there are none until the witnesses have
// looked again.
//
// Threading  the front's thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "hub/api/rooms.hpp"
#include "hub/transport/exchange.hpp"
#include "proto/merkle/checkpoint.hpp"
#include "proto/merkle/cosignature.hpp"

namespace noroshi::api {

class Cosigning {
 public:
  static constexpr std::size_t body_bytes_max = std::size_t{16} * 1024;
  // How far ahead of our clock that of a witness may be.
  static constexpr std::int64_t ahead_max_seconds = 300;

  // `rooms` outlives this, and this the handling of requests.
  explicit Cosigning(Rooms& rooms) : rooms_(rooms) {}

  // GET /v1/audit/checkpoint: the log as it is now, as a signed note, with what witnesses have said
  // of just that; with ?cosigned=true the newest that a witness has said something of.
  void answer_checkpoint(const transport::Exchange& exchange);
  // POST /v1/audit/cosignatures: a checkpoint of ours with the signature of a witness that the
  // configuration names.
  void take(const transport::Exchange& exchange);

 private:
  struct Held {
    merkle::Checkpoint checkpoint;
    merkle::Cosignature cosignature;
  };
  void answer_note(const transport::Exchange& exchange, const merkle::Checkpoint& checkpoint);
  void answer_cosigned(const transport::Exchange& exchange);
  void compare(const transport::Exchange& exchange, Held said);
  void hold(const transport::Exchange& exchange, const Held& said,
            const Result<merkle::Hash>& ours);

  Rooms& rooms_;
  std::map<std::string, Held> held_;  // by the key of the witness: at most as many as are known
};

}  // namespace noroshi::api
