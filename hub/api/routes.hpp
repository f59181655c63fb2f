// Which request goes where, and who may make it: the door's handlers.
//
// Threading  the front's thread.
#pragma once

#include "hub/api/boards.hpp"
#include "hub/api/cosigning.hpp"
#include "hub/api/drafting.hpp"
#include "hub/api/posting.hpp"
#include "hub/transport/exchange.hpp"

namespace noroshi::api {

class Routes {
 public:
  explicit Routes(Rooms& rooms)
      : rooms_(rooms),
        posting_(rooms),
        drafting_(rooms, posting_),
        boards_(rooms),
        cosigning_(rooms) {}

  // The result refers to this object.
  [[nodiscard]] transport::Handlers handlers();
  // The same, for the mutual-TLS door: who is no longer an identity is sent away.
  [[nodiscard]] transport::Handlers handlers_for_certificates();
  // Entries that the registry of the rooms has taken already.
  void entries(const journal::Batch& batch) { boards_.entries(batch); }
  // From now on whatever would change something is answered `stopping`; boards are sent away.
  void stop() {
    stopping_ = true;
    boards_.stop();
  }

 private:
  [[nodiscard]] transport::Admission admit(const wire::Request& header,
                                           const transport::Caller& caller);
  [[nodiscard]] bool open_to_anybody(const wire::Request& request,
                                     const transport::Caller& caller) const;
  [[nodiscard]] transport::Admission admit_anybody(const wire::Request& header,
                                                   const transport::Caller& caller);
  [[nodiscard]] transport::Admission admit_stranger(const wire::Request& header,
                                                    const transport::Caller& caller,
                                                    const Identity::Nobody& nobody);
  [[nodiscard]] std::optional<wire::Response> too_much(const wire::Request& header,
                                                       const transport::Caller& caller,
                                                       const std::string& identity);
  void make_room(transport::Admission& admission, const wire::Request& header);
  [[nodiscard]] std::optional<wire::Response> objection(const wire::Request& header,
                                                        const registry::Principal& principal);
  void handle(transport::Exchange exchange);
  bool place(transport::Exchange& exchange);
  void read_openly(transport::Exchange exchange);
  void read(transport::Exchange exchange, const registry::Principal& principal,
            const drills::Channel& channel);
  void act(transport::Exchange exchange, const registry::Principal& principal);
  wire::Response refusal_of(transport::Handlers::Trouble trouble, const wire::FramingError& error);

  Rooms& rooms_;
  Posting posting_;
  Drafting drafting_;
  Boards boards_;
  Cosigning cosigning_;
  bool stopping_ = false;
};

}  // namespace noroshi::api
