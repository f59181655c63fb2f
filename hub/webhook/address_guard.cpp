#include "hub/webhook/address_guard.hpp"

#include <algorithm>
#include <array>
#include <boost/system/error_code.hpp>
#include <charconv>
#include <cstdint>

namespace noroshi::webhook {
namespace {

using V4 = boost::asio::ip::address_v4;
using V6 = boost::asio::ip::address_v6;

struct Block {
  std::uint32_t base;
  unsigned length;
};
constexpr std::array<Block, 16> not_public_v4{{
    {0x00000000, 8},   // this network
    {0x0a000000, 8},   // private
    {0x64400000, 10},  // carrier-grade NAT
    {0x7f000000, 8},   // loopback
    {0xa9fe0000, 16},  // link-local, metadata services
    {0xac100000, 12},  // private
    {0xc0000000, 24},  // IETF protocol assignments
    {0xc0000200, 24},  // documentation
    {0xc0586300, 24},  // 6to4 relay anycast, withdrawn
    {0xc0a80000, 16},  // private
    {0xc6120000, 15},  // benchmarks
    {0xc6336400, 24},  // documentation
    {0xcb007100, 24},  // documentation
    {0xe0000000, 4},   // multicast
    {0xf0000000, 4},   // reserved
    {0xffffffff, 32},  // broadcast
}};

bool is_public(const V4& address) {
  const auto bits = address.to_uint();
  return std::none_of(not_public_v4.begin(), not_public_v4.end(), [&](const Block& block) {
    return ((bits ^ block.base) >> (32 - block.length)) == 0;
  });
}

bool begins(const V6::bytes_type& bytes, std::initializer_list<int> with) {
  return std::equal(with.begin(), with.end(), bytes.begin(),
                    [](int wanted, unsigned char byte) { return wanted == byte; });
}

V4 v4_at(const V6::bytes_type& bytes, std::size_t at) {
  return V4({bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]});
}

bool is_public(const V6& address) {
  const auto bytes = address.to_bytes();
  if (begins(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff})) return is_public(v4_at(bytes, 12));
  if (begins(bytes, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}))
    return is_public(v4_at(bytes, 12));                                // NAT64, RFC 6052
  if (begins(bytes, {0x20, 0x02})) return is_public(v4_at(bytes, 2));  // 6to4, RFC 3056
  if ((bytes[0] & 0xe0U) != 0x20U) return false;
  if (begins(bytes, {0x20, 0x01}) && bytes[2] < 2) return false;  // 2001::/23: Teredo, ORCHID …
  if (begins(bytes, {0x20, 0x01, 0x0d, 0xb8})) return false;      // documentation
  if (begins(bytes, {0x3f, 0xff}) && bytes[2] < 0x10) return false;  // documentation
  return address.scope_id() == 0;
}

bool same_start(std::span<const unsigned char> one, std::span<const unsigned char> other,
                unsigned bits) {
  const auto whole = bits / 8;
  if (!std::equal(one.begin(), one.begin() + whole, other.begin())) return false;
  const auto rest = bits % 8;
  return rest == 0 || ((one[whole] ^ other[whole]) >> (8 - rest)) == 0;
}

bool contains(const Network& network, const Address& address) {
  if (network.address.is_v4() != address.is_v4()) return false;
  if (address.is_v4())
    return same_start(network.address.to_v4().to_bytes(), address.to_v4().to_bytes(),
                      network.length);
  return same_start(network.address.to_v6().to_bytes(), address.to_v6().to_bytes(), network.length);
}

}  // namespace

Result<Network> read_network(std::string_view text) {
  const auto slash = text.find('/');
  boost::system::error_code error;
  Network network{boost::asio::ip::make_address(std::string(text.substr(0, slash)), error), 0};
  if (error) return failure(ErrorCode::invalid, std::string(text));
  const unsigned most = network.address.is_v4() ? 32 : 128;
  network.length = most;
  if (slash == std::string_view::npos) return network;
  const auto length = text.substr(slash + 1);
  const auto [end, wrong] =
      std::from_chars(length.data(), length.data() + length.size(), network.length);
  if (wrong != std::errc() || end != length.data() + length.size() || network.length > most)
    return failure(ErrorCode::invalid, std::string(text));
  return network;
}

bool AddressGuard::permits(const Address& address) const {
  const bool listed = std::any_of(allowed_.begin(), allowed_.end(),
                                  [&](const auto& network) { return contains(network, address); });
  if (listed) return true;
  return address.is_v4() ? is_public(address.to_v4()) : is_public(address.to_v6());
}

Result<void> AddressGuard::check(std::span<const Address> addresses) const {
  if (addresses.empty()) return failure(ErrorCode::not_found, "the name has no address");
  for (const auto& address : addresses)
    if (!permits(address))
      return failure(ErrorCode::refused,
                     address.to_string() + " is not a public address, and not listed");
  return {};
}

}  // namespace noroshi::webhook
