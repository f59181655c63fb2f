#include "proto/wire/descriptor_bio.hpp"

#include <openssl/bio.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <new>

namespace noroshi::wire {
namespace {

// What the BIO keeps instead of memory of its own: descriptor and end of file, packed into the
// data pointer, so that a connection costs no allocation here.
constexpr std::intptr_t ended_bit = 1;

int descriptor_of(BIO* bio) {
  return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)) >> 1);
}

void keep(BIO* bio, std::intptr_t packed) { BIO_set_data(bio, reinterpret_cast<void*>(packed)); }

bool would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

int send_bytes(BIO* bio, const char* bytes, std::size_t size, std::size_t* sent) {
  BIO_clear_retry_flags(bio);
  ssize_t taken = 0;
  do {
    taken = ::send(descriptor_of(bio), bytes, size, MSG_NOSIGNAL);
  } while (taken < 0 && errno == EINTR);
  if (taken < 0) {
    if (would_block(errno)) BIO_set_retry_write(bio);
    return -1;
  }
  *sent = static_cast<std::size_t>(taken);
  return 1;
}

int receive_bytes(BIO* bio, char* into, std::size_t size, std::size_t* received) {
  BIO_clear_retry_flags(bio);
  ssize_t got = 0;
  do {
    got = ::recv(descriptor_of(bio), into, size, 0);
  } while (got < 0 && errno == EINTR);
  if (got > 0) {
    *received = static_cast<std::size_t>(got);
    return 1;
  }
  if (got == 0) {
    keep(bio, reinterpret_cast<std::intptr_t>(BIO_get_data(bio)) | ended_bit);
    return 0;
  }
  if (would_block(errno)) BIO_set_retry_read(bio);
  return -1;
}

long control(BIO* bio, int command, long /*number*/, void* /*pointer*/) {
  switch (command) {
    case BIO_CTRL_FLUSH:
      return 1;
    case BIO_CTRL_EOF:
      return reinterpret_cast<std::intptr_t>(BIO_get_data(bio)) & ended_bit;
    default:
      return 0;
  }
}

struct FreeMethod {
  void operator()(BIO_METHOD* method) const { BIO_meth_free(method); }
};

const BIO_METHOD* descriptor_method() {
  static const std::unique_ptr<BIO_METHOD, FreeMethod> method = [] {
    std::unique_ptr<BIO_METHOD, FreeMethod> made(
        BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "noroshi descriptor"));
    if (!made) throw std::bad_alloc();
    BIO_meth_set_write_ex(made.get(), send_bytes);
    BIO_meth_set_read_ex(made.get(), receive_bytes);
    BIO_meth_set_ctrl(made.get(), control);
    return made;
  }();
  return method.get();
}

}  // namespace

BIO* descriptor_bio(int descriptor) {
  BIO* bio = BIO_new(descriptor_method());
  if (bio == nullptr) throw std::bad_alloc();
  keep(bio, static_cast<std::intptr_t>(descriptor) << 1);
  BIO_set_init(bio, 1);
  return bio;
}

}  // namespace noroshi::wire
