// How OpenSSL reads and writes our descriptors.
#pragma once

#include <openssl/types.h>

namespace noroshi::wire {

// A source and sink of bytes for OpenSSL on a non-blocking socket it does not own. Unlike OpenSSL's
// own it never raises SIGPIPE, whatever the process does with that signal. The caller frees it, or
// gives it to an SSL object.
BIO* descriptor_bio(int descriptor);

}  // namespace noroshi::wire
