// Which addresses the hub calls: those of the public Internet, and what the operator has listed. A
// subscriber's URL must never make the hub speak to itself, to its neighbours or to the metadata
// service of its host.
//
// Sources    the IANA registries of special-purpose IPv4 and IPv6 addresses (RFC 6890) with what
//            was added since; an IPv4 address inside an IPv6 one (mapped, NAT64, 6to4) counts as
//            what it is. Only 2000::/3 of IPv6 is in use at all.
// Threading  immutable after creation.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "proto/result.hpp"

namespace noroshi::webhook {

using Address = boost::asio::ip::address;

// Every address with the first `length` bits of `address`.
struct Network {
  Address address;
  unsigned length = 0;
};
// "10.1.0.0/16", "fd00::/8", or an address alone; invalid otherwise.
Result<Network> read_network(std::string_view text);

class AddressGuard {
 public:
  explicit AddressGuard(std::vector<Network> allowed = {}) : allowed_(std::move(allowed)) {}

  [[nodiscard]] bool permits(const Address& address) const;
  // One that is not permitted spoils all: a name that also points inside is not called at all.
  [[nodiscard]] Result<void> check(std::span<const Address> addresses) const;

 private:
  std::vector<Network> allowed_;
};

}  // namespace noroshi::webhook
