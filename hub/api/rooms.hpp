// What the handlers of the API work with.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "hub/alarms/watch.hpp"
#include "hub/api/guards.hpp"
#include "hub/api/identity.hpp"
#include "hub/api/limits.hpp"
#include "hub/api/meters.hpp"
#include "hub/delivery/fanout.hpp"
#include "hub/in_force/in_force.hpp"
#include "hub/journal/journal_thread.hpp"
#include "hub/outlets/readings.hpp"
#include "hub/view/view.hpp"
#include "proto/merkle/cosignature.hpp"
#include "proto/merkle/note.hpp"

namespace noroshi::api {

// Everything outlives the handlers.
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
  const alarms::Watch& alarms;
  journal::WallClock clock;
  std::uint64_t epoch;
  std::string environment;
  const merkle::NoteSigner& log_signer;  // its name is the origin of the log's checkpoints
  std::vector<merkle::WitnessKey> witnesses = {};  // whose cosignatures are taken
  bool feed_public = false;  // anybody may read the live feed, and the alerts in it
};

}  // namespace noroshi::api
