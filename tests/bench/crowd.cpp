#include "tests/bench/crowd.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace noroshi::bench {
namespace {

constexpr std::size_t read_bytes_max = 1 << 18;
constexpr std::uint32_t opening_at_once = 64;
// A handshake takes the client half a millisecond: publishers do not wait for a thousand of them.
constexpr std::size_t served_at_once = 64;
constexpr std::uint32_t publishers_are_ready = UINT32_MAX;
constexpr std::size_t answers_awaited_max = 4096;
// As noroshi-subscribe comes back, and as the publishers' library does.
constexpr std::chrono::milliseconds subscriber_backoff_first{500};
constexpr std::chrono::milliseconds publisher_backoff_first{100};
constexpr std::chrono::milliseconds backoff_most{30'000};

}  // namespace

Crowd::Crowd(const CrowdOptions& options, Credentials credentials)
    : options_(options),
      alert_(options.alert_bytes),
      tls_(options.tls ? client_tls() : nullptr),
      publisher_tls_(options.publisher_port != 0
                         ? client_tls(options.publisher_certificate, options.publisher_key)
                         : nullptr),
      protocol_(make_protocol(options.protocol, *this, std::move(credentials))),
      ledger_(options.addressed, protocol_ && protocol_->accepts()),
      publisher_of_(answers_awaited_max),
      received_(read_bytes_max),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      publishers_epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u32 = publishers_are_ready;
  epoll_ctl(epoll_, EPOLL_CTL_ADD, publishers_epoll_, &event);
  if (!protocol_) give_up("no protocol is called " + options.protocol);
  const auto publishers = protocol_->one_alert_a_publisher() ? options.publishers_max : 1;
  clients_.resize(options.subscribers + publishers);
  for (std::uint32_t i = 0; i < clients_.size(); ++i) {
    clients_[i].peer.number = i;
    if (i >= options.subscribers) clients_[i].peer.role = Peer::Role::publisher;
  }
  if (options.verify) seen_.resize(options.subscribers);
}

Crowd::~Crowd() {
  ::close(epoll_);
  ::close(publishers_epoll_);
}

int Crowd::epoll_of(const Client& client) const {
  return client.peer.role == Peer::Role::publisher ? publishers_epoll_ : epoll_;
}

void Crowd::open(Client& client) {
  const bool elsewhere = publisher_tls_ && client.peer.role == Peer::Role::publisher;
  client.connection = std::make_unique<Connection>(
      elsewhere ? options_.publisher_port : options_.port, client.peer.number,
      elsewhere ? publisher_tls_.get() : tls_.get());
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT;
  event.data.u32 = client.peer.number;
  epoll_ctl(epoll_of(client), EPOLL_CTL_ADD, client.connection->descriptor(), &event);
}

void Crowd::open_next() {
  if (opening_ && opened_ < options_.subscribers) open(clients_[opened_++]);
}

// Publishers first: the first of them may create what the subscribers need.
void Crowd::connect(double seconds_max) {
  for (auto i = options_.subscribers; i < clients_.size(); ++i) open(clients_[i]);
  const auto publishers = clients_.size() - options_.subscribers;
  if (!serve_until(seconds_max, [&] { return ready_ == publishers; }))
    give_up("a publisher did not get ready");
  opening_ = true;
  for (std::uint32_t i = 0; i < opening_at_once; ++i) open_next();
  if (!serve_until(seconds_max, [&] { return ready_ == clients_.size(); }))
    give_up("only " + std::to_string(ready_) + " connections got ready");
}

void Crowd::begin_phase(Ledger::Ends ends) {
  confirming_ = ends == Ledger::Ends::confirmed;
  ledger_.begin_phase(ends);
}

void Crowd::publish() {
  auto& client = *idle_publishers_.front();
  const auto number = ledger_.publish();
  if (protocol_->one_alert_a_publisher()) {
    idle_publishers_.pop_front();
    publisher_of_[number % publisher_of_.size()] = &client;
    client.unanswered = number;
  }
  send_alert(client, number);
}

void Crowd::send_alert(Client& client, std::uint64_t number) {
  out_.clear();
  protocol_->publish(client.peer, number, alert_.numbered(number), out_);
  send(client);
}

void Crowd::await_barriers(double seconds_max) {
  at_barrier_ = true;
  answers_ = 0;
  for (std::uint32_t i = 0; i < options_.subscribers; ++i) {
    out_.clear();
    protocol_->barrier(clients_[i].peer, out_);
    send(clients_[i]);
    if (i % 256 == 255) serve_once(0);
  }
  if (!serve_until(seconds_max, [&] { return answers_ >= options_.subscribers; }))
    give_up("a barrier was not answered");
  at_barrier_ = false;
}

bool Crowd::serve_until(double seconds_max, const std::function<bool()>& done) {
  const auto begun = Clock::now();
  while (!done()) {
    const auto left = seconds_max - seconds_between(begun, Clock::now());
    if (left <= 0) return false;
    serve_once(std::min(20, static_cast<int>(left * 1e3) + 1));
  }
  return true;
}

void Crowd::serve_once(int milliseconds) {
  open_those_due();
  std::array<epoll_event, served_at_once> events;
  const int count = epoll_wait(epoll_, events.data(), events.size(), milliseconds);
  serve_publishers();
  for (int i = 0; i < count; ++i) {
    const auto& event = events[static_cast<std::size_t>(i)];
    if (event.data.u32 != publishers_are_ready) serve(clients_[event.data.u32], event.events);
  }
}

void Crowd::serve_publishers() {
  std::array<epoll_event, served_at_once> events;
  const int count = epoll_wait(publishers_epoll_, events.data(), events.size(), 0);
  for (int i = 0; i < count; ++i) {
    const auto& event = events[static_cast<std::size_t>(i)];
    serve(clients_[event.data.u32], event.events);
  }
}

void Crowd::serve(Client& client, std::uint32_t events) {
  auto& connection = *client.connection;
  if (!connection.open()) {
    if (connection.advance()) {
      out_.clear();
      protocol_->opened(client.peer, out_);
      send(client);
    }
  } else if ((events & EPOLLOUT) != 0) {
    connection.flush();
  }
  if (connection.open()) read(client);
  watch(client);
  if (connection.lost()) lost(client);
}

// A publisher that was idle for too long is shown the door, and simply comes back.
void Crowd::lost(Client& client) {
  const auto number = client.peer.number;
  const bool visits = client.peer.role == Peer::Role::publisher && client.connection->open() &&
                      protocol_->one_alert_a_publisher();
  if (!options_.returns && !visits)
    give_up("the server ended connection " + std::to_string(number));
  if (std::exchange(client.peer.ready, false)) --ready_;
  std::erase(idle_publishers_, &client);
  client.connection.reset();  // which also ends the watching
  client.rest.clear();
  client.watched_for_write = true;
  if (!options_.returns) return open(client);
  if (!client.backoff)
    client.backoff = std::make_unique<subscribers::Backoff>(
        client.peer.role == Peer::Role::publisher ? publisher_backoff_first
                                                  : subscriber_backoff_first,
        backoff_most, number);
  returning_.emplace(Clock::now() + client.backoff->next(), &client);
}

void Crowd::open_those_due() {
  const auto due = returning_.upper_bound(Clock::now());
  for (auto at = returning_.begin(); at != due; at = returning_.erase(at)) open(*at->second);
}

void Crowd::read(Client& client) {
  for (bool more = true; more;) {
    const auto before = client.rest.size();
    if (before >= received_.size()) give_up("a unit larger than the read buffer");
    std::memcpy(received_.data(), client.rest.data(), before);
    const auto got = client.connection->read(std::span(received_).subspan(before));
    if (got == 0) return;
    more = before + got == received_.size();
    const std::string_view bytes(received_.data(), before + got);
    const auto deliveries = ledger_.deliveries();
    out_.clear();
    const auto used = protocol_->received(client.peer, bytes, out_);
    if (confirming_ && ledger_.deliveries() != deliveries && !protocol_->confirms())
      protocol_->barrier(client.peer, out_);
    client.rest.assign(bytes.substr(used));
    send(client);
    ledger_.acknowledgements_sent();
  }
}

void Crowd::send(Client& client) {
  if (out_.empty()) return;
  client.connection->send(out_);
  watch(client);
}

void Crowd::watch(Client& client) {
  const bool wanted = client.connection->wants_write();
  if (wanted == client.watched_for_write) return;
  client.watched_for_write = wanted;
  epoll_event event{};
  event.events = EPOLLIN | (wanted ? static_cast<std::uint32_t>(EPOLLOUT) : 0U);
  event.data.u32 = client.peer.number;
  epoll_ctl(epoll_of(client), EPOLL_CTL_MOD, client.connection->descriptor(), &event);
}

void Crowd::ready(Peer& peer) {
  if (std::exchange(peer.ready, true)) return;
  ++ready_;
  auto& client = clients_[peer.number];
  if (client.backoff) client.backoff->reset();
  if (peer.role == Peer::Role::subscriber) return open_next();
  if (client.unanswered != 0)
    return protocol_->publish(peer, client.unanswered, alert_.numbered(client.unanswered), out_);
  idle_publishers_.push_back(&client);
}

std::uint64_t Crowd::delivered(Peer& peer, std::string_view document) {
  if (document.size() < alert_.size()) give_up("a delivery that is too short");
  const auto number = alert_.number_of(document);
  if (options_.verify && alert_.numbered(number) != document.substr(0, alert_.size()))
    give_up("alert " + std::to_string(number) + " was changed on the way");
  delivered(peer, number);
  return number;
}

void Crowd::delivered(Peer& peer, std::uint64_t number) {
  if (options_.verify) verify(peer, number);
  ledger_.delivered(number);
}

void Crowd::verify(const Peer& peer, std::uint64_t number) {
  if (!seen_[peer.number].insert(number).second)
    give_up("alert " + std::to_string(number) + " came to subscriber " +
            std::to_string(peer.number) + " twice");
}

void Crowd::accepted(std::uint64_t number) {
  ledger_.accepted(number);
  if (!protocol_->one_alert_a_publisher()) return;
  auto* client = publisher_of_[number % publisher_of_.size()];
  client->unanswered = 0;
  idle_publishers_.push_back(client);
}

void Crowd::confirmed(Peer& /*peer*/, std::uint64_t number) { ledger_.confirmed(number); }

void Crowd::answered(Peer& peer) {
  if (at_barrier_)
    ++answers_;
  else if (confirming_)  // then one alert at a time is in flight
    confirmed(peer, ledger_.last());
}

}  // namespace noroshi::bench
