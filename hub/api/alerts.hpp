// POST /v1/alerts and the GETs below it (contract, "HTTP API").
//
// Threading  the front's thread, except where a document is large enough for a worker.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <string>

#include "hub/admission/examine.hpp"
#include "hub/api/guards.hpp"
#include "hub/api/identity.hpp"
#include "hub/api/limits.hpp"
#include "hub/api/meters.hpp"
#include "hub/delivery/fanout.hpp"
#include "hub/in_force/in_force.hpp"
#include "hub/journal/journal_thread.hpp"
#include "hub/outlets/readings.hpp"
#include "hub/transport/exchange.hpp"
#include "hub/view/view.hpp"

namespace noroshi::api {

// What the handlers work with; everything outlives them.
struct Rooms {
  boost::asio::io_context& front;
  boost::asio::thread_pool& workers;
  journal::JournalThread& journal;
  view::View& view;
  in_force::InForce& in_force;
  delivery::Fanout& fanout;
  outlets::Readings& readings;
  Identity& identity;
  Meters& meters;
  Limits& limits;
  Guards& guards;
  journal::WallClock clock;
  std::uint64_t epoch;
  std::string environment;
};

// The HTTP status of a problem code of the head.
int status_of(std::string_view code);

class Alerts {
 public:
  // A document of more bytes is examined by a worker.
  static constexpr std::size_t examined_on_the_front_max = 32 * 1024;

  explicit Alerts(Rooms& rooms) : rooms_(rooms) {}

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
  // All below are of one channel: what lies in another is not found. The paths of a drill are these
  // below /v1/drills/{id}.
  //
  // GET /v1/alerts?area=&event=&level=&in_force=true&identifier=&before=&limit=
  void list(const transport::Exchange& exchange, const drills::Channel& channel);
  // GET /v1/alerts/{sequence}: the accepted bytes, or their full reading in JSON, by Accept.
  void get(const transport::Exchange& exchange, const drills::Channel& channel,
           journal::Sequence sequence);
  // GET /v1/alerts/{sequence}/deliveries, as far as `reader` may see it.
  void deliveries(const transport::Exchange& exchange, const registry::Principal& reader,
                  const drills::Channel& channel, journal::Sequence sequence);

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
  void answer_reading(const transport::Exchange& exchange, const journal::StoredPtr& stored);
  void answer_ladder(const transport::Exchange& exchange, const registry::Principal& reader,
                     Result<view::Ladder> ladder,
                     const std::vector<delivery::SubscriberState>& connected);
  [[nodiscard]] bool may_see_ladder(const registry::Principal& reader,
                                    const v1::AlertAccepted& alert) const;

  Rooms& rooms_;
};

}  // namespace noroshi::api
