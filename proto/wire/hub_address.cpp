#include "proto/wire/hub_address.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace noroshi::wire {

Result<HubAddress> hub_address(std::string_view url) {
  const auto parsed = boost::urls::parse_uri(url);
  if (!parsed) return failure(ErrorCode::invalid, "not a URL");
  if (parsed->scheme() != "https") return failure(ErrorCode::invalid, "not an https:// URL");
  const std::string_view path = parsed->encoded_path();
  if (parsed->has_userinfo() || parsed->has_query() || parsed->has_fragment() ||
      (!path.empty() && path != "/"))
    return failure(ErrorCode::invalid, "a hub is named by https://host:port alone");
  HubAddress address;
  address.host = std::string(parsed->host_address());
  address.port = parsed->has_port() ? std::string(parsed->port()) : "443";
  address.authority = std::string(parsed->encoded_host_and_port());
  if (address.host.empty()) return failure(ErrorCode::invalid, "no host");
  return address;
}

}  // namespace noroshi::wire
