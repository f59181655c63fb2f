#include "tests/bench/protocols/amqp.hpp"

#include "tests/bench/measure.hpp"

namespace noroshi::bench {
namespace {

constexpr unsigned prefetch = 100;
constexpr std::string_view exchange = "alerts";

enum FrameType : std::uint8_t { method_frame = 1, header_frame = 2, body_frame = 3 };

// Big-endian fields one after the other.
class Fields {
 public:
  Fields& number(std::uint64_t value, int bytes) {
    for (int i = bytes - 1; i >= 0; --i) text_ += static_cast<char>(value >> (8 * i) & 255);
    return *this;
  }
  Fields& text(std::string_view value) {
    number(value.size(), 1);
    text_ += value;
    return *this;
  }
  Fields& long_text(std::string_view value) {
    number(value.size(), 4);
    text_ += value;
    return *this;
  }
  [[nodiscard]] const std::string& bytes() const { return text_; }

 private:
  std::string text_;
};

std::uint64_t number_in(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<std::uint8_t>(byte);
  return number;
}

constexpr std::uint32_t id(std::uint32_t family, std::uint32_t member) {
  return family << 16 | member;
}
enum Method : std::uint32_t {
  connection_start = id(10, 10),
  connection_start_ok = id(10, 11),
  connection_tune = id(10, 30),
  connection_tune_ok = id(10, 31),
  connection_open = id(10, 40),
  connection_open_ok = id(10, 41),
  channel_open = id(20, 10),
  channel_open_ok = id(20, 11),
  exchange_declare = id(40, 10),
  exchange_declare_ok = id(40, 11),
  queue_declare = id(50, 10),
  queue_declare_ok = id(50, 11),
  queue_bind = id(50, 20),
  queue_bind_ok = id(50, 21),
  basic_qos = id(60, 10),
  basic_qos_ok = id(60, 11),
  basic_consume = id(60, 20),
  basic_consume_ok = id(60, 21),
  basic_publish = id(60, 40),
  basic_deliver = id(60, 60),
  basic_ack = id(60, 80),
  confirm_select = id(85, 10),
  confirm_select_ok = id(85, 11)
};

void append_frame(std::string& out, FrameType type, unsigned channel, std::string_view body) {
  out += Fields().number(type, 1).number(channel, 2).number(body.size(), 4).bytes();
  out += body;
  out += '\xCE';
}

void call(std::string& out, Method method, const Fields& arguments, unsigned channel = 1) {
  append_frame(out, method_frame, channel, Fields().number(method, 4).bytes() + arguments.bytes());
}

Fields quality() { return Fields().number(0, 4).number(prefetch, 2).number(0, 1); }

}  // namespace

void AmqpProtocol::opened(Peer& /*peer*/, std::string& out) {
  out += std::string_view("AMQP\0\0\x09\x01", 8);
}

std::size_t AmqpProtocol::received(Peer& peer, std::string_view bytes, std::string& out) {
  std::size_t used = 0;
  bool alerted = false;
  while (bytes.size() - used >= 8) {
    const auto size = number_in(bytes.substr(used + 3, 4));
    if (bytes.size() - used < size + 8) break;
    const auto type = bytes[used];
    const auto body = bytes.substr(used + 7, size);
    used += size + 8;
    if (type == method_frame) method(peer, body, out);
    if (type != body_frame) continue;
    events().delivered(peer, body);
    peer.count = peer.mark;
    alerted = true;
  }
  // The alert of the last tag may still be on its way; peer.count is the last that came.
  if (alerted) call(out, basic_ack, Fields().number(peer.count, 8).number(1, 1));
  return used;
}

void AmqpProtocol::method(Peer& peer, std::string_view body, std::string& out) {
  const auto arguments = body.substr(4);
  const auto queue = "q" + std::to_string(peer.number);
  switch (number_in(body.substr(0, 4))) {
    case connection_start:
      return call(out, connection_start_ok,
                  Fields()
                      .number(0, 4)
                      .text("PLAIN")
                      .long_text(std::string_view("\0guest\0guest", 12))
                      .text("en_US"),
                  0);
    case connection_tune:
      call(out, connection_tune_ok,
           Fields()
               .number(number_in(arguments.substr(0, 2)), 2)
               .number(number_in(arguments.substr(2, 4)), 4)
               .number(0, 2),
           0);
      return call(out, connection_open, Fields().text("/").text("").number(0, 1), 0);
    case connection_open_ok:
      return call(out, channel_open, Fields().text(""));
    case channel_open_ok:
      if (peer.role == Peer::Role::publisher)
        return call(out, exchange_declare,
                    Fields().number(0, 2).text(exchange).text("fanout").number(2, 1).number(0, 4));
      return call(out, queue_declare, Fields().number(0, 2).text(queue).number(2, 1).number(0, 4));
    case exchange_declare_ok:
      return call(out, confirm_select, Fields().number(0, 1));
    case queue_declare_ok:
      return call(
          out, queue_bind,
          Fields().number(0, 2).text(queue).text(exchange).text("").number(0, 1).number(0, 4));
    case queue_bind_ok:
      return call(out, basic_qos, quality());
    case basic_qos_ok:
      if (peer.ready) return events().answered(peer);
      return call(out, basic_consume,
                  Fields().number(0, 2).text(queue).text("t").number(0, 1).number(0, 4));
    case basic_consume_ok:
    case confirm_select_ok:
      return events().ready(peer);
    case basic_deliver: {
      const auto tag_bytes = static_cast<std::uint8_t>(arguments[0]);
      peer.mark = number_in(arguments.substr(1 + tag_bytes, 8));
      return;
    }
    case basic_ack:
      return publisher_confirm(arguments);
    default:
      give_up("an unexpected AMQP method");
  }
}

void AmqpProtocol::publisher_confirm(std::string_view arguments) {
  const auto tag = number_in(arguments.substr(0, 8));
  const bool multiple = (arguments[8] & 1) != 0;
  for (auto each = multiple ? confirmed_ + 1 : tag; each <= tag; ++each)
    events().accepted(first_number_ + each - 1);
  if (multiple || tag == confirmed_ + 1) confirmed_ = tag;
}

void AmqpProtocol::publish(Peer& /*peer*/, std::uint64_t number, const std::string& alert,
                           std::string& out) {
  constexpr unsigned delivery_mode_given = 0x1000;
  constexpr unsigned persistent = 2;
  if (first_number_ == 0) first_number_ = number;
  call(out, basic_publish, Fields().number(0, 2).text(exchange).text("").number(0, 1));
  append_frame(out, header_frame, 1,
               Fields()
                   .number(60, 2)
                   .number(0, 2)
                   .number(alert.size(), 8)
                   .number(delivery_mode_given, 2)
                   .number(persistent, 1)
                   .bytes());
  append_frame(out, body_frame, 1, alert);
}

void AmqpProtocol::barrier(Peer& /*peer*/, std::string& out) { call(out, basic_qos, quality()); }

}  // namespace noroshi::bench
