#include "proto/wire/descriptor_bio.hpp"

#include <openssl/bio.h>
#include <sys/socket.h>

#include <cassert>
#include <cerrno>
#include <memory>
#include <new>
#include <string>
#include <string_view>

namespace noroshi::wire {
namespace {

struct Descriptor {
  int number;
  bool ended = false;
  std::string kept;  // written by OpenSSL, not yet taken by the kernel
};

// Four records of the largest size, with what TLS adds to each.
constexpr std::size_t gathered_bytes_max = 4 * (16 * 1024 + 256);

// What the BIO that holds has written this turn. The buffer stays with the thread.
thread_local const Descriptor* holder = nullptr;
thread_local std::string gathered;

Descriptor& descriptor_of(BIO* bio) { return *static_cast<Descriptor*>(BIO_get_data(bio)); }

bool would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

// How much of `bytes` the kernel took; -1 and errno when it took nothing.
ssize_t send_some(int descriptor, std::string_view bytes) {
  ssize_t taken = 0;
  do {
    taken = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  } while (taken < 0 && errno == EINTR);
  return taken;
}

bool send_kept_of(Descriptor& descriptor) {
  if (descriptor.kept.empty()) return true;
  const ssize_t taken = send_some(descriptor.number, descriptor.kept);
  if (taken < 0) return false;
  if (static_cast<std::size_t>(taken) < descriptor.kept.size()) {
    descriptor.kept.erase(0, static_cast<std::size_t>(taken));
    errno = EAGAIN;
    return false;
  }
  std::string().swap(descriptor.kept);
  return true;
}

bool send_gathered(Descriptor& descriptor) {
  std::string_view rest = gathered;
  while (!rest.empty()) {
    const ssize_t taken = send_some(descriptor.number, rest);
    if (taken < 0) break;
    rest.remove_prefix(static_cast<std::size_t>(taken));
  }
  const int refusal = errno;
  descriptor.kept.assign(rest);
  gathered.clear();
  errno = refusal;
  return descriptor.kept.empty();
}

int refuse_to_write(BIO* bio) {
  if (would_block(errno)) BIO_set_retry_write(bio);
  return -1;
}

int send_bytes(BIO* bio, const char* bytes, std::size_t size, std::size_t* sent) {
  BIO_clear_retry_flags(bio);
  Descriptor& descriptor = descriptor_of(bio);
  if (!send_kept_of(descriptor)) return refuse_to_write(bio);
  if (holder == &descriptor) {
    if (gathered.size() + size > gathered_bytes_max && !send_gathered(descriptor))
      return refuse_to_write(bio);
    gathered.append(bytes, size);
    *sent = size;
    return 1;
  }
  const ssize_t taken = send_some(descriptor.number, {bytes, size});
  if (taken < 0) return refuse_to_write(bio);
  *sent = static_cast<std::size_t>(taken);
  return 1;
}

int receive_bytes(BIO* bio, char* into, std::size_t size, std::size_t* received) {
  BIO_clear_retry_flags(bio);
  Descriptor& descriptor = descriptor_of(bio);
  ssize_t got = 0;
  do {
    got = ::recv(descriptor.number, into, size, 0);
  } while (got < 0 && errno == EINTR);
  if (got > 0) {
    *received = static_cast<std::size_t>(got);
    return 1;
  }
  if (got == 0) {
    descriptor.ended = true;
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
      return descriptor_of(bio).ended ? 1 : 0;
    default:
      return 0;
  }
}

int release(BIO* bio) {
  delete static_cast<Descriptor*>(BIO_get_data(bio));
  return 1;
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
    BIO_meth_set_destroy(made.get(), release);
    return made;
  }();
  return method.get();
}

}  // namespace

BIO* descriptor_bio(int descriptor) {
  auto kept = std::make_unique<Descriptor>(Descriptor{descriptor, false, {}});
  BIO* bio = BIO_new(descriptor_method());
  if (bio == nullptr) throw std::bad_alloc();
  BIO_set_data(bio, kept.release());
  BIO_set_init(bio, 1);
  return bio;
}

void hold(BIO* bio) {
  assert(holder == nullptr && gathered.empty());
  holder = &descriptor_of(bio);
}

bool let_go(BIO* bio) {
  Descriptor& descriptor = descriptor_of(bio);
  assert(holder == &descriptor);
  holder = nullptr;
  // What is kept from before, or from a full buffer, goes first; nothing was gathered behind it.
  return gathered.empty() ? send_kept_of(descriptor) : send_gathered(descriptor);
}

bool send_kept(BIO* bio) { return send_kept_of(descriptor_of(bio)); }

std::size_t kept(BIO* bio) { return descriptor_of(bio).kept.size(); }

}  // namespace noroshi::wire
