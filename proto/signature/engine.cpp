#include "proto/signature/engine.hpp"

#include <xmlsec/xmlsec.h>  // before its other headers, which need it

#include <libxml/parser.h>
#include <openssl/err.h>
#include <xmlsec/errors.h>
#include <xmlsec/openssl/crypto.h>
#include <xmlsec/openssl/evp.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmltree.h>

#include <cassert>
#include <memory>
#include <new>

namespace noroshi::signature {
namespace {

void say_nothing(const char*, int, const char*, const char*, const char*, int, const char*) {}

bool set_up() {
  xmlInitParser();
  const bool crypto = xmlSecInit() == 0 && xmlSecOpenSSLInit() == 0;
  xmlSecErrorsSetCallback(say_nothing);  // each of the two sets its own, which prints to stderr
  ERR_clear_error();
  return crypto;
}

struct FreeContext {
  void operator()(xmlSecDSigCtx* context) const { xmlSecDSigCtxDestroy(context); }
};
using Context = std::unique_ptr<xmlSecDSigCtx, FreeContext>;

xmlSecKey* adopt(EVP_PKEY& key) {
  xmlSecKey* adopted = xmlSecKeyCreate();
  if (adopted == nullptr) throw std::bad_alloc();
  EVP_PKEY_up_ref(&key);
  xmlSecKeyData* data = xmlSecOpenSSLEvpKeyAdopt(&key);
  assert(data != nullptr);  // keys.cpp has seen what kind it is
  const int taken = xmlSecKeySetValue(adopted, data);
  assert(taken == 0);
  static_cast<void>(taken);
  return adopted;
}

void allow_narrow_form(xmlSecDSigCtx& context) {
  context.enabledReferenceUris = xmlSecTransformUriTypeEmpty;
  context.flags |=
      XMLSEC_DSIG_FLAGS_IGNORE_MANIFESTS | XMLSEC_DSIG_FLAGS_STORE_SIGNEDINFO_REFERENCES;
  bool allowed = true;
  const auto for_signature = [&](xmlSecTransformId id) {
    allowed = allowed && xmlSecDSigCtxEnableSignatureTransform(&context, id) == 0;
  };
  const auto for_reference = [&](xmlSecTransformId id) {
    allowed = allowed && xmlSecDSigCtxEnableReferenceTransform(&context, id) == 0;
  };
  for_signature(xmlSecTransformExclC14NId);
  for_signature(xmlSecOpenSSLTransformRsaSha256Id);
  for_signature(xmlSecOpenSSLTransformRsaSha384Id);
  for_signature(xmlSecOpenSSLTransformRsaSha512Id);
  for_signature(xmlSecOpenSSLTransformEcdsaSha256Id);
  for_signature(xmlSecOpenSSLTransformEcdsaSha384Id);
  for_signature(xmlSecOpenSSLTransformEcdsaSha512Id);
  for_reference(xmlSecTransformEnvelopedId);
  for_reference(xmlSecTransformExclC14NId);
  for_reference(xmlSecOpenSSLTransformSha256Id);
  for_reference(xmlSecOpenSSLTransformSha384Id);
  for_reference(xmlSecOpenSSLTransformSha512Id);
  if (!allowed) throw std::bad_alloc();
}

Context context_with(EVP_PKEY& key) {
  static const bool ready = set_up();
  assert(ready);
  static_cast<void>(ready);
  Context context(xmlSecDSigCtxCreate(nullptr));
  if (!context) throw std::bad_alloc();
  allow_narrow_form(*context);
  context->signKey = adopt(key);
  return context;
}

// The only reference, when it was read.
xmlSecDSigReferenceCtx* reference_of(xmlSecDSigCtx& context) {
  if (xmlSecPtrListGetSize(&context.signedInfoReferences) != 1) return nullptr;
  return static_cast<xmlSecDSigReferenceCtx*>(
      xmlSecPtrListGetItem(&context.signedInfoReferences, 0));
}

std::string text_of(xmlSecBuffer& buffer) {
  const auto* bytes = reinterpret_cast<const char*>(xmlSecBufferGetData(&buffer));
  return bytes == nullptr ? std::string() : std::string(bytes, xmlSecBufferGetSize(&buffer));
}

std::string content_of(xmlNode& parent, const char* name) {
  auto* node = xmlSecFindNode(&parent, reinterpret_cast<const xmlChar*>(name), xmlSecDSigNs);
  xmlChar* content = node == nullptr ? nullptr : xmlNodeGetContent(node);
  std::string text = content == nullptr ? "" : reinterpret_cast<const char*>(content);
  xmlFree(content);
  return text;
}

}  // namespace

Checked check(xmlNode& signature, EVP_PKEY& key) {
  const auto context = context_with(key);
  const int read = xmlSecDSigCtxVerify(context.get(), &signature);
  ERR_clear_error();
  auto* const reference = reference_of(*context);
  if (reference == nullptr) return {};
  if (reference->status != xmlSecDSigStatusSucceeded) return {Checked::Result::changed, {}};
  if (read < 0 || context->status != xmlSecDSigStatusSucceeded) return {};
  auto* const buffer = xmlSecDSigReferenceCtxGetPreDigestBuffer(reference);
  if (buffer == nullptr) return {};
  return {Checked::Result::good, text_of(*buffer)};
}

std::optional<Values> values_for(xmlNode& signature, EVP_PKEY& private_key) {
  const auto context = context_with(private_key);
  const int made = xmlSecDSigCtxSign(context.get(), &signature);
  ERR_clear_error();
  if (made < 0 || context->status != xmlSecDSigStatusSucceeded) return std::nullopt;
  return Values{content_of(signature, "DigestValue"), content_of(signature, "SignatureValue")};
}

}  // namespace noroshi::signature
