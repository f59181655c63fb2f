// xmlsec1, kept to what a narrow signature needs: the two transforms and the algorithms of
// form.hpp, no other URI than "", no manifests, no key but the one given, no file, no network.
// Nothing else includes xmlsec1. Inside proto/signature only.
//
// Threading  libxml2 and xmlsec1 are set up once, by whichever thread comes first, and never taken
//            down; after that each call works on its own tree and context, and any number may run
//            at once. A tree belongs to one thread at a time. A key is only read.
#pragma once

#include <libxml/tree.h>
#include <openssl/evp.h>

#include <optional>
#include <string>

namespace noroshi::signature {

struct Checked {
  enum class Result {
    good,
    changed,  // the digest is of another document
    foreign,  // another key made it, or none
  };
  Result result = Result::foreign;
  std::string signed_text;  // the very bytes the digest is over; only when good
};

// `signature` stands in `tree` in the narrow form, as keep_only() leaves it; `key` is of the kind
// its method wants.
Checked check(xmlNode& signature, EVP_PKEY& key);

struct Values {
  std::string digest;  // base64
  std::string signature;
};
// What belongs into the empty DigestValue and SignatureValue of `signature`, which is otherwise
// complete. Nothing when xmlsec1 refuses.
std::optional<Values> values_for(xmlNode& signature, EVP_PKEY& private_key);

}  // namespace noroshi::signature
