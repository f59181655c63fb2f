// The probe that the hub starts by itself, every hour or as configured, and what it has to say of
// the last one.
//
// Threading  the front's thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <random>

#include "hub/delivery/probes.hpp"

namespace noroshi::api {

class Families;

class ProbeRounds {
 public:
  using Steady = std::chrono::steady_clock;
  using Clock = std::function<Steady::time_point()>;
  // How often it is looked whether a round has come.
  static constexpr std::chrono::milliseconds looks_every{250};

  // `begin` begins a probe of everybody; `every` 0: never. `front` outlives this.
  ProbeRounds(boost::asio::io_context& front, std::function<void()> begin,
              std::chrono::seconds every, Clock clock = Steady::now)
      : begin_(std::move(begin)), every_(every), clock_(std::move(clock)), timer_(front) {}

  // The first comes after half of `every` to all of it, so that hubs started together do not probe
  // together; the next follow at `every`.
  void start();
  void stop() { timer_.cancel(); }
  // Begins what is due, once however long nobody has looked; the timer calls it, after start().
  void look();

 private:
  void wait();

  const std::function<void()> begin_;
  const std::chrono::milliseconds every_;
  const Clock clock_;
  Steady::time_point next_{};
  boost::asio::steady_timer timer_;
  std::mt19937_64 random_{std::random_device{}()};
};

// Begins a probe of everybody; what becomes of it stands in the hub's log.
void probe_all(delivery::Probes& probes);

// What /metrics says of probes.
void add_probes(Families& families, const delivery::ProbeGauges& probes);

}  // namespace noroshi::api
