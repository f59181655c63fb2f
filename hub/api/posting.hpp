// POST /v1/alerts: from the bytes of a request to what the head of the log says of them, and how
// that is answered. Drafts go the same way.
//
// Threading  the front's thread, except where a document is large enough for a worker.
#pragma once

#include <chrono>
#include <string>

#include "hub/admission/examine.hpp"
#include "hub/api/rooms.hpp"
#include "hub/transport/exchange.hpp"

namespace noroshi::api {

class Posting {
 public:
  // A document of more bytes is examined by a worker.
  static constexpr std::size_t examined_on_the_front_max = 32 * 1024;

  explicit Posting(Rooms& rooms) : rooms_(rooms) {}

  // 201 or 200 once the alert is durable; a refusal once it is audited. An officer sends for their
  // publisher, and with Noroshi-Break-Glass alone what needs two.
  void submit(transport::Exchange exchange, const registry::Principal& sender);
  // What `sender` submits with the request for `publisher`: its body, taken out of it, and what
  // Noroshi-Confirm answers.
  [[nodiscard]] admission::Submission submission_of(transport::Exchange& exchange,
                                                    const registry::Principal& sender,
                                                    std::string publisher) const;
  // Examines and proposes, and answers as submit() does; a draft with what a draft is answered.
  void send(transport::Exchange exchange, admission::Submission submission);

 private:
  void check_signatures(transport::Exchange exchange, admission::Submission submission,
                        admission::Examined examined, std::chrono::steady_clock::time_point begun);
  void propose(transport::Exchange exchange, admission::Examined examined,
               std::chrono::steady_clock::time_point begun);
  void answer(const transport::Exchange& exchange, const admission::Examined& examined,
              const journal::Outcome& outcome, std::chrono::steady_clock::time_point begun);
  // 409 with the token that answers what is asked.
  void ask(const transport::Exchange& exchange, const admission::Examined& examined,
           const journal::Refused& refused);
  void answer_accepted(const transport::Exchange& exchange, const journal::Stored& stored,
                       bool known);
  void answer_draft(const transport::Exchange& exchange, const journal::Stored& stored, bool known);

  Rooms& rooms_;
};

}  // namespace noroshi::api
