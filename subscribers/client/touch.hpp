// Looks whether a hub is there, without becoming its stream: a connection that goes as far as TLS.
#pragma once

#include <functional>

#include "subscribers/client/link.hpp"

namespace noroshi::subscribers {

// Threading and lifetime as Link.
class Touch final : private LinkOwner {
 public:
  // `done` is called once, from the loop, when the connection has ended again: whether a hub that
  // we trust was there.
  Touch(boost::asio::io_context& context, const LinkSettings& settings,
        std::function<void(bool)> done)
      : link_(context, settings, *this), done_(std::move(done)) {
    link_.touch();
  }
  void stop() { link_.close(); }

 private:
  void on_up() override {
    there_ = true;
    link_.close();
  }
  void on_message(const noroshi::v1::ServerMessage&) override {}
  void on_batch_end() override {}
  void on_down(std::optional<Fault>) override { done_(there_); }

  Link link_;
  std::function<void(bool)> done_;
  bool there_ = false;
};

}  // namespace noroshi::subscribers
