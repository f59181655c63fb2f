// Who signs in these tests: fresh keys, and Debian's xmlsec1 program as a signer that shares no
// code of ours (it does share xmlsec1 with the verifier).
#pragma once

#include <string>
#include <string_view>

#include "proto/signature/verify.hpp"

namespace noroshi::signature {

inline constexpr std::int64_t now_ms = 1'795'305'600'000;  // 2026-11-22T00:00:00Z
inline constexpr std::int64_t day_ms = 86'400'000;

enum class Kind { rsa_1024, rsa_2048, rsa_3072, p256, p384, p521, ed25519 };

struct Pair {
  std::string key_pem;
  std::string certificate_pem;
  std::string certificate;  // DER
  std::string public_key;   // DER

  [[nodiscard]] PinnedKey pinned(std::string name) const { return {std::move(name), certificate}; }
};

// A key of its own and a self-signed certificate for it.
Pair make_pair(Kind kind, std::int64_t from_ms = now_ms - day_ms,
               std::int64_t until_ms = now_ms + day_ms);
// Another certificate for the same key.
Pair renewed(const Pair& pair, std::int64_t from_ms, std::int64_t until_ms);

// The same pairs for the whole run: making RSA keys takes long.
const Pair& city();       // RSA 2048
const Pair& relay();      // P-256
const Pair& foreigner();  // RSA 2048

// What a Signature says; by default it is the narrow form.
struct Form {
  std::string canonicalization = "http://www.w3.org/2001/10/xml-exc-c14n#";
  std::string method = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
  std::string uri = R"(URI="")";
  std::string transforms =
      R"(<Transforms><Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>)"
      R"(<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></Transforms>)";
  std::string digest = "http://www.w3.org/2001/04/xmlenc#sha256";
  std::string more_references = {};
  std::string after_value = {};  // KeyInfo, Object
  std::string attributes = {};   // of Signature
};
std::string unsigned_signature(const Form& form);

// The alert of these tests, with `signature` as the last child.
std::string alert_with(std::string_view signature);
std::string plain_alert();

// `document` with its first Signature filled by the program; `more_options` take the place of the
// key, with {0} for its file and {1} for one with the public key. Fails the test when it cannot.
std::string signed_by_program(const std::string& document, const Pair& pair,
                              std::string_view more_options = "");
std::string signed_by_program(const Form& form, const Pair& pair = city());
// Whether the program finds the first signature of `document` good with this key.
bool program_verifies(const std::string& document, const Pair& pair);

std::string replaced(std::string text, std::string_view what, std::string_view with);

}  // namespace noroshi::signature
