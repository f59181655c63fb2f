#include "hub/admin/authority.hpp"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <optional>

#include "hub/admin/certificate_parts.hpp"
#include "hub/config/host_name.hpp"
#include "proto/hexadecimal.hpp"

namespace noroshi::admin {
namespace {

constexpr int authority_days = 3653;
constexpr int server_days = 365;

bool add_host(GENERAL_NAMES* names, const std::string& host) {
  std::array<char, 16> address{};
  if (inet_pton(AF_INET, host.c_str(), address.data()) == 1)
    return add_name(names, GEN_IPADD, ASN1_OCTET_STRING_new(), {address.data(), 4});
  if (inet_pton(AF_INET6, host.c_str(), address.data()) == 1)
    return add_name(names, GEN_IPADD, ASN1_OCTET_STRING_new(), {address.data(), 16});
  return add_name(names, GEN_DNS, ASN1_IA5STRING_new(), host);
}

bool add_hosts(X509* certificate, const std::vector<std::string>& hosts) {
  const Names names(GENERAL_NAMES_new());
  if (!names) return false;
  for (const auto& host : hosts) {
    if (!add_host(names.get(), host)) return false;
  }
  return add_subject_names(certificate, names.get());
}

Result<Credential> to_pem(X509* certificate, EVP_PKEY* key) {
  auto first = certificate_pem(certificate);
  if (!first) return tl::unexpected<Error>(first.error());
  auto second = key_pem(key);
  if (!second) return tl::unexpected<Error>(second.error());
  return Credential{std::move(*first), std::move(*second)};
}

// Distinguishes the authorities of several hubs in one trust store.
std::string random_suffix() {
  std::array<unsigned char, 4> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return {};
  return hexadecimal(bytes);
}

}  // namespace

Result<Credential> make_authority(std::int64_t now_ms) {
  const Key key(EVP_EC_gen("P-256"));
  const auto suffix = random_suffix();
  if (!key || suffix.empty()) return crypto_failure("key");
  const auto made =
      begin_certificate(key.get(), now_ms, authority_days, "noroshi hub authority " + suffix);
  auto* certificate = made.get();
  if (!made || X509_set_issuer_name(certificate, X509_get_subject_name(certificate)) != 1 ||
      !add_extension(certificate, certificate, NID_basic_constraints,
                     "critical,CA:TRUE,pathlen:0") ||
      !add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign") ||
      !add_extension(certificate, certificate, NID_subject_key_identifier, "hash") ||
      X509_sign(certificate, key.get(), EVP_sha256()) == 0) {
    return crypto_failure("authority");
  }
  return to_pem(certificate, key.get());
}

Result<Credential> issue_server_certificate(const Credential& authority,
                                            const std::vector<std::string>& hosts,
                                            std::int64_t now_ms, std::string_view key_pem) {
  std::vector<std::string> names{"localhost", "127.0.0.1", "::1"};
  for (const auto& host : hosts) {
    if (!config::is_ip_address(host) && !config::is_dns_name(host)) {
      return failure(ErrorCode::invalid, host);
    }
    if (std::find(names.begin(), names.end(), host) == names.end()) names.push_back(host);
  }
  const auto issuer = read_certificate(authority.certificate);
  const auto issuer_key = read_key(authority.key);
  if (!issuer || !issuer_key) return crypto_failure("authority");

  const auto key = key_pem.empty() ? Key(EVP_EC_gen("P-256")) : read_key(key_pem);
  if (!key) return crypto_failure("key");
  const auto made = begin_certificate(key.get(), now_ms, server_days, "noroshi hub");
  auto* certificate = made.get();
  if (!made || X509_set_issuer_name(certificate, X509_get_subject_name(issuer.get())) != 1 ||
      !add_extension(certificate, issuer.get(), NID_basic_constraints, "critical,CA:FALSE") ||
      !add_extension(certificate, issuer.get(), NID_key_usage, "critical,digitalSignature") ||
      !add_extension(certificate, issuer.get(), NID_ext_key_usage, "serverAuth") ||
      !add_extension(certificate, issuer.get(), NID_subject_key_identifier, "hash") ||
      !add_extension(certificate, issuer.get(), NID_authority_key_identifier, "keyid:always") ||
      !add_hosts(certificate, names) ||
      X509_sign(certificate, issuer_key.get(), EVP_sha256()) == 0) {
    return crypto_failure("server certificate");
  }
  return to_pem(certificate, key.get());
}

Result<std::vector<std::string>> hosts_of(std::string_view certificate_pem) {
  const auto certificate = read_certificate(certificate_pem);
  if (!certificate) {
    ERR_clear_error();
    return failure(ErrorCode::invalid, "certificate");
  }
  const Names names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate.get(), NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> hosts;
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    int kind = 0;
    const auto* value = static_cast<const ASN1_STRING*>(
        GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names.get(), i), &kind));
    const auto* bytes = ASN1_STRING_get0_data(value);
    const int length = ASN1_STRING_length(value);
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (kind == GEN_DNS) {
      hosts.emplace_back(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
    } else if (kind == GEN_IPADD && inet_ntop(length == 4 ? AF_INET : AF_INET6, bytes, text.data(),
                                              text.size()) != nullptr) {
      hosts.emplace_back(text.data());
    }
  }
  return hosts;
}

Result<CertificateFacts> examine_credential(std::string_view certificate_pem,
                                            std::string_view key_pem) {
  const auto certificate = read_certificate(certificate_pem);
  if (!certificate) {
    ERR_clear_error();
    return failure(ErrorCode::invalid, "certificate");
  }
  const auto key = read_key(key_pem);
  if (!key) {
    ERR_clear_error();
    return failure(ErrorCode::invalid, "key");
  }
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    ERR_clear_error();
    return failure(ErrorCode::conflict, "key");
  }
  return CertificateFacts{to_ms(X509_get0_notBefore(certificate.get())),
                          to_ms(X509_get0_notAfter(certificate.get()))};
}

}  // namespace noroshi::admin
