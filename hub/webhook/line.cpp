#include "hub/webhook/line.hpp"

#include <boost/asio/connect.hpp>
#include <cassert>
#include <utility>

namespace noroshi::webhook {

Line::Line(boost::asio::io_context& context, const wire::TlsContext& tls, std::string host)
    : tls_(tls),
      host_(std::move(host)),
      socket_(context),
      last_used_(std::chrono::steady_clock::now()) {}

Line::~Line() {
  if (connection_) connection_->abandon();
}

void Line::open(Endpoints endpoints) {
  endpoints_ = std::move(endpoints);
  boost::asio::async_connect(
      socket_, endpoints_,
      [self = shared_from_this()](const boost::system::error_code& error, const auto&) {
        if (self->ended_) return;
        if (error) return self->end({0, "no connection: " + error.message(), {}});
        self->connected();
      });
}

void Line::connected() {
  auto channel = wire::TlsChannel::connecting(tls_, socket_.native_handle(), host_);
  connection_ = std::make_shared<wire::Connection>(std::move(socket_), std::move(channel));
  alive_ = shared_from_this();
  connection_->start(*this);
}

void Line::post(std::string head, wire::Frame body, Done done) {
  assert(!done_);
  head_ = std::move(head);
  body_ = std::move(body);
  done_ = std::move(done);
  reader_ = AnswerReader();
  ++carried_;
  if (open_) send();
}

void Line::on_open() {
  open_ = true;
  send();
}

void Line::send() {
  if (!done_) return;
  connection_->send(std::move(head_));
  connection_->send(std::move(body_));
  connection_->flush();
}

// What comes when nothing was asked makes it unfit; what answers while the request still goes out
// counts, and ends it.
void Line::on_bytes(std::span<const std::byte> bytes) {
  if (!done_) return abandon();
  const auto complete = reader_.feed(bytes);
  if (!complete) return end({0, complete.error().detail, {}});
  if (!*complete) return;
  fit_ = reader_.reusable() && connection_->queued_bytes() == 0;
  last_used_ = std::chrono::steady_clock::now();
  auto answer = reader_.answer();
  if (!fit_) return end(std::move(answer));
  const auto done = std::exchange(done_, nullptr);
  done(std::move(answer));
}

void Line::on_closed(const std::string& reason) {
  const auto alive = std::exchange(alive_, nullptr);
  end({0, reason.empty() ? "the endpoint closed without an answer" : reason, {}});
}

void Line::end(Answer answer) {
  const auto alive = shared_from_this();
  const auto done = std::exchange(done_, nullptr);
  abandon();
  if (done) done(std::move(answer));
}

void Line::abandon() {
  ended_ = true;
  done_ = nullptr;
  boost::system::error_code ignored;
  socket_.close(ignored);
  if (connection_) connection_->abandon();
  const auto alive = std::exchange(alive_, nullptr);
}

}  // namespace noroshi::webhook
