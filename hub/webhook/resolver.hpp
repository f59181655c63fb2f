// Names to addresses, on threads of its own: a name server that is silent holds up nobody but those
// who wait for it.
//
// Bounds     4 threads; who asks has a bound of its own (calls.hpp).
// Threading  any thread; answers are posted to `context`.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <string>
#include <vector>

#include "hub/webhook/address_guard.hpp"

namespace noroshi::webhook {

// Blocks; every address of the name, or none.
using Lookup = std::function<std::vector<Address>(const std::string& host)>;
// The system's: /etc/hosts, name servers. An address stands for itself.
std::vector<Address> system_lookup(const std::string& host);

class Resolver {
 public:
  Resolver(boost::asio::io_context& context, Lookup lookup);
  ~Resolver();

  using Found = std::function<void(std::vector<Address>)>;
  void resolve(const std::string& host, Found found);
  // Returns when no lookup runs any more; what waits is dropped.
  void stop();

 private:
  boost::asio::io_context& context_;
  const Lookup lookup_;
  boost::asio::thread_pool threads_;
};

}  // namespace noroshi::webhook
