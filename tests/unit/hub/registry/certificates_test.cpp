#include "hub/registry/certificates.hpp"

#include <gtest/gtest.h>

#include "hub/registry/registry.hpp"

namespace noroshi::registry {
namespace {

using Standing = Certificates::Standing;

constexpr std::int64_t from_ms = 1'000;
constexpr std::int64_t until_ms = 9'000;

wire::ClientCertificate presented() {
  wire::ClientCertificate certificate{
      {wire::Role::publisher, "362018"}, "4a01", {}, from_ms, until_ms};
  certificate.key_sha256.fill(7);
  return certificate;
}

v1::EntryBody issued(const std::string& serial = "\x4a\x01") {
  v1::EntryBody body;
  auto& issued = *body.mutable_certificate_issued();
  issued.set_kind(v1::TokenIssued::PUBLISHER);
  issued.set_id("362018");
  issued.set_serial(serial);
  issued.set_key_sha256(std::string(32, '\7'));
  issued.set_from_ms(from_ms);
  issued.set_until_ms(until_ms);
  return body;
}

v1::EntryBody revoked(std::int64_t refused_from_ms) {
  v1::EntryBody body;
  auto& revoked = *body.mutable_certificate_revoked();
  revoked.set_kind(v1::TokenIssued::PUBLISHER);
  revoked.set_id("362018");
  revoked.set_serial("\x4a\x01");
  revoked.set_refused_from_ms(refused_from_ms);
  return body;
}

TEST(Certificates, OneThatWasIssuedIsItsHolder) {
  Certificates certificates;
  certificates.apply(issued());
  const auto principal = certificates.principal_of(presented(), 5'000);
  ASSERT_TRUE(principal);
  EXPECT_EQ(principal->kind, Principal::Kind::publisher);
  EXPECT_EQ(principal->id, "362018");
  EXPECT_EQ(principal->credential, "cert:4a01");
  EXPECT_TRUE(certificates.stands(*principal, 5'000));
}

// Whoever has the authority's key can sign all of these.
TEST(Certificates, OneThatDiffersFromWhatWasIssuedIsNobodys) {
  struct Case {
    const char* name;
    void (*spoil)(wire::ClientCertificate&);
  };
  const Case cases[] = {
      {"Key", [](auto& c) { c.key_sha256[31] ^= 1; }},
      {"Serial", [](auto& c) { c.serial = "4a02"; }},
      {"Id", [](auto& c) { c.identity.id = "362026"; }},
      {"Role", [](auto& c) { c.identity.role = wire::Role::subscriber; }},
      {"LongerLife", [](auto& c) { c.until_ms += 1'000; }},
      {"EarlierStart", [](auto& c) { c.from_ms -= 1'000; }},
  };
  Certificates certificates;
  certificates.apply(issued());
  for (const auto& [name, spoil] : cases) {
    auto certificate = presented();
    spoil(certificate);
    EXPECT_EQ(certificates.standing(certificate, 5'000), Standing::unknown) << name;
    EXPECT_FALSE(certificates.principal_of(certificate, 5'000)) << name;
  }
}

TEST(Certificates, ItIsGoodFromItsFirstMillisecondToItsLast) {
  Certificates certificates;
  certificates.apply(issued());
  EXPECT_EQ(certificates.standing(presented(), from_ms - 1), Standing::out_of_date);
  EXPECT_EQ(certificates.standing(presented(), from_ms), Standing::good);
  EXPECT_EQ(certificates.standing(presented(), until_ms - 1), Standing::good);
  EXPECT_EQ(certificates.standing(presented(), until_ms), Standing::out_of_date);
}

TEST(Certificates, TheDenyListCountsFromItsTimeOnAndTheEarliestTimeCounts) {
  Certificates certificates;
  certificates.apply(issued());
  certificates.apply(revoked(6'000));
  certificates.apply(revoked(8'000));
  EXPECT_EQ(certificates.standing(presented(), 5'999), Standing::good);
  EXPECT_EQ(certificates.standing(presented(), 6'000), Standing::refused);
  certificates.apply(revoked(0));
  EXPECT_EQ(certificates.standing(presented(), 5'999), Standing::refused);
}

TEST(Certificates, ASecondEntryForTheSameSerialBringsNothingBack) {
  Certificates certificates;
  certificates.apply(issued());
  certificates.apply(revoked(0));
  certificates.apply(issued());
  EXPECT_EQ(certificates.standing(presented(), 5'000), Standing::refused);
}

TEST(Certificates, ARegistryAsksThemAboutTheirPrincipals) {
  Registry registry;
  v1::Entry entry;
  *entry.mutable_body() = issued();
  registry.apply(entry);
  const auto principal = *registry.certificates().principal_of(presented(), 5'000);
  EXPECT_TRUE(registry.current(principal, 5'000));
  EXPECT_FALSE(registry.current(principal, until_ms));
  *entry.mutable_body() = revoked(0);
  registry.apply(entry);
  EXPECT_FALSE(registry.current(principal, 5'000));
}

}  // namespace
}  // namespace noroshi::registry
