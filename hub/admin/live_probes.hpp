// `noroshi-hub subscriber test` on the running hub: begins a probe of one subscriber, and says how
// one stands that was begun here.
//
// Bounds     the last 16 probes begun here are known.
// Threading  the thread that runs `front`, which is also the one that changes `registry`.
#pragma once

#include <boost/asio/io_context.hpp>
#include <map>
#include <optional>

#include "hub/admin/admin_socket.hpp"
#include "hub/delivery/probes.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::admin {

class LiveProbes {
 public:
  // All outlive this.
  LiveProbes(boost::asio::io_context& front, delivery::Probes& probes,
             const registry::Registry& registry)
      : front_(front), probes_(probes), registry_(registry) {}

  // Without a probe in the request one is begun; the answer names it: {"probe"}. With it the
  // answer is {"probe","ended"} and, once it has ended, "steps" and as data a row for each.
  void answer(const AdminRequest& request, const AdminSocket::Answer& reply);

 private:
  void begin(const AdminRequest& request, const AdminSocket::Answer& reply);
  AdminAnswer standing(journal::Sequence probe, Language language) const;

  boost::asio::io_context& front_;
  delivery::Probes& probes_;
  const registry::Registry& registry_;
  std::map<journal::Sequence, std::optional<delivery::ProbeReport>> known_;
};

}  // namespace noroshi::admin
