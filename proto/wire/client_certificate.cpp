#include "proto/wire/client_certificate.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>
#include <memory>
#include <set>

#include "proto/hexadecimal.hpp"

namespace noroshi::wire {
namespace {

constexpr std::string_view publisher_prefix = "noroshi:publisher:";
constexpr std::string_view subscriber_prefix = "noroshi:subscriber:";
constexpr std::size_t id_length_max = 63;
constexpr int serial_bytes_max = 20;  // RFC 5280 section 4.1.2.2
constexpr std::int64_t day_s = 86'400;

// RFC 5480: id-ecPublicKey with the named curve secp256r1, then a point that begins with 04.
constexpr std::array<std::uint8_t, 27> p256_prefix{
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
    0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04};
constexpr std::size_t p256_info_bytes = 91;

tl::unexpected<Error> wrong(std::string detail) {
  ERR_clear_error();
  return failure(ErrorCode::invalid, std::move(detail));
}

bool is_id_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= id_length_max && id.front() != '-' && id.back() != '-' &&
         std::all_of(id.begin(), id.end(), [](char c) { return is_id_character(c) || c == '-'; });
}

std::optional<std::string> unexpected_extension(const X509* certificate) {
  const std::set<int> known{NID_basic_constraints,      NID_key_usage,
                            NID_ext_key_usage,          NID_subject_alt_name,
                            NID_subject_key_identifier, NID_authority_key_identifier};
  std::set<int> seen;
  for (int i = 0; i < X509_get_ext_count(certificate); ++i) {
    const int kind = OBJ_obj2nid(X509_EXTENSION_get_object(X509_get_ext(certificate, i)));
    if (!known.contains(kind)) return "an extension that we do not issue";
    if (!seen.insert(kind).second) return "an extension twice";
  }
  return std::nullopt;
}

std::optional<std::string> wrong_purpose(X509* certificate) {
  const auto flags = X509_get_extension_flags(certificate);
  if ((flags & EXFLAG_INVALID) != 0) return "extensions that cannot be read";
  if ((flags & EXFLAG_CA) != 0) return "an authority, not a client";
  if ((flags & EXFLAG_KUSAGE) == 0 || X509_get_key_usage(certificate) != KU_DIGITAL_SIGNATURE)
    return "keyUsage is not digitalSignature";
  // The flags leave out purposes OpenSSL has no bit for, so the list itself is read.
  const std::unique_ptr<EXTENDED_KEY_USAGE, decltype(&EXTENDED_KEY_USAGE_free)> usage(
      static_cast<EXTENDED_KEY_USAGE*>(
          X509_get_ext_d2i(certificate, NID_ext_key_usage, nullptr, nullptr)),
      &EXTENDED_KEY_USAGE_free);
  if (!usage || sk_ASN1_OBJECT_num(usage.get()) != 1 ||
      OBJ_obj2nid(sk_ASN1_OBJECT_value(usage.get(), 0)) != NID_client_auth)
    return "extendedKeyUsage is not clientAuth alone";
  return std::nullopt;
}

// All bytes count: what stands behind a NUL too.
std::optional<ClientIdentity> sole_identity(X509* certificate) {
  const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> names(
      static_cast<GENERAL_NAMES*>(
          X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
      &GENERAL_NAMES_free);
  if (!names || sk_GENERAL_NAME_num(names.get()) != 1) return std::nullopt;
  int kind = 0;
  const auto* value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names.get(), 0), &kind);
  if (kind != GEN_URI) return std::nullopt;
  const auto* text = static_cast<const ASN1_STRING*>(value);
  return read_identity_uri({reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                            static_cast<std::size_t>(ASN1_STRING_length(text))});
}

bool strongly_signed(X509* certificate) {
  int digest = NID_undef;
  int key = NID_undef;
  if (X509_get_signature_info(certificate, &digest, &key, nullptr, nullptr) != 1) return false;
  return key == EVP_PKEY_EC &&
         (digest == NID_sha256 || digest == NID_sha384 || digest == NID_sha512);
}

std::optional<std::string> serial_of(const X509* certificate) {
  const auto* number = X509_get0_serialNumber(certificate);
  const auto* bytes = ASN1_STRING_get0_data(number);
  const int length = ASN1_STRING_length(number);
  const bool positive = ASN1_STRING_type(number) == V_ASN1_INTEGER;
  if (!positive || length < 1 || length > serial_bytes_max || bytes[0] == 0) return std::nullopt;
  return hexadecimal(std::span(bytes, static_cast<std::size_t>(length)));
}

std::optional<std::int64_t> unix_seconds(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  return static_cast<std::int64_t>(timegm(&parts));
}

std::optional<std::array<std::uint8_t, 32>> pinnable_key_hash(X509* certificate) {
  unsigned char* bytes = nullptr;
  const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &bytes);
  if (length <= 0) return std::nullopt;
  std::array<std::uint8_t, 32> hash{};
  const bool good = is_p256_key({bytes, static_cast<std::size_t>(length)}) &&
                    EVP_Digest(bytes, static_cast<std::size_t>(length), hash.data(), nullptr,
                               EVP_sha256(), nullptr) == 1;
  OPENSSL_free(bytes);
  return good ? std::optional(hash) : std::nullopt;
}

}  // namespace

std::string identity_uri(const ClientIdentity& identity) {
  return std::string(identity.role == Role::publisher ? publisher_prefix : subscriber_prefix) +
         identity.id;
}

std::optional<ClientIdentity> read_identity_uri(std::string_view uri) {
  auto role = Role::publisher;
  if (uri.starts_with(publisher_prefix)) {
    uri.remove_prefix(publisher_prefix.size());
  } else if (uri.starts_with(subscriber_prefix)) {
    role = Role::subscriber;
    uri.remove_prefix(subscriber_prefix.size());
  } else {
    return std::nullopt;
  }
  if (!is_id(uri)) return std::nullopt;
  return ClientIdentity{role, std::string(uri)};
}

bool is_p256_key(std::span<const std::uint8_t> public_key_info) {
  return public_key_info.size() == p256_info_bytes &&
         std::equal(p256_prefix.begin(), p256_prefix.end(), public_key_info.begin());
}

Result<ClientCertificate> read_client_certificate(X509* certificate) {
  if (X509_get_version(certificate) != X509_VERSION_3) return wrong("not of version 3");
  if (auto unexpected = unexpected_extension(certificate)) return wrong(*unexpected);
  if (auto purpose = wrong_purpose(certificate)) return wrong(*purpose);
  if (!strongly_signed(certificate)) return wrong("not signed with ECDSA and SHA-256 or stronger");
  const auto key = pinnable_key_hash(certificate);
  if (!key) return wrong("not a P-256 key");
  auto identity = sole_identity(certificate);
  if (!identity) return wrong("subjectAltName is not exactly one noroshi identity");
  auto serial = serial_of(certificate);
  if (!serial) return wrong("no usable serial number");
  const auto from = unix_seconds(X509_get0_notBefore(certificate));
  const auto last = unix_seconds(X509_get0_notAfter(certificate));
  if (!from || !last || *last < *from) return wrong("no readable validity");
  // RFC 5280 section 4.1.2.5: both ends are included.
  if (*last - *from + 1 > client_certificate_days_max * day_s)
    return wrong("valid for more than 365 days");
  return ClientCertificate{std::move(*identity), std::move(*serial), *key, *from * 1000,
                           (*last + 1) * 1000};
}

}  // namespace noroshi::wire
