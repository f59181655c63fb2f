#include "tests/bench/protocols/hub_events.hpp"

#include <charconv>

#include "tests/bench/measure.hpp"

namespace noroshi::bench {
namespace {

// What is between `before` and the next `after` behind it.
std::string_view between(std::string_view text, std::string_view before, std::string_view after) {
  const auto at = text.find(before);
  if (at == std::string_view::npos) return {};
  const auto begun = text.substr(at + before.size());
  return begun.substr(0, begun.find(after));
}

// The hexadecimal digits at the end of "bench-<time>-<process>-<number>".
std::uint64_t number_in(std::string_view identifier) {
  const auto digits = identifier.substr(identifier.rfind('-') + 1);
  std::uint64_t number = 0;
  const auto* const end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, number, 16);
  if (digits.empty() || error != std::errc() || stopped != end)
    give_up("an alert of another bench: " + std::string(identifier));
  return number;
}

}  // namespace

std::string HubEventsProtocol::entrance(const std::string& token) const {
  return "GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
         "Authorization: Bearer " +
         token + "\r\n\r\n";
}

void HubEventsProtocol::barrier(Peer& /*peer*/, std::string& /*out*/) {
  give_up("nothing answers a barrier on server-sent events");
}

std::size_t HubEventsProtocol::stream(Peer& peer, std::string_view bytes, std::string& /*out*/) {
  std::size_t used = 0;
  if (peer.step == 0) {
    const auto head_end = bytes.find("\r\n\r\n");
    if (head_end == std::string_view::npos) return 0;
    if (!bytes.starts_with("HTTP/1.1 200")) give_up("the hub answered " + std::string(bytes));
    used = head_end + 4;
    peer.step = 1;
  }
  for (;;) {
    const auto rest = bytes.substr(used);
    const auto end = rest.find("\n\n");
    if (end == std::string_view::npos) return used;
    event(peer, rest.substr(0, end));
    used += end + 2;
  }
}

void HubEventsProtocol::event(Peer& peer, std::string_view text) {
  const auto name = between(text, "event: ", "\n");
  if (name == "welcome") return events().ready(peer);
  if (name == "delivery")
    return events().delivered(peer, number_in(between(text, "\"identifier\":\"", "\"")));
  if (!name.empty() && name != "probe") give_up("the hub sent " + std::string(text));
}

}  // namespace noroshi::bench
