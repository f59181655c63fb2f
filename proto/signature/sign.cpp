#include "proto/signature/sign.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <utility>

#include "proto/cap/charset.hpp"
#include "proto/cap/validate.hpp"
#include "proto/cap/white_space.hpp"
#include "proto/signature/engine.hpp"
#include "proto/signature/form.hpp"
#include "proto/signature/keys.hpp"

namespace noroshi::signature {
namespace {

constexpr std::string_view signature_pattern =
    R"(<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>)"
    R"(<CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>)"
    R"(<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#{}"/>)"
    R"(<Reference URI=""><Transforms>)"
    R"(<Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>)"
    R"(<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></Transforms>)"
    R"(<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>)"
    R"(<DigestValue>{}</DigestValue></Reference></SignedInfo>)"
    R"(<SignatureValue>{}</SignatureValue>{}</Signature>)";
constexpr std::string_view key_info_pattern =
    "<KeyInfo><X509Data><X509Certificate>{}</X509Certificate></X509Data></KeyInfo>";

std::string_view method_for(const Certificate& certificate) {
  if (certificate.algorithm == "P-256") return "ecdsa-sha256";
  return certificate.algorithm == "P-384" ? "ecdsa-sha384" : "rsa-sha256";
}

std::string base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

tl::unexpected<Error> refused(std::string detail) {
  return failure(ErrorCode::refused, std::move(detail));
}

// Where the end tag of the root begins. What may follow a root, a comment or an instruction, can
// hold something like an end tag, but then does not end like one.
Result<std::size_t> end_of_alert(std::string_view bytes) {
  const auto at = bytes.rfind("</");
  const auto end = at == std::string_view::npos ? at : bytes.find('>', at);
  if (end == std::string_view::npos || !cap::is_blank(bytes.substr(end + 1))) return refused("end");
  const auto name = cap::collapsed(bytes.substr(at, end - at));
  if (!name.ends_with("alert")) return refused("end");
  return at;
}

// Whether the document is one that can be signed.
Result<void> check_signable(std::string_view bytes, std::int64_t now_ms) {
  const auto verdict = cap::validate(bytes, std::nullopt, now_ms);
  if (!verdict.accepted() || !verdict.alert) return refused("invalid");
  if (verdict.alert->signatures.places.size() >= signatures_max) return refused("full");
  const auto text = cap::decode(bytes, std::nullopt);
  const bool utf_16 = bytes.find('\0') != std::string_view::npos;
  if (!text || utf_16 || charset_objection(*text)) return refused("charset");
  return {};
}

Result<Certificate> certificate_for(EVP_PKEY& key, std::string_view pem, std::int64_t now_ms) {
  auto certificate = read_certificate(pem);
  if (!certificate) return refused("certificate");
  if (EVP_PKEY_eq(&key, certificate->key.get()) != 1) return refused("mismatch");
  if (certificate->until_ms < now_ms) return refused("expired");
  if (!certificate->good_at(now_ms)) return refused("not-yet");
  return certificate;
}

}  // namespace

Result<std::string> sign(std::string_view bytes, std::string_view key_pem,
                         std::string_view certificate_pem, std::int64_t now_ms) {
  if (auto fit = check_signable(bytes, now_ms); !fit) return tl::unexpected(fit.error());
  const auto at = end_of_alert(bytes);
  if (!at) return tl::unexpected(at.error());
  const auto key = read_private_key(key_pem);
  if (!key) return refused("key");
  const auto certificate = certificate_for(**key, certificate_pem, now_ms);
  if (!certificate) return tl::unexpected(certificate.error());

  const auto with = [&](std::string_view signature) {
    return std::string(bytes.substr(0, *at)) + std::string(signature) +
           std::string(bytes.substr(*at));
  };
  const auto filled = [&](const Values& values, std::string_view key_info) {
    return fmt::format(fmt::runtime(signature_pattern), method_for(*certificate), values.digest,
                       values.signature, key_info);
  };
  // What it will look like, to see whether it keeps to the form, and then without values to sign.
  const auto draft = cap::decode(with(filled({"AA==", "AA=="}, "")), std::nullopt);
  const auto looked_at = draft ? parse(*draft) : nullptr;
  if (!looked_at) return refused("invalid");
  if (const auto objection = form_objection(*looked_at)) return refused(objection->aspect);
  const auto text = cap::decode(with(filled({}, "")), std::nullopt);
  const auto tree = parse(*text);
  const auto values = values_for(*keep_only(*tree, signatures_of(*tree).size() - 1), **key);
  if (!values) return refused("key");
  return with(
      filled(*values, fmt::format(fmt::runtime(key_info_pattern), base64(certificate->der))));
}

}  // namespace noroshi::signature
