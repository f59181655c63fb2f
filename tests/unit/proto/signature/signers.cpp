#include "tests/unit/proto/signature/signers.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

namespace noroshi::signature {
namespace {

namespace fs = std::filesystem;

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free_all(bio); }
};
struct FreeX509 {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;

EVP_PKEY* key_of(Kind kind) {
  switch (kind) {
    case Kind::rsa_1024:
      return EVP_RSA_gen(1024);
    case Kind::rsa_2048:
      return EVP_RSA_gen(2048);
    case Kind::rsa_3072:
      return EVP_RSA_gen(3072);
    case Kind::p256:
      return EVP_EC_gen("P-256");
    case Kind::p384:
      return EVP_EC_gen("P-384");
    case Kind::p521:
      return EVP_EC_gen("P-521");
    case Kind::ed25519:
      return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  }
  return nullptr;
}

std::string text_in(const Bio& bio) {
  char* text = nullptr;
  const auto size = BIO_get_mem_data(bio.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

Pair pair_for(EVP_PKEY* key, std::int64_t from_ms, std::int64_t until_ms) {
  const std::unique_ptr<X509, FreeX509> x509(X509_new());
  X509_set_version(x509.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1);
  ASN1_TIME_set(X509_getm_notBefore(x509.get()), from_ms / 1000);
  ASN1_TIME_set(X509_getm_notAfter(x509.get()), until_ms / 1000);
  X509_set_pubkey(x509.get(), key);
  auto* name = X509_get_subject_name(x509.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>("徳島市"), -1, -1, 0);
  X509_set_issuer_name(x509.get(), name);
  const bool plain = EVP_PKEY_get_base_id(key) != EVP_PKEY_ED25519;
  EXPECT_GT(X509_sign(x509.get(), key, plain ? EVP_sha256() : nullptr), 0);

  const auto memory = [] { return Bio(BIO_new(BIO_s_mem())); };
  const auto key_pem = memory(), certificate_pem = memory(), der = memory(), public_der = memory();
  PEM_write_bio_PrivateKey(key_pem.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  PEM_write_bio_X509(certificate_pem.get(), x509.get());
  i2d_X509_bio(der.get(), x509.get());
  i2d_PUBKEY_bio(public_der.get(), key);
  return {text_in(key_pem), text_in(certificate_pem), text_in(der), text_in(public_der)};
}

class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "noroshi-sign-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string put(const char* name, std::string_view bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return (path_ / name).string();
  }
  [[nodiscard]] std::string get(const char* name) const {
    std::ifstream in(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] std::string file(const char* name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

bool run(const std::string& command) { return std::system(command.c_str()) == 0; }

}  // namespace

Pair make_pair(Kind kind, std::int64_t from_ms, std::int64_t until_ms) {
  const Key key(key_of(kind));
  return pair_for(key.get(), from_ms, until_ms);
}

Pair renewed(const Pair& pair, std::int64_t from_ms, std::int64_t until_ms) {
  const auto key = read_private_key(pair.key_pem);
  return pair_for(key.value().get(), from_ms, until_ms);
}

const Pair& city() {
  static const Pair pair = make_pair(Kind::rsa_2048);
  return pair;
}
const Pair& relay() {
  static const Pair pair = make_pair(Kind::p256);
  return pair;
}
const Pair& foreigner() {
  static const Pair pair = make_pair(Kind::rsa_2048);
  return pair;
}

std::string unsigned_signature(const Form& form) {
  return fmt::format(
      R"(<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"{}><SignedInfo>)"
      R"(<CanonicalizationMethod Algorithm="{}"/><SignatureMethod Algorithm="{}"/>)"
      R"(<Reference {}>{}<DigestMethod Algorithm="{}"/><DigestValue/></Reference>{}</SignedInfo>)"
      R"(<SignatureValue/>{}</Signature>)",
      form.attributes, form.canonicalization, form.method, form.uri, form.transforms, form.digest,
      form.more_references, form.after_value);
}

std::string alert_with(std::string_view signature) {
  return fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>jp-362018-1</identifier>
  <sender>city.tokushima.lg.jp</sender>
  <sent>2026-11-22T09:00:00+09:00</sent>
  <status>Actual</status>
  <msgType>Alert</msgType>
  <scope>Public</scope>
  <info>
    <language>ja-JP</language>
    <category>Safety</category>
    <event>避難指示</event>
    <responseType>Evacuate</responseType>
    <urgency>Immediate</urgency>
    <severity>Severe</severity>
    <certainty>Likely</certainty>
    <senderName>徳島市</senderName>
    <headline>徳島市 避難指示</headline>
    <description>吉野川 &lt;氾濫&gt; &amp; 高潮</description>
    <instruction>全員避難</instruction>
    <parameter><valueName>note</valueName><value>1</value></parameter>
    <area><areaDesc>徳島市</areaDesc><geocode><valueName>LGCode</valueName><value>362018</value></geocode></area>
  </info>
{}</alert>
)",
                     signature);
}

std::string plain_alert() { return alert_with(""); }

std::string signed_by_program(const std::string& document, const Pair& pair,
                              std::string_view more_options) {
  const Folder folder;
  const auto in = folder.put("in.xml", document);
  const auto key = folder.put("key.pem", pair.key_pem);
  folder.put("hmac.key", pair.public_key);
  const auto keys = more_options.empty()
                        ? "--privkey-pem " + key
                        : fmt::format(fmt::runtime(more_options), key, folder.file("hmac.key"));
  const auto log = folder.file("log");
  EXPECT_TRUE(run(fmt::format("xmlsec1 --sign {} --output {} {} > {} 2>&1", keys,
                              folder.file("out.xml"), in, log)))
      << folder.get("log");
  return folder.get("out.xml");
}

std::string signed_by_program(const Form& form, const Pair& pair) {
  return signed_by_program(alert_with(unsigned_signature(form)), pair);
}

bool program_verifies(const std::string& document, const Pair& pair) {
  const Folder folder;
  const auto in = folder.put("in.xml", document);
  const auto certificate = folder.put("cert.pem", pair.certificate_pem);
  return run(
      fmt::format("xmlsec1 --verify --pubkey-cert-pem {} {} > /dev/null 2>&1", certificate, in));
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  if (at != std::string::npos) text.replace(at, what.size(), with);
  return text;
}

}  // namespace noroshi::signature
