#include "proto/wire/tls.hpp"

#include <gmock/gmock.h>
#include <openssl/ssl.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <fstream>

#include "tests/unit/proto/wire/loopback.hpp"

namespace noroshi::wire::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class TlsTest : public Loopback {
 protected:
  // Lets the handshake fail on the client's side and gives its reason.
  std::string refused_by_client() {
    start_both();
    run_until([&] { return client_handler.closed == 1 && server_handler.closed == 1; });
    EXPECT_EQ(client_handler.opened, 0);
    return client_handler.reason;
  }
};

TEST_F(TlsTest, AHandshakeWithTheRightNameOpensBothEnds) {
  open_both();
  EXPECT_EQ(server_handler.opened, 1);
  EXPECT_EQ(client_handler.opened, 1);
  EXPECT_EQ(server->peer_address(), "127.0.0.1");
}

TEST_F(TlsTest, AnAddressIsCheckedAsAnAddress) {
  make_ends("127.0.0.1");
  start_both();
  run_until([&] { return client->open(); });
}

TEST_F(TlsTest, AnotherAddressIsRefused) {
  make_ends("127.0.0.2");
  EXPECT_THAT(refused_by_client(), HasSubstr("IP address mismatch"));
}

TEST_F(TlsTest, AnotherHostNameIsRefused) {
  make_ends("hub.example");
  EXPECT_THAT(refused_by_client(), HasSubstr("hostname mismatch"));
}

TEST_F(TlsTest, AnAuthorityNobodyTrustsIsRefused) {
  client_context = TlsContext::client(stranger.certificate()).value();
  make_ends();
  EXPECT_THAT(refused_by_client(), HasSubstr("certificate"));
}

TEST_F(TlsTest, TheSystemsAuthoritiesDoNotTrustATestAuthority) {
  client_context = TlsContext::client(std::nullopt).value();
  make_ends();
  EXPECT_THAT(refused_by_client(), HasSubstr("certificate"));
}

TEST_F(TlsTest, ANameThatCannotBeCheckedNeverConnects) {
  make_ends("");
  EXPECT_THAT(refused_by_client(), HasSubstr("is not a host name"));
}

TEST_F(TlsTest, Version12IsSpokenWithForwardSecrecyAndAead) {
  SSL_CTX_set_max_proto_version(client_context.native(), TLS1_2_VERSION);
  open_both();
  client->send("over 1.2");
  client->flush();
  run_until([&] { return server_handler.received == "over 1.2"; });
}

TEST_F(TlsTest, Version12WithoutAeadIsRefused) {
  SSL_CTX_set_max_proto_version(client_context.native(), TLS1_2_VERSION);
  ASSERT_EQ(SSL_CTX_set_cipher_list(client_context.native(), "ECDHE-ECDSA-AES128-SHA"), 1);
  make_ends();
  EXPECT_THAT(refused_by_client(), HasSubstr("handshake failure"));
}

TEST_F(TlsTest, Version11IsRefused) {
  SSL_CTX_set_min_proto_version(client_context.native(), TLS1_1_VERSION);
  SSL_CTX_set_max_proto_version(client_context.native(), TLS1_1_VERSION);
  SSL_CTX_set_security_level(client_context.native(), 0);
  SSL_CTX_set_cipher_list(client_context.native(), "ALL:@SECLEVEL=0");
  make_ends();
  EXPECT_THAT(refused_by_client(), HasSubstr("TLS handshake"));
}

TEST_F(TlsTest, WhatIsNoTlsEndsTheConnectionWithAReason) {
  auto [from_server, from_client] = connect_sockets();
  auto channel = TlsChannel::accepting(server_context, from_server.native_handle());
  server = std::make_shared<Connection>(std::move(from_server), std::move(channel));
  server->start(server_handler);
  boost::asio::write(from_client, boost::asio::buffer(std::string("GET / HTTP/1.1\r\n\r\n")));
  run_until([&] { return server_handler.closed == 1; });
  EXPECT_THAT(server_handler.reason, HasSubstr("TLS handshake"));
  EXPECT_EQ(server_handler.opened, 0);
}

TEST_F(TlsTest, AnEndDuringTheHandshakeHasAReason) {
  auto [from_server, from_client] = connect_sockets();
  auto channel = TlsChannel::accepting(server_context, from_server.native_handle());
  server = std::make_shared<Connection>(std::move(from_server), std::move(channel));
  server->start(server_handler);
  from_client.close();
  run_until([&] { return server_handler.closed == 1; });
  EXPECT_THAT(server_handler.reason, HasSubstr("TLS handshake"));
}

TEST_F(TlsTest, FilesThatDoNotFitAreAConfigurationError) {
  const Pem one = authority.issue("one", "DNS:one.test");
  const Pem two = authority.issue("two", "DNS:two.test");
  const auto mixed = TlsContext::server(one.certificate, two.key);
  ASSERT_FALSE(mixed);
  EXPECT_EQ(mixed.error().code, ErrorCode::configuration);
  EXPECT_THAT(mixed.error().detail, HasSubstr(two.key.string()));

  const auto missing = TlsContext::server(directory.path() / "none.pem", one.key);
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().detail, HasSubstr("none.pem"));

  const auto empty = directory.path() / "empty.pem";
  std::ofstream(empty) << "nothing\n";
  const auto no_authority = TlsContext::client(empty);
  ASSERT_FALSE(no_authority);
  EXPECT_EQ(no_authority.error().code, ErrorCode::configuration);
}

}  // namespace
}  // namespace noroshi::wire::testing
