#include <gtest/gtest.h>

#include "hub/admin/authority.hpp"
#include "hub/admin/certificate_parts.hpp"

#include <openssl/pem.h>

namespace noroshi::admin {
namespace {

constexpr std::int64_t now_ms = 1'795'000'000'000;
constexpr std::int64_t day_ms = 86'400'000;
const wire::ClientIdentity tokushima{wire::Role::publisher, "362018"};

// A signing request for `key`, signed by `signer`.
std::string request_of(EVP_PKEY* key, EVP_PKEY* signer) {
  const SigningRequest request(X509_REQ_new());
  X509_REQ_set_pubkey(request.get(), key);
  X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(request.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("362026"), -1, -1, 0);
  X509_REQ_sign(request.get(), signer, EVP_sha256());
  const Memory memory(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509_REQ(memory.get(), request.get());
  char* data = nullptr;
  const long length = BIO_get_mem_data(memory.get(), &data);
  return {data, static_cast<std::size_t>(length)};
}

class ClientCredentialTest : public testing::Test {
 protected:
  Credential authority_ = *make_authority(now_ms);
};

TEST_F(ClientCredentialTest, IsWhatTheDoorReads) {
  const auto made = issue_client_certificate(authority_, tokushima, 365, {}, now_ms);
  ASSERT_TRUE(made) << made.error().detail;
  const auto certificate = read_certificate(made->certificate);
  const auto read = wire::read_client_certificate(certificate.get());
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->identity, tokushima);
  EXPECT_EQ(read->serial, made->facts.serial);
  EXPECT_EQ(read->key_sha256, made->facts.key_sha256);
  EXPECT_EQ(read->until_ms - read->from_ms, 365 * day_ms);
  EXPECT_TRUE(examine_credential(made->certificate, made->key));
  EXPECT_EQ(X509_verify(certificate.get(),
                        X509_get0_pubkey(read_certificate(authority_.certificate).get())),
            1);
}

TEST_F(ClientCredentialTest, TwoNeverShareKeyOrSerial) {
  const auto one = issue_client_certificate(authority_, tokushima, 1, {}, now_ms);
  const auto two = issue_client_certificate(authority_, tokushima, 1, {}, now_ms);
  ASSERT_TRUE(one && two);
  EXPECT_NE(one->facts.serial, two->facts.serial);
  EXPECT_NE(one->facts.key_sha256, two->facts.key_sha256);
}

TEST_F(ClientCredentialTest, OfARequestOnlyTheKeyIsTaken) {
  const Key key(EVP_EC_gen("P-256"));
  const auto made =
      issue_client_certificate(authority_, tokushima, 30, request_of(key.get(), key.get()), now_ms);
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_TRUE(made->key.empty());
  EXPECT_EQ(made->facts.identity, tokushima);
  const auto certificate = read_certificate(made->certificate);
  EXPECT_EQ(EVP_PKEY_eq(X509_get0_pubkey(certificate.get()), key.get()), 1);
}

TEST_F(ClientCredentialTest, RequestsThatProveNothingAreRefused) {
  const Key key(EVP_EC_gen("P-256"));
  const Key other(EVP_EC_gen("P-256"));
  const Key large(EVP_EC_gen("P-384"));
  const Key rsa(EVP_RSA_gen(2048));
  const std::pair<std::string, std::string> cases[] = {
      {request_of(key.get(), other.get()), "request.proof"},
      {request_of(large.get(), large.get()), "request.key"},
      {request_of(rsa.get(), rsa.get()), "request.key"},
      {"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n", "request"},
      {"rubbish", "request"}};
  for (const auto& [request, why] : cases) {
    const auto made = issue_client_certificate(authority_, tokushima, 30, request, now_ms);
    ASSERT_FALSE(made) << why;
    EXPECT_EQ(made.error().code, ErrorCode::invalid);
    EXPECT_EQ(made.error().detail, why);
  }
}

TEST_F(ClientCredentialTest, NoneOutlivesTheAuthority) {
  const auto late_ms = now_ms + 3'400 * day_ms;
  EXPECT_TRUE(issue_client_certificate(authority_, tokushima, 200, {}, late_ms));
  const auto made = issue_client_certificate(authority_, tokushima, 365, {}, late_ms);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().detail, "authority.ends");
}

TEST_F(ClientCredentialTest, TheHubsOwnIsRenewedForItsKeyAndNames) {
  const auto first = issue_server_certificate(authority_, {"hub.example.jp", "192.0.2.7"}, now_ms);
  ASSERT_TRUE(first);
  const auto names = hosts_of(first->certificate);
  ASSERT_TRUE(names);
  const auto second =
      issue_server_certificate(authority_, *names, now_ms + 300 * day_ms, first->key);
  ASSERT_TRUE(second);
  EXPECT_EQ(*hosts_of(second->certificate), *names);
  const auto facts = examine_credential(second->certificate, first->key);
  ASSERT_TRUE(facts);
  EXPECT_GT(facts->valid_until_ms, now_ms + 600 * day_ms);
}

}  // namespace
}  // namespace noroshi::admin
