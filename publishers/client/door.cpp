#include "publishers/client/door.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace noroshi::publishers {

namespace {

constexpr std::size_t token_bytes_max = 4096;

bool is_token_character(char c) { return c > ' ' && c < '\x7f'; }

}  // namespace

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

Result<std::string> read_token(const std::filesystem::path& file) {
  struct stat facts {};
  if (::stat(file.c_str(), &facts) != 0)
    return failure(ErrorCode::configuration, file.string() + ": " + std::strerror(errno));
  if ((facts.st_mode & S_IROTH) != 0)
    return failure(ErrorCode::configuration, file.string() + ": readable by everybody; chmod 600");
  std::ifstream in(file);
  std::string line;
  if (!std::getline(in, line) || line.size() > token_bytes_max)
    return failure(ErrorCode::configuration, file.string() + ": no token in it");
  const auto first = line.find_first_not_of(" \t\r");
  const auto last = line.find_last_not_of(" \t\r");
  if (first == std::string::npos)
    return failure(ErrorCode::configuration, file.string() + ": no token in it");
  auto token = line.substr(first, last - first + 1);
  if (!std::all_of(token.begin(), token.end(), is_token_character))
    return failure(ErrorCode::configuration, file.string() + ": not a token");
  return token;
}

}  // namespace noroshi::publishers
