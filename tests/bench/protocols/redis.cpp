#include "tests/bench/protocols/redis.hpp"

#include <charconv>
#include <utility>

#include "tests/bench/measure.hpp"

namespace noroshi::bench {

// A cursor over replies (RESP2); `whole()` turns false where one is not complete yet.
class RespReader {
 public:
  explicit RespReader(std::string_view bytes) : rest_(bytes), size_(bytes.size()) {}

  [[nodiscard]] bool whole() const { return whole_; }
  [[nodiscard]] std::size_t used() const { return size_ - rest_.size(); }
  [[nodiscard]] char kind() const { return rest_.front(); }

  std::string_view line() {
    const auto end = whole_ ? rest_.find("\r\n") : std::string_view::npos;
    whole_ = end != std::string_view::npos;
    if (!whole_) return {};
    const auto text = rest_.substr(0, end);
    rest_.remove_prefix(end + 2);
    return text;
  }
  std::size_t size() {  // of an array or a text
    const auto text = line();
    std::size_t value = 0;
    if (whole_) std::from_chars(text.data() + 1, text.data() + text.size(), value);
    return value;
  }
  std::string_view text() {
    const auto bytes = size();
    whole_ = whole_ && rest_.size() >= bytes + 2;
    if (!whole_) return {};
    const auto text = rest_.substr(0, bytes);
    rest_.remove_prefix(bytes + 2);
    return text;
  }

 private:
  std::string_view rest_;
  std::size_t size_;
  bool whole_ = true;
};

namespace {

constexpr std::size_t alerts_a_read_max = 64;

void append_words(std::string& out, const std::vector<std::string_view>& words) {
  out += "*" + std::to_string(words.size()) + "\r\n";
  for (const auto word : words) {
    out += "$" + std::to_string(word.size()) + "\r\n";
    out += word;
    out += "\r\n";
  }
}

}  // namespace

void RedisProtocol::opened(Peer& peer, std::string& out) {
  if (peer.role == Peer::Role::publisher) return append_words(out, {"PING"});
  peer.name = "g" + std::to_string(peer.number);
  append_words(out, {"XGROUP", "CREATE", "alerts", peer.name, "$", "MKSTREAM"});
}

void RedisProtocol::read_more(const Peer& peer, std::string& out) const {
  append_words(out, {"XREADGROUP", "GROUP", peer.name, "c", "COUNT", "64", "BLOCK", "0", "STREAMS",
                     "alerts", ">"});
}

std::size_t RedisProtocol::received(Peer& peer, std::string_view bytes, std::string& out) {
  std::size_t used = 0;
  while (used < bytes.size()) {
    RespReader reader(bytes.substr(used));
    const char kind = reader.kind();
    if (kind == '*') {
      if (!alerts(peer, reader, out)) return used;
    } else {
      const auto text = kind == '$' ? reader.text() : reader.line();
      if (!reader.whole()) return used;
      if (kind == '-') give_up("Redis said " + std::string(text));
      if (kind == '+' && !peer.ready) {
        events().ready(peer);
        if (peer.role == Peer::Role::subscriber) read_more(peer, out);
      }
      if (kind == '$') {  // of XADD
        events().accepted(awaiting_.front());
        awaiting_.pop_front();
      }
      if (kind == ':') acknowledged(peer);
    }
    used += reader.used();
  }
  return used;
}

// [[stream, [[id, [field, alert]] …]]]
bool RedisProtocol::alerts(Peer& peer, RespReader& reader, std::string& out) {
  reader.size();
  reader.size();
  reader.text();
  const auto count = reader.size();
  if (reader.whole() && count > alerts_a_read_max) give_up("more than was asked for");
  std::vector<std::string_view> words{"XACK", "alerts", peer.name};
  std::vector<std::string_view> documents;
  for (std::size_t i = 0; reader.whole() && i < count; ++i) {
    reader.size();
    words.push_back(reader.text());
    reader.size();
    reader.text();
    documents.push_back(reader.text());
  }
  if (!reader.whole()) return false;
  for (const auto document : documents) peer.mark = events().delivered(peer, document);
  peer.count = count;
  append_words(out, words);
  read_more(peer, out);
  return true;
}

// Alerts come in the order of their numbers, so the last one names them all.
void RedisProtocol::acknowledged(Peer& peer) {
  for (; peer.count > 0; --peer.count) events().confirmed(peer, peer.mark - peer.count + 1);
  if (std::exchange(peer.step, 0) == 1) events().answered(peer);
}

void RedisProtocol::publish(Peer& /*peer*/, std::uint64_t number, const std::string& alert,
                            std::string& out) {
  awaiting_.push_back(number);
  append_words(out, {"XADD", "alerts", "MAXLEN", "~", "10000", "*", "d", alert});
}

// A connection that waits for alerts answers nothing else: the answer to the last XACK has to do.
void RedisProtocol::barrier(Peer& peer, std::string& /*out*/) {
  if (peer.count == 0) return events().answered(peer);
  peer.step = 1;
}

}  // namespace noroshi::bench
