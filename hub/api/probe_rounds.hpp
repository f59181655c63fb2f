// The probe that the hub starts by itself, every hour or as configured, and what it has to say of
// the last one.
//
// Threading  the front's thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <random>

#include "hub/delivery/probes.hpp"

namespace noroshi::api {

class Families;

class ProbeRounds {
 public:
  // `every` 0: none. Both outlive this.
  ProbeRounds(boost::asio::io_context& front, delivery::Probes& probes, std::chrono::seconds every)
      : probes_(probes), every_(every), timer_(front) {}

  // The first comes after half of `every` to all of it, so that hubs started together do not probe
  // together; the next follow at `every`.
  void start();
  void stop() { timer_.cancel(); }

 private:
  void after(std::chrono::milliseconds wait);
  void probe();

  delivery::Probes& probes_;
  const std::chrono::seconds every_;
  boost::asio::steady_timer timer_;
  std::mt19937_64 random_{std::random_device{}()};
};

// What /metrics says of probes.
void add_probes(Families& families, const delivery::ProbeGauges& probes);

}  // namespace noroshi::api
