#include "hub/webhook/url.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>

namespace noroshi::webhook {
namespace {

constexpr std::size_t url_bytes_max = 2048;
constexpr std::size_t name_bytes_max = 253;
constexpr std::size_t label_bytes_max = 63;
constexpr std::string_view scheme = "https://";

auto invalid(std::string why) { return failure(ErrorCode::invalid, std::move(why)); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_label(std::string_view label) {
  const auto fits = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-'; };
  return !label.empty() && label.size() <= label_bytes_max && label.front() != '-' &&
         label.back() != '-' && std::all_of(label.begin(), label.end(), fits);
}

bool is_dotted_decimal(std::string_view host) {
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address_v4(std::string(host), error);
  return !error && address.to_string() == host;
}

// A last label of digits alone or with 0x makes a number of the whole to many readers.
bool ends_in_a_number(std::string_view last) {
  return std::all_of(last.begin(), last.end(), is_digit) || last.starts_with("0x");
}

Result<void> check_name(std::string_view host) {
  if (is_dotted_decimal(host)) return {};
  if (host.size() > name_bytes_max) return invalid("the host name is too long");
  std::string_view rest = host;
  while (true) {
    const auto dot = rest.find('.');
    const auto label = rest.substr(0, dot);
    if (!is_label(label)) return invalid("the host is neither a name nor an address");
    if (dot == std::string_view::npos) {
      if (ends_in_a_number(label))
        return invalid("the host can be read as an address in another form");
      return {};
    }
    rest.remove_prefix(dot + 1);
  }
}

Result<std::uint16_t> read_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0 || port > 65535 ||
      text.front() == '0')
    return invalid("the port is not a number from 1 to 65535");
  return static_cast<std::uint16_t>(port);
}

Result<std::string_view> take_v6(std::string_view authority, Url& url) {
  const auto end = authority.find(']');
  if (end == std::string_view::npos) return invalid("a bracket is missing");
  url.host = authority.substr(1, end - 1);
  boost::system::error_code error;
  boost::asio::ip::make_address_v6(url.host, error);
  if (error || url.host.find('%') != std::string::npos)
    return invalid("what stands in brackets is no IPv6 address");
  return authority.substr(end + 1);
}

Result<std::string_view> take_host(std::string_view authority, Url& url) {
  if (authority.starts_with('[')) return take_v6(authority, url);
  const auto colon = authority.find(':');
  url.host = authority.substr(0, colon);
  std::transform(url.host.begin(), url.host.end(), url.host.begin(), lower);
  if (auto named = check_name(url.host); !named) return tl::unexpected(named.error());
  return colon == std::string_view::npos ? std::string_view() : authority.substr(colon);
}

}  // namespace

std::string Url::authority() const {
  const auto name = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return port == 443 ? name : name + ":" + std::to_string(port);
}

Result<Url> read_url(std::string_view text) {
  if (text.size() > url_bytes_max) return invalid("longer than 2048 characters");
  if (std::any_of(text.begin(), text.end(), [](char c) { return c <= ' ' || c >= 0x7f; }))
    return invalid("only visible ASCII characters may stand in it");
  std::string start(text.substr(0, scheme.size()));
  std::transform(start.begin(), start.end(), start.begin(), lower);
  if (start != scheme) return invalid("it must begin with https://");
  text.remove_prefix(scheme.size());
  if (text.find_first_of("#\\") != std::string_view::npos)
    return invalid("neither a fragment nor a backslash may stand in it");
  const auto authority = text.substr(0, text.find_first_of("/?"));
  if (authority.find('@') != std::string_view::npos)
    return invalid("it must not carry a user name or password");
  Url url;
  const auto port = take_host(authority, url);
  if (!port) return tl::unexpected(port.error());
  if (!port->empty()) {
    if (port->front() != ':' || port->size() == 1) return invalid("the port is missing");
    const auto number = read_port(port->substr(1));
    if (!number) return tl::unexpected(number.error());
    url.port = *number;
  }
  url.target = text.substr(authority.size());
  if (!url.target.starts_with('/')) url.target.insert(0, "/");
  return url;
}

}  // namespace noroshi::webhook
