// What may stand where a host is named: in the configuration and in the hub's certificate.
#pragma once

#include <string_view>

namespace noroshi::config {

// An IPv4 or IPv6 address literal, without brackets, port or zone.
bool is_ip_address(std::string_view text);

// A DNS name of RFC 1123 (letters, digits, hyphens; at most 253 characters; no wildcard, no final
// dot). Four decimal parts are an address, not a name.
bool is_dns_name(std::string_view text);

}  // namespace noroshi::config
