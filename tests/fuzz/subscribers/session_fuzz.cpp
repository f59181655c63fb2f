// Whatever a hub sends behind its upgrade, the subscriber's session keeps its promises: what it
// acknowledges is stored, and what is outstanding fits the window.
//
// Input: a byte that chooses the beginning, then pieces of a length byte and as many bytes, each a
// message of the hub; a length of 0 is a new connection, 255 stores what is outstanding.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>
#include <vector>

#include "subscribers/client/session.hpp"

namespace {

using namespace noroshi;
using subscribers::Session;

constexpr std::uint32_t window = 3;

void require(bool holds) {
  if (!holds) std::abort();
}

class Subscriber {
 public:
  explicit Subscriber(std::uint8_t choice) : session_(settings(choice)) { connect(); }

  void connect() {
    const auto hello = session_.connected().hello();
    require(hello.window() == window);
    require(!hello.has_epoch() || session_.position()->epoch == hello.epoch());
    down_ = false;
  }

  void hear(std::string_view payload) {
    v1::ServerMessage message;
    if (down_ || !message.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) return;
    const auto event = session_.receive(message);
    if (const auto* item = std::get_if<Session::HandOver>(&event)) {
      require(handed_.empty() || handed_.back() < item->sequence);
      handed_.push_back(item->sequence);
    }
    down_ = std::holds_alternative<Session::Broken>(event) ||
            std::holds_alternative<Session::Stop>(event) ||
            std::holds_alternative<Session::Reposition>(event) ||
            std::holds_alternative<Session::ComeBack>(event);
    require(session_.outstanding() == handed_.size());
    require(handed_.size() <= window);
    acknowledge();
  }

  void store() {
    if (handed_.empty()) return;
    session_.stored(handed_.front());
    handed_.erase(handed_.begin());
    acknowledge();
  }

 private:
  static Session::Settings settings(std::uint8_t choice) {
    Session::Settings settings;
    settings.window = window;
    if (choice % 2 == 1) settings.position = subscribers::Position{7, choice};
    settings.beginning = {static_cast<subscribers::Beginning::Kind>(choice / 2 % 3), choice};
    return settings;
  }

  void acknowledge() {
    if (down_) return;
    const auto message = session_.acknowledgement();
    if (!message) return;
    require(handed_.empty() || message->ack().through() < handed_.front());
    require(!session_.acknowledgement());
  }

  Session session_;
  std::vector<std::uint64_t> handed_;  // and not stored
  bool down_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  Subscriber subscriber(data[0]);
  while (!rest.empty()) {
    const auto length = static_cast<std::uint8_t>(rest.front());
    rest.remove_prefix(1);
    if (length == 0) {
      subscriber.connect();
    } else if (length == 255) {
      subscriber.store();
    } else {
      subscriber.hear(rest.substr(0, length));
      rest.remove_prefix(std::min<std::size_t>(length, rest.size()));
    }
  }
  return 0;
}
