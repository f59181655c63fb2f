// Ways to pass something off as signed: each is refused or not verifiable, none is ever verified.
// Signature wrapping after McIntosh and Austel (2005) and Somorovsky and others (2012), as far as
// an enveloped signature over a CAP alert leaves room for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "proto/signature/sign.hpp"
#include "proto/signature/verify.hpp"
#include "tests/unit/proto/signature/signers.hpp"

namespace noroshi::signature {
namespace {

using Outcome = Verdict::Outcome;

const std::string dsig = "http://www.w3.org/2000/09/xmldsig#";
const std::string exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
const std::string inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

struct Attack {
  std::string name;
  std::string document;
  Outcome outcome;
  std::string aspect;
};

Verdict verify_as_city(std::string_view document) {
  const std::vector keys{city().pinned("city"), relay().pinned("relay")};
  return verify(document, std::nullopt, keys, now_ms);
}

void expect_none_succeeds(const std::vector<Attack>& attacks) {
  for (const auto& attack : attacks) {
    const auto verdict = verify_as_city(attack.document);
    EXPECT_EQ(verdict.outcome, attack.outcome) << attack.name << ": " << verdict.aspect;
    EXPECT_EQ(verdict.aspect, attack.aspect) << attack.name << ": " << verdict.value;
    EXPECT_TRUE(verdict.signers.empty()) << attack.name;
  }
}

std::string signed_by(const std::string& document, const Pair& pair) {
  return sign(document, pair.key_pem, pair.certificate_pem, now_ms).value();
}

// From `<Signature` to its end.
std::string signature_in(const std::string& document) {
  const auto begin = document.find("<Signature");
  return document.substr(begin, document.find("</alert>") - begin);
}
std::string without_signature(const std::string& document) {
  return replaced(document, signature_in(document), "");
}
std::string transform(const std::string& algorithm, const std::string& inside = "") {
  return "<Transform Algorithm=\"" + algorithm + "\">" + inside + "</Transform>";
}
std::string transforms(const std::vector<std::string>& each) {
  std::string text = "<Transforms>";
  for (const auto& one : each) text += one;
  return text + "</Transforms>";
}
const std::string enveloped = dsig + "enveloped-signature";

class Attacks : public testing::Test {
 protected:
  const std::string good = signed_by(plain_alert(), city());
  const std::string signature = signature_in(good);
  const std::string other = replaced(plain_alert(), "全員避難", "自宅待機");

  [[nodiscard]] std::string forged(const std::string& signature_text) const {
    return replaced(other, "</alert>", signature_text + "</alert>");
  }
};

TEST_F(Attacks, TheDocumentTheyStartFromIsVerified) {
  EXPECT_EQ(verify_as_city(good).outcome, Outcome::verified);
  EXPECT_EQ(forged(""), other);
}

// The signature stays, the document does not.
TEST_F(Attacks, AChangedDocument) {
  const auto change = [&](std::string_view what, std::string_view with) {
    return replaced(good, what, with);
  };
  expect_none_succeeds({
      {"another value", change("全員避難", "自宅待機"), Outcome::wrong, "changed"},
      {"a signature moved over", forged(signature), Outcome::wrong, "changed"},
      {"one more space in a value", change("<event>", "<event> "), Outcome::wrong, "changed"},
      {"white space between elements", change("<info>", "<info> "), Outcome::wrong, "changed"},
      {"an element less", change("<headline>徳島市 避難指示</headline>", ""), Outcome::wrong,
       "changed"},
      {"an element more",
       change("<area>", "<parameter><valueName>a</valueName><value>b</value></parameter><area>"),
       Outcome::wrong, "changed"},
      {"an element more, in its wrong place", change("<info>", "<note>n</note><info>"),
       Outcome::wrong, "changed"},
      {"another info",
       change("</info>",
              "</info><info><category>Met</category><event>e</event><urgency>Past</"
              "urgency><severity>Minor</severity><certainty>Unlikely</certainty></info>"),
       Outcome::wrong, "changed"},
      {"an instruction inside", change("<info>", "<?x y?><info>"), Outcome::wrong, "changed"},
      {"an instruction after the alert", good + "<?x y?>", Outcome::wrong, "changed"},
      {"a prefix", change("<info>", "<c:info xmlns:c=\"urn:oasis:names:tc:emergency:cap:1.2\">"),
       Outcome::not_verifiable, "content"},  // its end tag has none
      {"an escape more", change("&lt;氾濫&gt;", "&amp;lt;氾濫&amp;gt;"), Outcome::wrong, "changed"},
      {"a namespace put around the values",
       change("<event>避難指示</event>",
              "<c:event xmlns:c=\"urn:oasis:names:tc:emergency:cap:1.2\">避難指示</c:event>"),
       Outcome::wrong, "changed"},
      {"a carriage return kept", change("全員避難", "全員避難&#13;"), Outcome::wrong, "changed"},
      {"xml:base", change("<alert ", "<alert xml:base=\"http://x/\" "), Outcome::not_verifiable,
       "content"},
      {"xml:id", change("<info>", "<info xml:id=\"a\">"), Outcome::not_verifiable, "content"},
      {"xml:space", change("<info>", "<info xml:space=\"preserve\">"), Outcome::not_verifiable,
       "content"},
      {"schemaLocation added",
       change("<alert ",
              "<alert xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
              "xsi:schemaLocation=\"a b\" "),
       Outcome::wrong, "changed"},
  });
}

// Readers that stop at a comment would read another value; entities would let two parsers differ.
TEST_F(Attacks, WhatASignatureDoesNotCover) {
  const auto change = [&](std::string_view what, std::string_view with) {
    return replaced(good, what, with);
  };
  expect_none_succeeds({
      {"a comment that cuts the sender", change("city.tokushima", "city<!-- -->.tokushima"),
       Outcome::not_verifiable, "comment"},
      {"a comment that cuts a code", change("362018</value>", "3620<!---->18</value>"),
       Outcome::not_verifiable, "comment"},
      {"a comment between elements", change("<info>", "<!-- --><info>"), Outcome::not_verifiable,
       "comment"},
      {"a comment in the signature", change("<SignedInfo>", "<!-- --><SignedInfo>"),
       Outcome::not_verifiable, "comment"},
      {"a comment in the digest", change("<DigestValue>", "<DigestValue><!-- -->"),
       Outcome::not_verifiable, "comment"},
      {"an entity",
       replaced(change("全員避難", "&e;"), "<alert",
                "<!DOCTYPE alert [<!ENTITY e \"全員避難\">]><alert"),
       Outcome::not_verifiable, "content"},
      {"a default attribute",
       replaced(good, "<alert", "<!DOCTYPE alert [<!ATTLIST info a CDATA \"b\">]><alert"),
       Outcome::not_verifiable, "content"},
      {"a second alert beside the first", good + plain_alert().substr(plain_alert().find("<alert")),
       Outcome::not_verifiable, "content"},
      {"an alert in the alert",
       change("</alert>", plain_alert().substr(plain_alert().find("<alert")) + "</alert>"),
       Outcome::not_verifiable, "content"},
      {"XInclude",
       change("<info>",
              "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"a\"/><info>"),
       Outcome::not_verifiable, "content"},
  });
}

// The signed alert is carried along somewhere, and another one is shown.
TEST_F(Attacks, Wrapping) {
  const auto whole = good.substr(good.find("<alert"));
  const auto bare = without_signature(whole);
  const auto in_object = [&](const std::string& alert) {
    return replaced(signature, "</Signature>", "<Object>" + alert + "</Object></Signature>");
  };
  const auto with_uri = [&](const std::string& id) {
    return replaced(signature, "URI=\"\"", "URI=\"" + id + "\"");
  };
  const auto close = [&](std::string_view before) {
    return replaced(other, before, signature + std::string(before));
  };
  expect_none_succeeds({
      {"XSW 1: the alert in an Object of its signature", forged(in_object(bare)),
       Outcome::not_verifiable, "shape"},
      {"XSW 2: the signature detached, beside it",
       forged(with_uri("#signed") + "<Object xmlns=\"" + dsig + "\" Id=\"signed\">" + bare +
              "</Object>"),
       Outcome::not_verifiable, "reference"},
      {"XSW 3: the whole signed alert in an Object", forged(in_object(whole)),
       Outcome::not_verifiable, "shape"},
      {"XSW 4: the other alert around the signed one",
       replaced(other, "</alert>", whole + "</alert>"), Outcome::not_verifiable, "content"},
      {"XSW 5: the signature inside the info", close("</info>"), Outcome::not_verifiable,
       "content"},
      {"XSW 6: in a parameter", close("</parameter>"), Outcome::not_verifiable, "content"},
      {"in a value", replaced(other, "<value>1</value>", "<value>" + signature + "</value>"),
       Outcome::not_verifiable, "content"},
      {"XSW 7: the alert in an extension",
       replaced(other, "<info>", "<Extensions>" + bare + "</Extensions><info>"),
       Outcome::not_verifiable, "content"},
      {"XSW 8: the alert in KeyInfo", forged(replaced(signature, "<KeyInfo>", "<KeyInfo>" + bare)),
       Outcome::not_verifiable, "shape"},
      {"the signature first", replaced(other, "<info>", signature + "<info>"),
       Outcome::not_verifiable, "content"},
      {"an Object beside a good signature",
       replaced(good, "</Signature>", "</Signature><Object xmlns=\"" + dsig + "\"/>"),
       Outcome::not_verifiable, "shape"},
      {"an Object in a good signature",
       replaced(good, "</Signature>", "<Object>" + bare + "</Object></Signature>"),
       Outcome::not_verifiable, "shape"},
      {"an empty Object", replaced(good, "</Signature>", "<Object/></Signature>"),
       Outcome::not_verifiable, "shape"},
      {"URI of an id", forged(with_uri("#signed")), Outcome::not_verifiable, "reference"},
      {"URI of the root by XPointer", replaced(good, "URI=\"\"", "URI=\"#xpointer(/)\""),
       Outcome::not_verifiable, "reference"},
      {"URI of a file", replaced(good, "URI=\"\"", "URI=\"file:///etc/passwd\""),
       Outcome::not_verifiable, "reference"},
      {"URI on the net", replaced(good, "URI=\"\"", "URI=\"http://example.jp/\""),
       Outcome::not_verifiable, "reference"},
      {"no URI", replaced(good, "<Reference URI=\"\">", "<Reference>"), Outcome::not_verifiable,
       "shape"},
      {"an id of the reference", replaced(good, "<Reference ", "<Reference Id=\"a\" "),
       Outcome::not_verifiable, "shape"},
      {"a type of the reference",
       replaced(good, "<Reference ", "<Reference Type=\"" + dsig + "Object\" "),
       Outcome::not_verifiable, "shape"},
      {"the same id twice",
       replaced(replaced(good, "<SignedInfo>", "<SignedInfo Id=\"a\">"), "<SignatureValue>",
                "<SignatureValue Id=\"a\">"),
       Outcome::not_verifiable, "shape"},
      {"an id of the signature", replaced(good, "<Signature ", "<Signature Id=\"a\" "),
       Outcome::not_verifiable, "shape"},
  });
}

// The parts of the signature itself.
TEST_F(Attacks, ABrokenSignature) {
  const auto change = [&](std::string_view what, std::string_view with) {
    return replaced(good, what, with);
  };
  const auto cut = [&](const std::string& from, const std::string& to) {
    const auto begin = good.find(from);
    return good.substr(0, begin) + good.substr(good.find(to) + to.size());
  };
  const auto reference =
      good.substr(good.find("<Reference"), good.find("</SignedInfo>") - good.find("<Reference"));
  const auto info = good.substr(good.find("<SignedInfo"),
                                good.find("<SignatureValue") - good.find("<SignedInfo"));
  expect_none_succeeds({
      {"no references", cut("<Reference", "</Reference>"), Outcome::not_verifiable, "shape"},
      {"the reference twice", change("</SignedInfo>", reference + "</SignedInfo>"),
       Outcome::not_verifiable, "shape"},
      {"no SignedInfo", cut("<SignedInfo>", "</SignedInfo>"), Outcome::not_verifiable, "shape"},
      {"SignedInfo twice", change("<SignatureValue>", info + "<SignatureValue>"),
       Outcome::not_verifiable, "shape"},
      {"no value", cut("<SignatureValue>", "</SignatureValue>"), Outcome::not_verifiable, "shape"},
      {"an empty value",
       cut("<SignatureValue>", "</SignatureValue>")
           .insert(good.find("<SignatureValue>"), "<SignatureValue/>"),
       Outcome::not_verifiable, "shape"},
      {"the value twice", change("<KeyInfo>", "<SignatureValue>AA==</SignatureValue><KeyInfo>"),
       Outcome::not_verifiable, "shape"},
      {"a value that is no base64", change("<SignatureValue>", "<SignatureValue>!"), Outcome::wrong,
       "foreign"},
      {"another value", change("<SignatureValue>", "<SignatureValue>AAAA"), Outcome::wrong,
       "foreign"},
      {"another digest", change("<DigestValue>", "<DigestValue>AAAA"), Outcome::wrong, "changed"},
      {"a digest in CDATA", change("<DigestValue>", "<DigestValue><![CDATA[]]>"),
       Outcome::not_verifiable, "shape"},
      {"an instruction in the signature", change("<SignedInfo>", "<?x y?><SignedInfo>"),
       Outcome::not_verifiable, "shape"},
      {"text in the signature", change("<SignedInfo>", "text<SignedInfo>"), Outcome::not_verifiable,
       "shape"},
      {"the algorithm of another namespace",
       change("<SignatureMethod ", "<SignatureMethod xmlns:a=\"" + dsig + "\" a:Algorithm=\"x\" "),
       Outcome::not_verifiable, "shape"},
      {"a part in another namespace", change("<SignedInfo>", "<SignedInfo xmlns=\"urn:x\">"),
       Outcome::not_verifiable, "shape"},
      {"a child of the method",
       change("rsa-sha256\"/>",
              "rsa-sha256\"><HMACOutputLength>0</HMACOutputLength></SignatureMethod>"),
       Outcome::not_verifiable, "shape"},
      {"prefixes of SignedInfo changed",
       change("Algorithm=\"" + exclusive + "\"/><SignatureMethod",
              "Algorithm=\"" + exclusive + "\"><c:InclusiveNamespaces xmlns:c=\"" + exclusive +
                  "\" PrefixList=\"a\"/></CanonicalizationMethod><SignatureMethod"),
       Outcome::not_verifiable, "shape"},
      {"white space in SignedInfo", change("<SignedInfo>", "<SignedInfo> "), Outcome::wrong,
       "foreign"},
      {"an empty signature",
       replaced(plain_alert(), "</alert>", "<Signature xmlns=\"" + dsig + "\"/></alert>"),
       Outcome::not_verifiable, "shape"},
      {"another element of xmldsig",
       replaced(plain_alert(), "</alert>", "<KeyInfo xmlns=\"" + dsig + "\"/></alert>"),
       Outcome::not_verifiable, "shape"},
      {"65 namespaces",
       replaced(good, "<alert ",
                [] {
                  std::string declarations = "<alert ";
                  for (int i = 0; i < 65; ++i)
                    declarations +=
                        "xmlns:n" + std::to_string(i) + "=\"urn:" + std::to_string(i) + "\" ";
                  return declarations;
                }()),
       Outcome::not_verifiable, "namespaces"},
  });
}

// Signed properly by the city's own key, as another program does it, but in another form.
TEST_F(Attacks, AnotherForm) {
  const std::string xpath = "http://www.w3.org/TR/1999/REC-xpath-19991116";
  const std::string xslt = "http://www.w3.org/TR/1999/REC-xslt-19991116";
  const auto by_program = [](const Form& form) { return signed_by_program(form); };
  const auto narrow = [&](std::vector<std::string> each) {
    return by_program({.transforms = transforms(each)});
  };
  const auto plain = transform(enveloped);
  const auto c14n = transform(exclusive);
  const auto everything = transform(xpath,
                                    "<XPath "
                                    "xmlns:c=\"urn:oasis:names:tc:emergency:cap:1.2\">not(ancestor-"
                                    "or-self::c:instruction)</XPath>");
  const std::vector<Attack> attacks{
      {"no transforms but the enveloped one", narrow({plain}), Outcome::not_verifiable, "shape"},
      {"the other way round",
       replaced(replaced(replaced(good, enveloped, "@@"), exclusive + "\"/></Transforms",
                         enveloped + "\"/></Transforms"),
                "@@", exclusive),
       Outcome::not_verifiable, "algorithm"},
      {"one twice", narrow({plain, c14n, c14n}), Outcome::not_verifiable, "shape"},
      {"XPath that leaves out the instruction", narrow({plain, everything, c14n}),
       Outcome::not_verifiable, "shape"},
      {"XPath in place of the canonical form", narrow({plain, everything}), Outcome::not_verifiable,
       "algorithm"},
      {"with comments", narrow({plain, transform(exclusive + "WithComments")}),
       Outcome::not_verifiable, "algorithm"},
      {"inclusive", narrow({plain, transform(inclusive)}), Outcome::not_verifiable, "algorithm"},
      {"with a list of prefixes",
       narrow({plain, transform(exclusive, "<InclusiveNamespaces xmlns=\"" + exclusive +
                                               "\" PrefixList=\"#default\"/>")}),
       Outcome::not_verifiable, "shape"},
      {"base64", replaced(good, exclusive + "\"/></Transforms", dsig + "base64\"/></Transforms"),
       Outcome::not_verifiable, "algorithm"},
      {"XSLT",
       narrow({plain, transform(xslt,
                                "<xsl:stylesheet version=\"1.0\" "
                                "xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"><xsl:template "
                                "match=\"/\"><a/></xsl:template></xsl:stylesheet>")}),
       Outcome::not_verifiable, "algorithm"},
      {"SignedInfo inclusive", by_program({.canonicalization = inclusive}), Outcome::not_verifiable,
       "algorithm"},
      {"SignedInfo with comments", by_program({.canonicalization = exclusive + "WithComments"}),
       Outcome::not_verifiable, "algorithm"},
      {"RSA with SHA-1", by_program({.method = dsig + "rsa-sha1"}), Outcome::not_verifiable,
       "algorithm"},
      {"RSA with MD5", by_program({.method = "http://www.w3.org/2001/04/xmldsig-more#rsa-md5"}),
       Outcome::not_verifiable, "algorithm"},
      {"RSA with SHA-224",
       by_program({.method = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha224"}),
       Outcome::not_verifiable, "algorithm"},
      {"ECDSA with SHA-1",
       signed_by_program(Form{.method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1"},
                         relay()),
       Outcome::not_verifiable, "algorithm"},
      {"digest SHA-1", by_program({.digest = dsig + "sha1"}), Outcome::not_verifiable, "algorithm"},
      {"digest MD5", by_program({.digest = "http://www.w3.org/2001/04/xmldsig-more#md5"}),
       Outcome::not_verifiable, "algorithm"},
      {"HMAC with the public key as its secret",
       signed_by_program(alert_with(unsigned_signature(
                             {.method = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"})),
                         city(), "--hmackey {1}"),
       Outcome::not_verifiable, "algorithm"},
      {"a second reference, to an Object",
       by_program(
           {.more_references =
                "<Reference URI=\"#o\"><DigestMethod "
                "Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><DigestValue/></Reference>",
            .after_value = "<Object Id=\"o\">text</Object>"}),
       Outcome::not_verifiable, "shape"},
      {"only an Object",
       by_program({.uri = "URI=\"#o\"",
                   .transforms = "",
                   .after_value = "<Object Id=\"o\">text</Object>"}),
       Outcome::not_verifiable, "reference"},
      {"a key out of the pinned kinds", signed_by_program(Form{}, foreigner()), Outcome::wrong,
       "foreign"},
      {"a foreign key, its certificate in KeyInfo", signed_by(plain_alert(), foreigner()),
       Outcome::wrong, "foreign"},
      {"a foreign key with the city's certificate in KeyInfo",
       [&] {
         const auto foreign = signed_by(plain_alert(), foreigner());
         const auto part = [](const std::string& text) {
           const auto begin = text.find("<KeyInfo>");
           return text.substr(begin, text.find("</KeyInfo>") - begin);
         };
         return replaced(foreign, part(foreign), part(good));
       }(),
       Outcome::wrong, "foreign"},
      {"an EC key under an RSA method",
       replaced(signed_by(plain_alert(), relay()), "ecdsa-sha256", "rsa-sha256"), Outcome::wrong,
       "foreign"},
      {"the digest method changed",
       replaced(good, "xmlenc#sha256\"/><DigestValue", "xmlenc#sha512\"/><DigestValue"),
       Outcome::wrong, "changed"},
      {"the signature method changed", replaced(good, "rsa-sha256", "rsa-sha512"), Outcome::wrong,
       "foreign"},
  };
  expect_none_succeeds(attacks);
}

// A key too weak to be pinned signs for nobody, even where it was pinned by mistake.
TEST_F(Attacks, KeysThatAreNone) {
  for (const auto kind : {Kind::rsa_1024, Kind::p521, Kind::ed25519}) {
    const auto pair = make_pair(kind);
    EXPECT_EQ(read_certificate(pair.certificate).error().detail, "key");
    const std::vector keys{pair.pinned("weak")};
    const auto document = kind == Kind::rsa_1024 ? signed_by_program(Form{}, pair) : good;
    EXPECT_EQ(verify(document, std::nullopt, keys, now_ms).outcome, Outcome::wrong);
  }
}

TEST_F(Attacks, MoreThanOneSignature) {
  const auto twice = signed_by(good, relay());
  const auto second = signature_in(twice).substr(signature.size());
  const auto first_of = [&](const std::string& document) {
    return replaced(document, signature, "");
  };
  // The aggregator's over the document with the issuer's in it, as plain enveloped signatures do.
  const Form by_relay{.method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"};
  const auto over_both = [&](bool issuer_first) {
    const auto mine = unsigned_signature(by_relay);
    return signed_by_program(
        replaced(good, signature, issuer_first ? signature + mine : mine + signature), relay(),
        issuer_first ? "--privkey-pem {0} --node-xpath '/*/*[local-name()=\"Signature\"][2]'" : "");
  };
  const auto verified = [](const std::string& document) {
    return verify_as_city(document).outcome == Outcome::verified;
  };
  EXPECT_TRUE(verified(twice));
  EXPECT_TRUE(verified(first_of(twice)));
  expect_none_succeeds({
      {"three", replaced(twice, "</alert>", second + "</alert>"), Outcome::not_verifiable, "many"},
      {"the same twice", replaced(good, "</alert>", signature + "</alert>"), Outcome::wrong,
       "same-key"},
      {"one in the other", replaced(good, "</Signature>", second + "</Signature>"),
       Outcome::not_verifiable, "shape"},
      {"an element between them", replaced(twice, second, "<note>n</note>" + second),
       Outcome::not_verifiable, "content"},
      {"text between them", replaced(twice, second, "text" + second), Outcome::not_verifiable,
       "content"},
      {"white space between them", replaced(twice, second, " " + second), Outcome::wrong,
       "changed"},
      {"the second over the first", over_both(true), Outcome::wrong, "changed"},
      {"the first over the second", over_both(false), Outcome::wrong, "changed"},
      {"the issuer's broken", replaced(twice, "<SignatureValue>", "<SignatureValue>AAAA"),
       Outcome::wrong, "foreign"},
      {"a foreign one behind", signed_by(good, foreigner()), Outcome::wrong, "foreign"},
      {"a foreign one in front", signed_by(signed_by(plain_alert(), foreigner()), city()),
       Outcome::wrong, "foreign"},
      {"the document changed under both", replaced(twice, "全員避難", "自宅待機"), Outcome::wrong,
       "changed"},
  });
}

TEST_F(Attacks, OtherCharsets) {
  const auto ascii = [&](std::string_view charset) {
    std::string text;
    for (const char c : plain_alert())
      if (static_cast<unsigned char>(c) < 0x80) text += c;
    for (const char* name : {"event", "senderName", "instruction", "areaDesc"})
      text = replaced(text, "<" + std::string(name) + "><", "<" + std::string(name) + ">text<");
    return replaced(signed_by(text, city()), "UTF-8", charset);
  };
  expect_none_succeeds({
      {"Shift_JIS", ascii("Shift_JIS"), Outcome::not_verifiable, "charset"},
      {"EUC-JP", ascii("euc-jp"), Outcome::not_verifiable, "charset"},
      {"ISO-8859-1", ascii("ISO-8859-1"), Outcome::not_verifiable, "charset"},
      {"UTF-7", ascii("UTF-7"), Outcome::not_verifiable, "content"},
      {"UTF-16 that is none", ascii("UTF-16"), Outcome::not_verifiable, "content"},
  });
}

}  // namespace
}  // namespace noroshi::signature
