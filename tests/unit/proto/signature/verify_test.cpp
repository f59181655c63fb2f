// What is verified: each algorithm, one signature and two, and until when.
#include "proto/signature/verify.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "proto/signature/sign.hpp"
#include "tests/unit/proto/signature/signers.hpp"

namespace noroshi::signature {
namespace {

using Outcome = Verdict::Outcome;
using testing::ElementsAre;

Verdict verify_with(std::string_view document, std::vector<PinnedKey> keys,
                    std::int64_t at_ms = now_ms) {
  return verify(document, std::nullopt, keys, at_ms);
}

std::vector<std::string> names(const Verdict& verdict) {
  std::vector<std::string> names;
  for (const auto& signer : verdict.signers) names.push_back(signer.key.name);
  return names;
}

std::string signed_by(const std::string& document, const Pair& pair) {
  const auto text = sign(document, pair.key_pem, pair.certificate_pem, now_ms);
  EXPECT_TRUE(text) << text.error().detail;
  return text.value_or("");
}

TEST(Verify, ADocumentWithoutSignatureIsNotSigned) {
  EXPECT_EQ(verify_with(plain_alert(), {city().pinned("city")}), Verdict{});
}

TEST(Verify, EveryAlgorithmOfTheFormByAnotherProgram) {
  const std::string more = "http://www.w3.org/2001/04/xmldsig-more#";
  const std::string enc = "http://www.w3.org/2001/04/xmlenc#";
  const auto rsa_3072 = make_pair(Kind::rsa_3072);
  const auto p384 = make_pair(Kind::p384);
  struct Case {
    const char* name;
    const Pair* pair;
    std::string method, digest;
  };
  const Case cases[] = {
      {"rsa-sha256", &city(), more + "rsa-sha256", enc + "sha256"},
      {"rsa-sha384", &city(), more + "rsa-sha384", more + "sha384"},
      {"rsa-sha512", &city(), more + "rsa-sha512", enc + "sha512"},
      {"rsa 3072", &rsa_3072, more + "rsa-sha256", enc + "sha512"},
      {"P-256 sha256", &relay(), more + "ecdsa-sha256", enc + "sha256"},
      {"P-256 sha384", &relay(), more + "ecdsa-sha384", enc + "sha256"},
      {"P-256 sha512", &relay(), more + "ecdsa-sha512", enc + "sha256"},
      {"P-384 sha256", &p384, more + "ecdsa-sha256", more + "sha384"},
      {"P-384 sha384", &p384, more + "ecdsa-sha384", more + "sha384"},
      {"P-384 sha512", &p384, more + "ecdsa-sha512", enc + "sha512"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const auto document = signed_by_program(Form{.method = c.method, .digest = c.digest}, *c.pair);
    const auto verdict = verify_with(document, {c.pair->pinned("key")});
    EXPECT_EQ(verdict.outcome, Outcome::verified) << verdict.aspect;
    EXPECT_THAT(names(verdict), ElementsAre("key"));
    EXPECT_EQ(
        verify_with(replaced(document, "全員避難", "自宅待機"), {c.pair->pinned("key")}).outcome,
        Outcome::wrong);
  }
}

TEST(Verify, TheKeyIsFoundAmongThosePinned) {
  const auto document = signed_by(plain_alert(), city());
  const auto verdict =
      verify_with(document, {foreigner().pinned("a"), relay().pinned("b"), city().pinned("c")});
  EXPECT_EQ(verdict.outcome, Outcome::verified);
  EXPECT_THAT(names(verdict), ElementsAre("c"));
}

TEST(Verify, WithoutThatKeyItIsNobodysSignature) {
  const auto document = signed_by(plain_alert(), city());
  for (const auto& keys : {std::vector<PinnedKey>{},
                           {foreigner().pinned("a")},
                           {relay().pinned("b")},
                           {PinnedKey{"c", "not a certificate"}}}) {
    const auto verdict = verify_with(document, keys);
    EXPECT_EQ(verdict.outcome, Outcome::wrong);
    EXPECT_EQ(verdict.aspect, "foreign");
    EXPECT_EQ(verdict.place.line, 24u);
    EXPECT_EQ(verdict.place.column, 1u);
  }
}

TEST(Verify, OnlyTheFirstEightKeysAreTried) {
  const auto document = signed_by(plain_alert(), city());
  std::vector<PinnedKey> keys(keys_max, foreigner().pinned("other"));
  keys.back() = city().pinned("eighth");
  EXPECT_THAT(names(verify_with(document, keys)), ElementsAre("eighth"));
  keys.insert(keys.begin(), foreigner().pinned("one more"));
  EXPECT_EQ(verify_with(document, keys).outcome, Outcome::wrong);
}

TEST(Verify, ACertificateCountsWhileItIsGood) {
  const auto pair = make_pair(Kind::p256, now_ms, now_ms + day_ms);
  const auto document = signed_by(plain_alert(), pair);
  const std::vector keys{pair.pinned("key")};
  const auto at = [&](std::int64_t ms) { return verify_with(document, keys, ms); };
  EXPECT_EQ(at(now_ms - 1).aspect, "not-yet");
  EXPECT_EQ(at(now_ms).outcome, Outcome::verified);
  EXPECT_EQ(at(now_ms + day_ms).outcome, Outcome::verified);
  EXPECT_EQ(at(now_ms + day_ms + 1).aspect, "expired");
  EXPECT_EQ(at(now_ms + day_ms + 1).value, "key");
  EXPECT_EQ(at(now_ms + day_ms + 1).outcome, Outcome::wrong);
}

TEST(Verify, ARenewedCertificateOfTheSameKeyCountsBesideTheOldOne) {
  const auto& old = relay();
  const auto fresh = renewed(old, now_ms, now_ms + 10 * day_ms);
  const auto document = signed_by(plain_alert(), old);
  const auto verdict =
      verify_with(document, {old.pinned("old"), fresh.pinned("new")}, now_ms + 5 * day_ms);
  EXPECT_THAT(names(verdict), ElementsAre("new"));
}

TEST(Verify, IssuerAndAggregatorAreNamedAsTheyStand) {
  const auto once = signed_by(plain_alert(), city());
  const auto twice = signed_by(once, relay());
  const std::vector keys{relay().pinned("relay"), city().pinned("city")};
  EXPECT_THAT(names(verify_with(once, keys)), ElementsAre("city"));
  EXPECT_THAT(names(verify_with(twice, keys)), ElementsAre("city", "relay"));
  const auto other_way = signed_by(signed_by(plain_alert(), relay()), city());
  EXPECT_THAT(names(verify_with(other_way, keys)), ElementsAre("relay", "city"));
}

TEST(Verify, OfTwoSignaturesEachMustBeGood) {
  const auto twice = signed_by(signed_by(plain_alert(), city()), relay());
  const auto only_city = verify_with(twice, {city().pinned("city")});
  EXPECT_EQ(only_city.outcome, Outcome::wrong);
  EXPECT_EQ(only_city.number, 2u);
  const auto only_relay = verify_with(twice, {relay().pinned("relay")});
  EXPECT_EQ(only_relay.outcome, Outcome::wrong);
  EXPECT_EQ(only_relay.number, 1u);
}

TEST(Verify, TwoSignaturesByOneKeyAreNotTwoSigners) {
  const auto twice = signed_by(signed_by(plain_alert(), city()), city());
  const auto verdict = verify_with(twice, {city().pinned("city")});
  EXPECT_EQ(verdict.outcome, Outcome::wrong);
  EXPECT_EQ(verdict.rule, "cap.R081");
  EXPECT_EQ(verdict.aspect, "same-key");
}

// Another way of writing the same document is the same document, and reads the same.
TEST(Verify, WhatOnlyLooksDifferentIsStillSigned) {
  const auto document = signed_by(
      replaced(plain_alert(), "<alert ", R"(<alert xmlns:b="urn:b" xmlns:a="urn:a" )"), city());
  struct Case {
    const char* name;
    std::string document;
  };
  std::string dos = document;
  for (auto at = dos.find('\n'); at != std::string::npos; at = dos.find('\n', at + 2))
    dos.insert(at, "\r");
  const Case cases[] = {
      {"CRLF", dos},
      {"byte order mark", "\xEF\xBB\xBF" + document},
      {"without declaration", document.substr(document.find("<alert"))},
      {"CDATA", replaced(document, "全員避難", "<![CDATA[全員避難]]>")},
      {"a value in two pieces", replaced(document, "全員避難", "全員<![CDATA[避難]]>")},
      {"character references", replaced(document, "jp-362018-1", "jp-36201&#56;-1")},
      {"namespaces in another order", replaced(document, R"(xmlns:b="urn:b" xmlns:a="urn:a")",
                                               R"(xmlns:a="urn:a" xmlns:b="urn:b")")},
      {"a namespace nobody uses", replaced(document, "<info>", R"(<info xmlns:c="urn:c">)")},
      {"white space in tags", replaced(document, "<info>", "<info\n >")},
      {"white space at the end", document + "\n \n"},
      {"a comment before the alert", replaced(document, "<alert", "<!-- made by --><alert")},
      {"a comment after it", document + "<!-- end -->"},
      {"a KeyInfo of somebody else",
       replaced(document, "<KeyInfo>", "<KeyInfo><KeyName>somebody</KeyName>")},
      {"without KeyInfo", document.substr(0, document.find("<KeyInfo>")) +
                              document.substr(document.find("</Signature>"))},
  };
  for (const auto& c : cases) {
    const auto verdict = verify_with(c.document, {city().pinned("city")});
    EXPECT_EQ(verdict.outcome, Outcome::verified) << c.name << ": " << verdict.aspect;
  }
}

TEST(Verify, Utf16IsAsGood) {
  const auto text = replaced(signed_by(plain_alert(), city()), "UTF-8", "UTF-16");
  std::u16string wide;
  for (std::size_t i = 0; i < text.size();) {  // the sample stays in the basic plane
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t more = byte < 0x80 ? 0 : byte < 0xE0 ? 1 : 2;
    char32_t c = more == 0 ? byte : more == 1 ? byte & 0x1Fu : byte & 0x0Fu;
    for (std::size_t j = 1; j <= more; ++j)
      c = c << 6 | (static_cast<unsigned char>(text[i + j]) & 0x3Fu);
    wide += static_cast<char16_t>(c);
    i += more + 1;
  }
  std::string bytes = "\xFF\xFE";
  for (const char16_t c : wide) {
    bytes += static_cast<char>(c & 0xFF);
    bytes += static_cast<char>(c >> 8);
  }
  const auto verdict = verify_with(bytes, {city().pinned("city")});
  EXPECT_EQ(verdict.outcome, Outcome::verified) << verdict.aspect << " " << verdict.value;
}

}  // namespace
}  // namespace noroshi::signature
