#include "proto/signature/sign.hpp"

#include <gtest/gtest.h>

#include "proto/signature/verify.hpp"
#include "tests/unit/proto/signature/signers.hpp"

namespace noroshi::signature {
namespace {

Result<std::string> signed_by(const std::string& document, const Pair& pair,
                              std::int64_t at_ms = now_ms) {
  return sign(document, pair.key_pem, pair.certificate_pem, at_ms);
}

// What another program finds good is not only good to us.
TEST(Sign, AnotherProgramVerifiesIt) {
  const auto p384 = make_pair(Kind::p384);
  for (const auto* pair : {&city(), &relay(), static_cast<const Pair*>(&p384)}) {
    const auto document = signed_by(plain_alert(), *pair);
    ASSERT_TRUE(document) << document.error().detail;
    EXPECT_TRUE(program_verifies(*document, *pair));
    EXPECT_FALSE(program_verifies(*document, foreigner()));
    EXPECT_FALSE(program_verifies(replaced(*document, "全員避難", "自宅待機"), *pair));
  }
}

TEST(Sign, NoOtherByteChanges) {
  std::string document = "\xEF\xBB\xBF" + plain_alert();
  for (auto at = document.find('\n'); at != std::string::npos; at = document.find('\n', at + 2))
    document.insert(at, "\r");
  const auto made = signed_by(document, city());
  ASSERT_TRUE(made);
  const auto begin = made->find("<Signature");
  EXPECT_EQ(made->substr(0, begin), document.substr(0, begin));
  EXPECT_EQ(made->substr(made->find("</alert>")), document.substr(begin));
  const std::vector keys{city().pinned("city")};
  EXPECT_EQ(verify(*made, std::nullopt, keys, now_ms).outcome, Verdict::Outcome::verified);
}

TEST(Sign, APrefixedAlertCanBeSigned) {
  std::string text = plain_alert();
  for (std::size_t at = text.find('<', text.find("<alert")); at != std::string::npos;
       at = text.find('<', at + 1))
    text.insert(text[at + 1] == '/' ? at + 2 : at + 1, "cap:");
  text = replaced(text, "xmlns=", "xmlns:cap=");
  const auto made = signed_by(text, relay());
  ASSERT_TRUE(made) << made.error().detail;
  const std::vector keys{relay().pinned("relay")};
  EXPECT_EQ(verify(*made, std::nullopt, keys, now_ms).outcome, Verdict::Outcome::verified);
}

TEST(Sign, WhatIsRefused) {
  const auto once = signed_by(plain_alert(), city()).value();
  const auto twice = signed_by(once, relay()).value();
  const auto weak = make_pair(Kind::rsa_1024);
  const auto& good = city();
  const auto text = plain_alert();
  struct Case {
    const char* name;
    std::string document, key, certificate;
    std::int64_t at_ms;
    const char* detail;
  };
  const Case cases[] = {
      {"no alert", "<a/>", good.key_pem, good.certificate_pem, now_ms, "invalid"},
      {"a rule broken", replaced(text, "Actual", "actual"), good.key_pem, good.certificate_pem,
       now_ms, "invalid"},
      {"two signatures", twice, good.key_pem, good.certificate_pem, now_ms, "full"},
      {"Latin-1", replaced(text, "UTF-8", "ISO-8859-1"), good.key_pem, good.certificate_pem, now_ms,
       "charset"},
      {"a comment after the alert", text + "<!-- </alert> -->", good.key_pem, good.certificate_pem,
       now_ms, "end"},
      {"a comment that ends like one", text + "<!-- </alert-->", good.key_pem, good.certificate_pem,
       now_ms, "end"},
      {"an instruction after it", text + "<?x </alert?>", good.key_pem, good.certificate_pem,
       now_ms, "end"},
      {"a comment inside", replaced(text, "<info>", "<info><!-- -->"), good.key_pem,
       good.certificate_pem, now_ms, "comment"},
      {"no key", text, "", good.certificate_pem, now_ms, "key"},
      {"a certificate as the key", text, good.certificate_pem, good.certificate_pem, now_ms, "key"},
      {"a weak key", text, weak.key_pem, weak.certificate_pem, now_ms, "key"},
      {"no certificate", text, good.key_pem, good.key_pem, now_ms, "certificate"},
      {"another's certificate", text, good.key_pem, relay().certificate_pem, now_ms, "mismatch"},
      {"expired", text, good.key_pem, good.certificate_pem, now_ms + 2 * day_ms, "expired"},
      {"not yet", text, good.key_pem, good.certificate_pem, now_ms - 2 * day_ms, "not-yet"},
  };
  for (const auto& c : cases) {
    const auto made = sign(c.document, c.key, c.certificate, c.at_ms);
    ASSERT_FALSE(made) << c.name;
    EXPECT_EQ(made.error().detail, c.detail) << c.name;
    EXPECT_EQ(made.error().code, ErrorCode::refused) << c.name;
  }
}

TEST(Certificate, SaysWhoseItIsAndUntilWhen) {
  const auto read = read_certificate(relay().certificate_pem);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->der, relay().certificate);
  EXPECT_EQ(read->subject, "CN=徳島市");
  EXPECT_EQ(read->algorithm, "P-256");
  EXPECT_EQ(read->from_ms, now_ms - day_ms);
  EXPECT_EQ(read->until_ms, now_ms + day_ms);
  EXPECT_EQ(read_certificate(city().certificate)->algorithm, "RSA 2048");
  for (const std::string bytes :
       {"", "text", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----"})
    EXPECT_EQ(read_certificate(bytes).error().detail, "pem") << bytes;
}

}  // namespace
}  // namespace noroshi::signature
