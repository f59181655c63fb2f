// Whatever a subscriber sends once its connection is upgraded: frames, protobuf or JSON, the
// stream's rules and the shard behind it. The TLS handshake never happens, so what the hub says
// stays queued.
//
// Input: the first byte chooses. Bit 0 clear: the rest is what the wire carries. Set: pieces of a
// length byte and as many bytes, each the payload of a message; a length of 0 is a new alert. Bit
// 1: the subprotocol is the one in JSON.
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/delivery/shard.hpp"
#include "hub/outlets/stream.hpp"
#include "proto/wire/tls.hpp"
#include "tests/unit/hub/drills/channels.hpp"

namespace {

using namespace noroshi;

constexpr std::uint64_t epoch = 7;
constexpr std::int64_t now_ms = 1'795'316'400'000;
constexpr std::size_t queued_bytes_max = 64 * 1024 + 4096;  // the stream's bound and one alert

void require(bool holds) {
  if (!holds) std::abort();
}

class Nobody : public journal::Judge {
  void apply(const v1::Entry&) override {}
  journal::Decision decide(const journal::Proposal&, journal::Sequence, std::int64_t) override {
    return journal::Refuse{};
  }
};

// Takes reads and acknowledgements and never answers: it is not started.
journal::JournalThread& silent_journal() {
  static Nobody judge;
  static journal::JournalThread journal(
      journal::open_memory(epoch, "fuzz", judge, [] { return now_ms; }), {}, [](const Error&) {});
  return journal;
}

const wire::TlsContext& context() {
  static const wire::TlsContext context = *wire::TlsContext::client(std::nullopt);
  return context;
}

// A shard without a thread, its log, and the subscriber `tv` on a stream.
class Peer {
 public:
  explicit Peer(outlets::Subprotocol subprotocol) {
    v1::EntryBody subscriber;
    subscriber.mutable_subscriber_registered()->set_id("tv");
    subscriber.mutable_subscriber_registered()->add_areas("36");
    append(subscriber);
    v1::EntryBody token;
    token.mutable_token_issued()->set_kind(v1::TokenIssued::SUBSCRIBER);
    token.mutable_token_issued()->set_id("tv");
    const auto hash = journal::content_hash("secret");
    token.mutable_token_issued()->set_token_sha256(hash.data(), hash.size());
    append(token);
    registry::Registry registry;
    for (const auto& stored : log_) registry.apply(stored->entry);
    alert();

    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    boost::asio::ip::tcp::socket socket(shard_.context());
    socket.assign(boost::asio::ip::tcp::v4(), descriptor);
    connection_ = std::make_shared<wire::Connection>(
        std::move(socket), wire::TlsChannel::connecting(context(), descriptor, "hub.test"));
    stream_ = std::make_shared<outlets::Stream>(shard_, readings_, subprotocol, connection_,
                                                *registry.principal_of("secret"));
    shard_.welcome(stream_);
  }

  ~Peer() {
    stream_->on_closed({});
    readings_.stop();
    shard_.context().poll();
  }

  void say(std::string_view bytes) {
    stream_->on_bytes(std::as_bytes(std::span(bytes)));
    settle();
  }

  void alert() {
    v1::EntryBody body;
    auto& alert = *body.mutable_alert_accepted();
    alert.set_publisher("relay");
    drills::testing::live().mark(alert);
    alert.mutable_summary()->set_status("Actual");
    alert.mutable_summary()->set_identifier(std::to_string(log_.size()));
    alert.mutable_summary()->set_message_type("Alert");
    alert.add_routing()->add_area_codes("362018");
    append(body);
    settle();
  }

 private:
  void append(const v1::EntryBody& body) {
    auto stored = std::make_shared<journal::Stored>();
    stored->sequence = log_.size() + 1;
    stored->entry.set_sequence(stored->sequence);
    stored->entry.set_at_ms(now_ms);
    *stored->entry.mutable_body() = body;
    stored->content = std::make_shared<const std::string>("<alert/>");
    log_.push_back(std::move(stored));
    shard_.entries(std::make_shared<const std::vector<journal::StoredPtr>>(1, log_.back()));
  }

  void settle() {
    shard_.context().restart();
    shard_.context().poll();
    if (stream_ != nullptr) stream_->tick(std::chrono::steady_clock::now());
    require(connection_ == nullptr || connection_->queued_bytes() <= queued_bytes_max);
    for (const auto& state : shard_.states(drills::testing::live())) {
      require(state.acknowledged <= state.position);
      require(state.position <= log_.size());
    }
  }

  outlets::Readings readings_;
  delivery::Shard shard_{silent_journal(), {}, epoch, "fuzz", 1u << 20, [] { return now_ms; }};
  std::vector<journal::StoredPtr> log_;
  std::shared_ptr<wire::Connection> connection_;
  std::shared_ptr<outlets::Stream> stream_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto subprotocol =
      data[0] % 4 < 2 ? outlets::Subprotocol::protobuf : outlets::Subprotocol::json;
  Peer peer(subprotocol);
  if (data[0] % 2 == 0) {
    peer.say(rest);
    return 0;
  }
  while (!rest.empty()) {
    const auto length = static_cast<std::uint8_t>(rest.front());
    rest.remove_prefix(1);
    const auto payload = rest.substr(0, length);
    rest.remove_prefix(payload.size());
    if (length == 0)
      peer.alert();
    else
      peer.say(wire::client_frame(outlets::opcode_of(subprotocol), payload, {}));
  }
  return 0;
}
