#include "tests/bench/protocols/nats.hpp"

#include <algorithm>
#include <charconv>

#include "tests/bench/measure.hpp"

namespace noroshi::bench {
namespace {

enum Step { greeted_not = 0, asked = 1, pinged = 2 };

void append_publish(std::string& out, std::string_view subject, std::string_view reply,
                    std::string_view body) {
  out += "PUB ";
  out += subject;
  out += ' ';
  if (!reply.empty()) (out += reply) += ' ';
  out += std::to_string(body.size());
  out += "\r\n";
  out += body;
  out += "\r\n";
}

std::uint64_t number_in(std::string_view text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const auto end = std::min(line.find(' '), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

constexpr std::string_view stream_wanted =
    R"({"name":"ALERTS","subjects":["alert.>"],"retention":"limits","max_consumers":-1,)"
    R"("max_msgs":200000,"max_bytes":-1,"max_age":0,"max_msg_size":-1,"storage":"file",)"
    R"("discard":"old","num_replicas":1,"duplicate_window":120000000000})";

std::string consumer_wanted(const std::string& number) {
  return R"({"stream_name":"ALERTS","config":{"durable_name":"d)" + number +
         R"(","deliver_subject":"deliver.)" + number +
         R"(","deliver_policy":"new","ack_policy":"all","ack_wait":120000000000,)"
         R"("max_ack_pending":1000,"replay_policy":"instant"}})";
}

}  // namespace

void NatsProtocol::opened(Peer& peer, std::string& /*out*/) { peer.step = greeted_not; }

// After the server's INFO.
void NatsProtocol::enter(Peer& peer, std::string& out) {
  peer.step = asked;
  out += R"(CONNECT {"verbose":false,"pedantic":false,"tls_required":false,"headers":true,)"
         R"("no_responders":true,"lang":"bench","version":"1","protocol":1})"
         "\r\n";
  if (peer.role == Peer::Role::publisher) {
    out += "SUB answer.* answer\r\n";
    return append_publish(out, "$JS.API.STREAM.CREATE.ALERTS", "answer.0", stream_wanted);
  }
  const auto number = std::to_string(peer.number);
  out += "SUB deliver." + number + " alert\r\nSUB created." + number + " answer\r\n";
  append_publish(out, "$JS.API.CONSUMER.DURABLE.CREATE.ALERTS.d" + number, "created." + number,
                 consumer_wanted(number));
}

std::size_t NatsProtocol::received(Peer& peer, std::string_view bytes, std::string& out) {
  std::size_t used = 0;
  peer.name.clear();
  while (true) {
    const auto end = bytes.find("\r\n", used);
    if (end == std::string_view::npos) break;
    const auto text = bytes.substr(used, end - used);
    if (!text.starts_with("MSG ") && !text.starts_with("HMSG ")) {
      line(peer, text, out);
      used = end + 2;
      continue;
    }
    const auto size = number_in(text.substr(text.rfind(' ') + 1));
    if (bytes.size() - end - 2 < size + 2) break;
    message(peer, text, bytes.substr(end + 2, size), out);
    used = end + 2 + size + 2;
  }
  if (!peer.name.empty()) append_publish(out, peer.name, "", "+ACK");
  return used;
}

void NatsProtocol::line(Peer& peer, std::string_view text, std::string& out) {
  if (text.starts_with("INFO") && peer.step == greeted_not) return enter(peer, out);
  if (text == "PING") out += "PONG\r\n";
  if (text == "PONG") return peer.ready ? events().answered(peer) : events().ready(peer);
  if (text.starts_with("-ERR")) give_up("the NATS server said " + std::string(text));
}

// head: [H]MSG subject subscription [reply] … size
void NatsProtocol::message(Peer& peer, std::string_view head, std::string_view body,
                           std::string& out) {
  const auto words = words_of(head);
  if (words[2] == "alert") {
    events().delivered(peer, body);
    peer.name = words[3];  // where the acknowledgement goes
    return;
  }
  if (words[0] == "HMSG" || body.find("\"error\"") != std::string_view::npos)
    give_up("the NATS server refused: " + std::string(body));
  if (peer.step == asked) {
    peer.step = pinged;
    out += "PING\r\n";
  } else {
    events().accepted(number_in(words[1].substr(words[1].find('.') + 1)));
  }
}

void NatsProtocol::publish(Peer& /*peer*/, std::uint64_t number, const std::string& alert,
                           std::string& out) {
  append_publish(out, "alert.x", "answer." + std::to_string(number), alert);
}

void NatsProtocol::barrier(Peer& /*peer*/, std::string& out) { out += "PING\r\n"; }

}  // namespace noroshi::bench
