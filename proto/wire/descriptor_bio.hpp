// How OpenSSL reads and writes our descriptors.
#pragma once

#include <openssl/types.h>

#include <cstddef>

namespace noroshi::wire {

// A source and sink of bytes for OpenSSL on a non-blocking socket it does not own. Unlike OpenSSL's
// own it never raises SIGPIPE, whatever the process does with that signal. The caller frees it, or
// gives it to an SSL object.
BIO* descriptor_bio(int descriptor);

// Between hold() and let_go(), both within one turn of the thread, the records that OpenSSL writes
// are gathered in a buffer of the thread and leave in as few system calls as it has room for; a
// record costs about as much to send as 16 kB do. One BIO a thread holds at a time.
void hold(BIO* bio);
// False when the kernel did not take everything, or the connection has failed, which the next
// write will tell: the rest is kept with the BIO, goes out before any later byte, and is sent by
// send_kept().
bool let_go(BIO* bio);
// Whether nothing is left to send; false as above.
bool send_kept(BIO* bio);
// Bytes that OpenSSL has written and the kernel has not taken; at most about 80 kB.
std::size_t kept(BIO* bio);

}  // namespace noroshi::wire
