// The narrow form of a signature that is checked at all; whatever differs is not verifiable. Inside
// proto/signature only.
//
//   Signature                      the last children of alert, one or two of them
//     SignedInfo
//       CanonicalizationMethod     exclusive C14N 1.0, without comments
//       SignatureMethod            RSA (PKCS #1 v1.5) or ECDSA, with SHA-256, -384 or -512
//       Reference URI=""           exactly one
//         Transforms               enveloped-signature, then exclusive C14N, nothing else
//         DigestMethod             SHA-256, -384 or -512
//         DigestValue
//     SignatureValue
//     KeyInfo                      may be there and is never used; elements of xmldsig only
//
// No other element, attribute, comment or text among them, and no comment anywhere in the alert:
// comments are the one thing anybody could add to a signed document, and a reader that stops at one
// would read another value than was signed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "proto/signature/tree.hpp"

namespace noroshi::signature {

struct Objection {
  std::string rule = "cap.R080";
  std::string aspect = {};  // one of words.cpp
  std::string value = {};
  std::size_t number = 1;  // of the signature it is about, from 1
};

enum class KeyKind { rsa, ec };

inline constexpr std::size_t signatures_max = 2;
inline constexpr std::size_t namespaces_max = 64;  // declared in one signed document

// Signed texts are UTF-8 or UTF-16: of the others converters differ, and a signature would mean
// another text to another reader.
std::optional<Objection> charset_objection(std::string_view text);
// Of all signatures of the tree, of which there is at least one.
std::optional<Objection> form_objection(const xmlDoc& tree);
// Of a Signature in the narrow form.
KeyKind key_kind_of(const xmlNode& signature);

}  // namespace noroshi::signature
