#include "hub/admin/authority.hpp"

#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <memory>

namespace noroshi::admin {
namespace {

constexpr std::int64_t now_ms = 1'795'000'000'000;  // in November 2026
constexpr std::int64_t day_ms = 86'400'000;

std::shared_ptr<X509> read(const std::string& pem) {
  std::unique_ptr<BIO, int (*)(BIO*)> memory(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
  return {PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr), X509_free};
}

// What OpenSSL says about `certificate` as a TLS server called `host`; X509_V_OK when it trusts it.
int verify(const std::string& authority, const std::string& certificate, const std::string& host,
           std::int64_t at_ms = now_ms) {
  const auto root = read(authority);
  const auto leaf = read(certificate);
  const std::shared_ptr<X509_STORE> store(X509_STORE_new(), X509_STORE_free);
  X509_STORE_add_cert(store.get(), root.get());
  const std::shared_ptr<X509_STORE_CTX> context(X509_STORE_CTX_new(), X509_STORE_CTX_free);
  X509_STORE_CTX_init(context.get(), store.get(), leaf.get(), nullptr);
  X509_STORE_CTX_set_purpose(context.get(), X509_PURPOSE_SSL_SERVER);
  auto* parameters = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_X509_STRICT | X509_V_FLAG_CHECK_SS_SIGNATURE);
  X509_VERIFY_PARAM_set_time(parameters, at_ms / 1000);
  if (X509_VERIFY_PARAM_set1_ip_asc(parameters, host.c_str()) != 1) {
    X509_VERIFY_PARAM_set1_host(parameters, host.data(), host.size());
  }
  X509_verify_cert(context.get());
  return X509_STORE_CTX_get_error(context.get());
}

class AuthorityTest : public testing::Test {
 protected:
  AuthorityTest() {
    const auto authority = make_authority(now_ms);
    EXPECT_TRUE(authority);
    authority_ = *authority;
    const auto server = issue_server_certificate(
        authority_, {"hub.example.jp", "192.0.2.7", "2001:db8::7"}, now_ms);
    EXPECT_TRUE(server);
    server_ = *server;
  }
  Credential authority_;
  Credential server_;
};

TEST_F(AuthorityTest, ServerIsTrustedUnderEachOfItsNames) {
  for (const char* host :
       {"localhost", "127.0.0.1", "::1", "hub.example.jp", "192.0.2.7", "2001:db8::7"}) {
    EXPECT_EQ(verify(authority_.certificate, server_.certificate, host), X509_V_OK) << host;
  }
}

TEST_F(AuthorityTest, ServerIsNotTrustedUnderOtherNames) {
  EXPECT_EQ(verify(authority_.certificate, server_.certificate, "example.jp"),
            X509_V_ERR_HOSTNAME_MISMATCH);
  EXPECT_EQ(verify(authority_.certificate, server_.certificate, "192.0.2.8"),
            X509_V_ERR_IP_ADDRESS_MISMATCH);
}

TEST_F(AuthorityTest, AnotherAuthorityDoesNotVouchForIt) {
  const auto other = make_authority(now_ms);
  ASSERT_TRUE(other);
  EXPECT_NE(verify(other->certificate, server_.certificate, "localhost"), X509_V_OK);
}

TEST_F(AuthorityTest, ServerCertificateLastsAYearAndNoLonger) {
  EXPECT_EQ(verify(authority_.certificate, server_.certificate, "localhost", now_ms - 299'000),
            X509_V_OK);
  EXPECT_EQ(verify(authority_.certificate, server_.certificate, "localhost", now_ms - 302'000),
            X509_V_ERR_CERT_NOT_YET_VALID);
  EXPECT_EQ(verify(authority_.certificate, server_.certificate, "localhost", now_ms + 364 * day_ms),
            X509_V_OK);
  EXPECT_EQ(verify(authority_.certificate, server_.certificate, "localhost", now_ms + 365 * day_ms),
            X509_V_ERR_CERT_HAS_EXPIRED);
}

TEST_F(AuthorityTest, AuthorityMayOnlySignAndHasNoneBelowIt) {
  const auto root = read(authority_.certificate);
  EXPECT_EQ(X509_check_ca(root.get()), 1);
  EXPECT_EQ(X509_get_key_usage(root.get()),
            static_cast<std::uint32_t>(KU_KEY_CERT_SIGN | KU_CRL_SIGN));
  EXPECT_EQ(X509_get_pathlen(root.get()), 0);
  const auto facts = examine_credential(authority_.certificate, authority_.key);
  ASSERT_TRUE(facts);
  EXPECT_GT(facts->valid_until_ms, now_ms + 3650 * day_ms);
  EXPECT_LT(facts->valid_until_ms, now_ms + 3654 * day_ms);
}

TEST_F(AuthorityTest, ServerMayNotSignAndServesTlsOnly) {
  const auto leaf = read(server_.certificate);
  EXPECT_EQ(X509_check_ca(leaf.get()), 0);
  EXPECT_EQ(X509_get_key_usage(leaf.get()), static_cast<std::uint32_t>(KU_DIGITAL_SIGNATURE));
  EXPECT_EQ(X509_get_extended_key_usage(leaf.get()), static_cast<std::uint32_t>(XKU_SSL_SERVER));
  EXPECT_EQ(X509_check_purpose(leaf.get(), X509_PURPOSE_SSL_CLIENT, 0), 0);
}

TEST_F(AuthorityTest, SerialsAreLongAndDifferent) {
  const auto again = issue_server_certificate(authority_, {}, now_ms);
  ASSERT_TRUE(again);
  const auto first = read(server_.certificate);
  const auto second = read(again->certificate);
  EXPECT_NE(
      ASN1_INTEGER_cmp(X509_get0_serialNumber(first.get()), X509_get0_serialNumber(second.get())),
      0);
  EXPECT_EQ(ASN1_STRING_length(X509_get0_serialNumber(first.get())), 16);
  EXPECT_EQ(X509_get0_serialNumber(first.get())->type, V_ASN1_INTEGER);  // positive
}

TEST_F(AuthorityTest, AHostThatIsNoNameIsRefused) {
  for (const char* host : {"", "a b", "*.example.jp", "DNS:x,IP:1.2.3.4", "a\nb"}) {
    const auto refused = issue_server_certificate(authority_, {host}, now_ms);
    ASSERT_FALSE(refused) << host;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid);
  }
}

TEST_F(AuthorityTest, KeyAndCertificateAreToldApart) {
  EXPECT_TRUE(examine_credential(server_.certificate, server_.key));
  const auto foreign = examine_credential(server_.certificate, authority_.key);
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().code, ErrorCode::conflict);
  const auto damaged = examine_credential("-----BEGIN CERTIFICATE-----\n", server_.key);
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace noroshi::admin
