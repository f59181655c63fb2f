#include "tests/bench/protocols/bare.hpp"

#include "tests/bench/measure.hpp"
#include "tests/bench/protocols/bare_record.hpp"
#include "tests/bench/protocols/frames.hpp"

namespace noroshi::bench {
namespace {

using Kind = BareRecord::Kind;

void append(std::string& out, const BareRecord& record, std::string_view alert = {}) {
  append_client_frame(out, FrameKind::binary, std::string(record.head()) + std::string(alert));
}

}  // namespace

void BareProtocol::opened(Peer& peer, std::string& out) {
  peer.step = 0;
  out += upgrade_request("/", "", "");
}

std::size_t BareProtocol::received(Peer& peer, std::string_view bytes, std::string& out) {
  std::size_t used = 0;
  if (peer.step == 0) {
    const auto head_end = bytes.find("\r\n\r\n");
    if (head_end == std::string_view::npos) return 0;
    used = head_end + 4;
    peer.step = 1;
    const bool publishes = peer.role == Peer::Role::publisher;
    append(out, {publishes ? Kind::enter : Kind::subscribe, 0, 0});
  }
  bool alerted = false;
  while (const auto frame = whole_frame(bytes.substr(used))) {
    const auto payload = bytes.substr(used + frame->head_bytes, frame->payload_bytes);
    used += frame->bytes();
    if (frame->kind == FrameKind::pong)
      events().answered(peer);
    else
      alerted |= record(peer, payload);
  }
  if (alerted) append(out, {Kind::ack, 0, peer.mark});
  return used;
}

bool BareProtocol::record(Peer& peer, std::string_view text) {
  const auto record = BareRecord::from(text);
  switch (record.kind) {
    case Kind::welcome:
      events().ready(peer);
      return false;
    case Kind::accepted:
      events().accepted(record.sequence);
      return false;
    case Kind::alert:
      peer.mark = record.sequence;
      events().delivered(peer, text.substr(sizeof record));
      return true;
    default:
      give_up("an unknown record");
  }
}

void BareProtocol::publish(Peer& /*peer*/, std::uint64_t number, const std::string& alert,
                           std::string& out) {
  append(out, {Kind::publish, static_cast<std::uint32_t>(alert.size()), number}, alert);
}

void BareProtocol::barrier(Peer& /*peer*/, std::string& out) {
  append_client_frame(out, FrameKind::ping, "");
}

}  // namespace noroshi::bench
