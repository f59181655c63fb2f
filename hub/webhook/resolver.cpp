#include "hub/webhook/resolver.hpp"

#include <netdb.h>
#include <netinet/in.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <cstring>
#include <memory>
#include <utility>

namespace noroshi::webhook {
namespace {

constexpr std::size_t threads = 4;

Address address_of(const sockaddr& from) {
  boost::asio::ip::tcp::endpoint endpoint;
  const auto size = from.sa_family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
  std::memcpy(endpoint.data(), &from, size);
  endpoint.resize(size);
  return endpoint.address();
}

}  // namespace

std::vector<Address> system_lookup(const std::string& host) {
  boost::system::error_code error;
  const auto literal = boost::asio::ip::make_address(host, error);
  if (!error) return {literal};
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  if (::getaddrinfo(host.c_str(), nullptr, &wanted, &list) != 0) return {};
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(list, ::freeaddrinfo);
  std::vector<Address> addresses;
  for (const auto* each = list; each != nullptr; each = each->ai_next)
    if (each->ai_family == AF_INET || each->ai_family == AF_INET6)
      addresses.push_back(address_of(*each->ai_addr));
  return addresses;
}

Resolver::Resolver(boost::asio::io_context& context, Lookup lookup)
    : context_(context), lookup_(std::move(lookup)), threads_(threads) {}

Resolver::~Resolver() { stop(); }

void Resolver::resolve(const std::string& host, Found found) {
  boost::asio::post(threads_, [this, host, found = std::move(found)]() mutable {
    boost::asio::post(context_, [addresses = lookup_(host), found = std::move(found)]() mutable {
      found(std::move(addresses));
    });
  });
}

void Resolver::stop() {
  threads_.stop();
  threads_.join();
}

}  // namespace noroshi::webhook
