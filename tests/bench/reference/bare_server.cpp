#include "tests/bench/reference/bare_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "tests/bench/measure.hpp"
#include "tests/bench/protocols/frames.hpp"

namespace noroshi::bench {
namespace {

using Kind = BareRecord::Kind;

constexpr std::size_t read_bytes_max = 1 << 18;
constexpr std::size_t gathered_bytes_max = 14'000;  // of frames, to fill one TLS record

int listen_on(std::uint16_t port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      listen(listener, 4096) != 0)
    give_up("cannot listen on port " + std::to_string(port));
  return listener;
}

void append_record(std::string& out, const BareRecord& record, std::string_view alert = {}) {
  append_server_head(out, FrameKind::binary, sizeof record + alert.size());
  out += record.head();
  out += alert;
}

}  // namespace

struct BareServer::Guest {
  int descriptor = -1;
  SSL* ssl = nullptr;
  bool secure = false;  // handshake done
  bool upgraded = false;
  bool watched_for_write = false;
  bool subscribed = false;
  std::uint64_t next = 0;          // to be sent
  std::uint64_t acknowledged = 0;  // everything before it
  std::string rest;                // a unit that is not whole yet
  std::string answers;             // to be sent before alerts
  std::string sending;             // gathered, and not taken by the socket yet
};

BareServer::BareServer(const Options& options)
    : tls_(options.certificate.empty() ? nullptr : server_tls(options.certificate, options.key)),
      log_(options.folder + "/alerts.log"),
      received_(read_bytes_max),
      listener_(listen_on(options.port)),
      epoll_(epoll_create1(EPOLL_CLOEXEC)) {}

BareServer::~BareServer() {
  ::close(listener_);
  ::close(epoll_);
}

void BareServer::run() {
  const auto watch_always = [this](int descriptor, void* whose) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = whose;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
  };
  watch_always(listener_, &listener_);
  watch_always(log_.descriptor(), &log_);
  std::array<epoll_event, 1024> events;
  while (true) {
    const int count = epoll_wait(epoll_, events.data(), events.size(), -1);
    for (int i = 0; i < count; ++i) {
      const auto& event = events[static_cast<std::size_t>(i)];
      if (event.data.ptr == &listener_)
        welcome_all();
      else if (event.data.ptr == &log_)
        log_grown();
      else
        serve(*static_cast<Guest*>(event.data.ptr), event.events);
    }
  }
}

void BareServer::welcome_all() {
  while (true) {
    const int descriptor = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor < 0) return;
    const int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    auto* guest = new Guest;  // leave() ends it
    guest->descriptor = descriptor;
    guest->secure = tls_ == nullptr;
    if (tls_) {
      guest->ssl = SSL_new(tls_.get());
      SSL_set_fd(guest->ssl, descriptor);
      SSL_set_accept_state(guest->ssl);
    }
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = guest;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
  }
}

void BareServer::serve(Guest& guest, std::uint32_t events) {
  if (!guest.secure) {
    ERR_clear_error();
    const int returned = SSL_do_handshake(guest.ssl);
    guest.secure = returned == 1;
    const int error = SSL_get_error(guest.ssl, returned);
    if (!guest.secure && error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
      return leave(guest);
    watch(guest, error == SSL_ERROR_WANT_WRITE);
    if (!guest.secure) return;
  }
  if ((events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0 && !read(guest)) return;
  if ((events & EPOLLOUT) != 0) flush(guest);
}

// False when the guest is gone.
bool BareServer::read(Guest& guest) {
  auto size = guest.rest.size();
  std::copy(guest.rest.begin(), guest.rest.end(), received_.begin());
  while (size < received_.size()) {
    ERR_clear_error();
    const auto room = received_.size() - size;
    const long got = guest.ssl != nullptr
                         ? SSL_read(guest.ssl, received_.data() + size, static_cast<int>(room))
                         : recv(guest.descriptor, received_.data() + size, room, 0);
    if (got <= 0) {
      const bool waiting = guest.ssl != nullptr ? SSL_get_error(guest.ssl, static_cast<int>(got)) ==
                                                      SSL_ERROR_WANT_READ
                                                : got < 0 && errno == EAGAIN;
      if (waiting) break;
      leave(guest);
      return false;
    }
    size += static_cast<std::size_t>(got);
  }
  const auto used = take(guest, received_.data(), size);
  guest.rest.assign(received_.data() + used, size - used);
  if (!guest.answers.empty()) flush(guest);
  return true;
}

std::size_t BareServer::take(Guest& guest, char* bytes, std::size_t size) {
  const std::string_view all(bytes, size);
  std::size_t used = 0;
  if (!guest.upgraded) {
    const auto head_end = all.find("\r\n\r\n");
    if (head_end == std::string_view::npos) return 0;
    guest.answers += upgrade_answer(all.substr(0, head_end + 4));
    guest.upgraded = true;
    used = head_end + 4;
  }
  while (const auto frame = whole_frame(all.substr(used))) {
    unmask(bytes + used + frame->head_bytes, frame->payload_bytes, frame->mask);
    const auto payload = all.substr(used + frame->head_bytes, frame->payload_bytes);
    used += frame->bytes();
    if (frame->kind == FrameKind::ping)
      append_server_head(guest.answers, FrameKind::pong, 0);
    else if (frame->kind == FrameKind::binary)
      record(guest, payload);
  }
  return used;
}

void BareServer::record(Guest& guest, std::string_view text) {
  const auto record = BareRecord::from(text);
  switch (record.kind) {
    case Kind::subscribe:
      guest.subscribed = true;
      guest.next = guest.acknowledged = durable_;
      subscribers_.push_back(&guest);
      return append_record(guest.answers, {Kind::welcome, 0, 0});
    case Kind::enter:
      publisher_ = &guest;
      return append_record(guest.answers, {Kind::welcome, 0, 0});
    case Kind::publish:
      return publish(record.sequence, text.substr(sizeof record, record.bytes));
    case Kind::ack:
      return acknowledge(guest, record.sequence);
    default:
      give_up("an unknown record");
  }
}

void BareServer::publish(std::uint64_t number, std::string_view alert) {
  const auto sequence = first_ + alerts_.size();
  auto& added = alerts_.emplace_back();
  added.number = number;
  const auto bytes = static_cast<std::uint32_t>(alert.size());
  append_record(added.frame, {Kind::alert, bytes, sequence}, alert);
  log_.write(added.frame);
}

void BareServer::acknowledge(Guest& guest, std::uint64_t through) {
  while (guest.acknowledged <= through && guest.acknowledged < guest.next)
    ++alerts_[guest.acknowledged++ - first_].acknowledgements;
  while (!alerts_.empty() && first_ < durable_ &&
         alerts_.front().acknowledgements >= subscribers_.size()) {
    alerts_.pop_front();
    ++first_;
  }
}

void BareServer::log_grown() {
  const auto durable = log_.durable();
  for (auto sequence = durable_; publisher_ != nullptr && sequence < durable; ++sequence)
    append_record(publisher_->answers, {Kind::accepted, 0, alerts_[sequence - first_].number});
  durable_ = durable;
  if (publisher_ != nullptr) flush(*publisher_);
  for (auto* subscriber : subscribers_)
    if (!subscriber->watched_for_write) flush(*subscriber);
}

// Fills `sending` from what this guest lacks; false when it lacks nothing.
bool BareServer::gather(Guest& guest) {
  guest.sending += guest.answers;
  guest.answers.clear();
  while (guest.subscribed && guest.next < durable_ && guest.sending.size() < gathered_bytes_max)
    guest.sending += alerts_[guest.next++ - first_].frame;
  return !guest.sending.empty();
}

void BareServer::flush(Guest& guest) {
  if (guest.sending.empty()) guest.sending.swap(lent_);
  bool blocked = false;
  while (!blocked && (!guest.sending.empty() || gather(guest))) {
    ERR_clear_error();
    const auto size = guest.sending.size();
    const long sent = guest.ssl != nullptr
                          ? SSL_write(guest.ssl, guest.sending.data(), static_cast<int>(size))
                          : ::send(guest.descriptor, guest.sending.data(), size, MSG_NOSIGNAL);
    blocked = sent <= 0;  // or broken: then reading says so
    if (sent > 0) guest.sending.erase(0, static_cast<std::size_t>(sent));
  }
  if (guest.sending.empty()) guest.sending.swap(lent_);
  watch(guest, blocked);
}

void BareServer::watch(Guest& guest, bool for_write) const {
  if (guest.watched_for_write == for_write) return;
  guest.watched_for_write = for_write;
  epoll_event event{};
  event.events = EPOLLIN | (for_write ? static_cast<std::uint32_t>(EPOLLOUT) : 0U);
  event.data.ptr = &guest;
  epoll_ctl(epoll_, EPOLL_CTL_MOD, guest.descriptor, &event);
}

void BareServer::leave(Guest& guest) {
  if (publisher_ == &guest) publisher_ = nullptr;
  std::erase(subscribers_, &guest);
  SSL_free(guest.ssl);
  ::close(guest.descriptor);
  delete &guest;
}

}  // namespace noroshi::bench
