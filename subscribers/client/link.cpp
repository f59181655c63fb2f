#include "subscribers/client/link.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/post.hpp>
#include <cassert>
#include <cstdlib>
#include <utility>

namespace noroshi::subscribers {

namespace asio = boost::asio;
namespace pb = noroshi::v1;

namespace {

constexpr std::size_t answer_bytes_max = std::size_t{64} * 1024;
constexpr std::size_t message_bytes_max = std::size_t{4} * 1024 * 1024;
constexpr std::string_view subprotocol = "noroshi.v1.protobuf";

// A client without randomness must not run: masks and keys would be guessable.
template <std::size_t size>
std::array<unsigned char, size> random_bytes() {
  std::array<unsigned char, size> bytes;
  if (RAND_bytes(bytes.data(), static_cast<int>(size)) != 1) std::abort();
  return bytes;
}

std::string random_key() {
  const auto bytes = random_bytes<16>();
  std::array<unsigned char, 25> text{};
  const int length = EVP_EncodeBlock(text.data(), bytes.data(), static_cast<int>(bytes.size()));
  return {text.begin(), text.begin() + length};
}

std::array<std::byte, 4> random_mask() {
  std::array<std::byte, 4> mask;
  const auto bytes = random_bytes<4>();
  for (std::size_t i = 0; i < mask.size(); ++i) mask[i] = std::byte{bytes[i]};
  return mask;
}

Fault fault(Fault::Kind kind, std::string detail) {
  return {kind, std::move(detail), std::nullopt};
}

}  // namespace

Link::Link(asio::io_context& context, const LinkSettings& settings, LinkOwner& owner)
    : settings_(settings),
      owner_(owner),
      resolver_(context),
      socket_(context),
      timer_(context),
      answer_(answer_bytes_max),
      frames_(wire::MessageReader::Peer::server, message_bytes_max) {}

Link::~Link() {
  if (connection_) connection_->abandon();
}

void Link::open() {
  assert(state_ == State::idle);
  state_ = State::dialling;
  timer_.expires_after(settings_.connect_limit);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) fail(fault(Fault::Kind::timed_out, "no connection within the limit"));
  });
  resolver_.async_resolve(settings_.hub.host, settings_.hub.port,
                          [this](const boost::system::error_code& error, auto addresses) {
                            if (fault_ || asked_to_close_)
                              ended_before_connection(fault_.value_or(Fault{}));
                            else if (error)
                              ended_before_connection(fault_of(error));
                            else
                              resolved(std::move(addresses));
                          });
}

void Link::resolved(asio::ip::tcp::resolver::results_type addresses) {
  asio::async_connect(socket_, addresses,
                      [this](const boost::system::error_code& error, const auto&) {
                        if (fault_ || asked_to_close_)
                          ended_before_connection(fault_.value_or(Fault{}));
                        else if (error)
                          ended_before_connection(fault_of(error));
                        else
                          connected();
                      });
}

void Link::connected() {
  state_ = State::opening;
  auto channel =
      wire::TlsChannel::connecting(settings_.tls, socket_.native_handle(), settings_.hub.host);
  connection_ = std::make_shared<wire::Connection>(std::move(socket_), std::move(channel));
  connection_->start(*this);
}

void Link::ended_before_connection(Fault why) {
  timer_.cancel();
  state_ = State::down;
  owner_.on_down(asked_to_close_ ? std::nullopt : std::optional<Fault>(std::move(why)));
}

void Link::touch() {
  touching_ = true;
  open();
}

void Link::on_open() {
  if (touching_) return owner_.on_up();
  key_ = random_key();
  const auto path = settings_.drill.empty() ? std::string("/v1/stream")
                                            : "/v1/drills/" + settings_.drill + "/stream";
  auto request = wire::upgrade_request(path, key_, subprotocol);
  if (!settings_.token.empty())
    request.fields.emplace_back("Authorization", "Bearer " + settings_.token);
  request.fields.emplace_back("Accept-Language", settings_.language);
  request.fields.emplace_back("User-Agent", "noroshi-subscriber/" NOROSHI_VERSION);
  connection_->send(wire::encode(request, settings_.hub.authority));
  connection_->flush();
}

void Link::on_bytes(std::span<const std::byte> bytes) {
  if (state_ == State::opening) return read_answer(bytes);
  if (state_ == State::up) read_frames(bytes);
}

void Link::read_answer(std::span<const std::byte> bytes) {
  const auto taken = answer_.feed(bytes);
  if (!taken) return fail(fault(Fault::Kind::not_a_hub, taken.error().detail));
  if (!answer_.complete()) return;
  const auto answer = answer_.take();
  if (answer.status != 101) return fail(fault_of_answer(answer));
  if (const auto agreed = wire::check_upgrade(answer, key_, subprotocol); !agreed)
    return fail(fault(Fault::Kind::not_a_hub, agreed.error().detail));
  state_ = State::up;
  watch_silence();
  owner_.on_up();
  if (state_ == State::up && *taken < bytes.size()) read_frames(bytes.subspan(*taken));
}

void Link::read_frames(std::span<const std::byte> bytes) {
  const auto read = frames_.feed(bytes, [this](const auto& message) { handle(message); });
  if (state_ != State::up) return;
  if (!read) {
    send_frame(wire::Opcode::close, wire::close_payload(frames_.close_code(), ""));
    return fail(fault(Fault::Kind::protocol, read.error().detail));
  }
  owner_.on_batch_end();
}

void Link::handle(const wire::MessageReader::Message& message) {
  if (state_ != State::up) return;
  switch (message.opcode) {
    case wire::Opcode::binary: {
      pb::ServerMessage parsed;
      if (!parsed.ParseFromArray(message.payload.data(), static_cast<int>(message.payload.size())))
        return fail(fault(Fault::Kind::protocol, "a message that cannot be decoded"));
      return owner_.on_message(parsed);
    }
    case wire::Opcode::ping:
      return send_frame(wire::Opcode::pong, message.payload);
    case wire::Opcode::close:
      send_frame(wire::Opcode::close, wire::close_payload(1000, ""));
      fault_ = fault(Fault::Kind::cut, "closed by the hub");
      state_ = State::ending;
      return connection_->close_after_flush(settings_.close_limit);
    case wire::Opcode::pong:
      return;
    default:
      return fail(fault(Fault::Kind::protocol, "a text message in a binary subprotocol"));
  }
}

void Link::watch_silence() {
  timer_.expires_at(connection_->last_received() + settings_.silence_limit);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error || state_ != State::up) return;
    const auto silent = wire::Connection::Clock::now() - connection_->last_received();
    if (silent >= settings_.silence_limit)
      return fail(fault(Fault::Kind::silent, "no byte from the hub"));
    watch_silence();
  });
}

void Link::send(const pb::ClientMessage& message) {
  if (state_ == State::up) send_frame(wire::Opcode::binary, message.SerializeAsString());
}

void Link::send_frame(wire::Opcode opcode, std::string_view payload) {
  connection_->send(wire::client_frame(opcode, payload, random_mask()));
}

void Link::flush() {
  if (state_ == State::up) connection_->flush();
}

void Link::close() {
  if (state_ == State::ending || state_ == State::down) return;
  asked_to_close_ = true;
  if (state_ == State::dialling) {
    resolver_.cancel();
    if (socket_.is_open()) socket_.close();
    return;
  }
  if (state_ == State::up) send_frame(wire::Opcode::close, wire::close_payload(1000, ""));
  state_ = State::ending;
  connection_->close_after_flush(settings_.close_limit);
}

void Link::fail(Fault why) {
  if (state_ == State::ending || state_ == State::down || fault_) return;
  fault_ = std::move(why);
  if (state_ == State::dialling) {
    resolver_.cancel();
    if (socket_.is_open()) socket_.close();
    return;
  }
  state_ = State::ending;
  connection_->close_after_flush(settings_.close_limit);
}

void Link::on_closed(const std::string& reason) {
  timer_.cancel();
  state_ = State::down;
  if (asked_to_close_) return owner_.on_down(std::nullopt);
  owner_.on_down(fault_ ? *fault_ : fault_of_ending(reason));
}

}  // namespace noroshi::subscribers
