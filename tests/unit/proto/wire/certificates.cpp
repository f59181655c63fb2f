#include "tests/unit/proto/wire/certificates.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

#include <cstdio>
#include <stdexcept>

namespace noroshi::wire::testing {
namespace {

using Key = std::shared_ptr<EVP_PKEY>;
using Certificate = std::shared_ptr<X509>;

constexpr long a_day_in_seconds = 24L * 60 * 60;

void require(bool worked, const char* what) {
  if (!worked) throw std::runtime_error(what);
}

Key make_key() {
  Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), EVP_PKEY_free);
  require(key != nullptr, "no key");
  return key;
}

void extend(X509* certificate, X509* issuer, int extension, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* made = X509V3_EXT_conf_nid(nullptr, &context, extension, value.c_str());
  require(made != nullptr, value.c_str());
  X509_add_ext(certificate, made, -1);
  X509_EXTENSION_free(made);
}

Certificate unsigned_certificate(const std::string& name, const Key& key, long serial) {
  Certificate certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), a_day_in_seconds);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_pubkey(certificate.get(), key.get());
  return certificate;
}

void sign(const Certificate& certificate, X509* issuer, const Key& key) {
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
  require(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0, "not signed");
}

Pem save(const std::filesystem::path& directory, const std::string& name, const Key& key,
         const Certificate& certificate) {
  const Pem files{directory / (name + ".pem"), directory / (name + ".key")};
  std::FILE* file = std::fopen(files.certificate.c_str(), "w");
  require(file != nullptr && PEM_write_X509(file, certificate.get()) == 1, "not saved");
  std::fclose(file);
  file = std::fopen(files.key.c_str(), "w");
  require(file != nullptr &&
              PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
          "not saved");
  std::fclose(file);
  return files;
}

}  // namespace

ScratchDirectory::ScratchDirectory() {
  std::string pattern = (std::filesystem::temp_directory_path() / "noroshi-XXXXXX").string();
  require(::mkdtemp(pattern.data()) != nullptr, "no directory");
  path_ = pattern;
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Authority::Authority(const std::filesystem::path& directory, const std::string& name)
    : directory_(directory), key_(make_key()), certificate_(unsigned_certificate(name, key_, 1)) {
  extend(certificate_.get(), certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
  extend(certificate_.get(), certificate_.get(), NID_key_usage, "critical,keyCertSign");
  sign(certificate_, certificate_.get(), key_);
  files_ = save(directory_, name, key_, certificate_);
}

Pem Authority::issue(const std::string& name, const std::string& alternative_names) const {
  const Key key = make_key();
  const Certificate certificate = unsigned_certificate(name, key, 2);
  extend(certificate.get(), certificate_.get(), NID_subject_alt_name, alternative_names);
  extend(certificate.get(), certificate_.get(), NID_ext_key_usage, "serverAuth");
  sign(certificate, certificate_.get(), key_);
  return save(directory_, name, key, certificate);
}

}  // namespace noroshi::wire::testing
