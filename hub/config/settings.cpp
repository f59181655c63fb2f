#include "hub/config/settings.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "hub/config/host_name.hpp"
#include "hub/config/near.hpp"

namespace noroshi::config {
namespace {

constexpr std::int64_t port_max = 65535;
constexpr std::int64_t mebibyte = 1 << 20;

std::optional<Wrong> take_listen(Config& config, const std::string& text) {
  if (!is_ip_address(text)) return Wrong::not_address;
  config.listen = text;
  return std::nullopt;
}

std::optional<Wrong> take_log_level(Config& config, const std::string& text) {
  constexpr std::array levels{"debug", "info", "warn", "error"};
  if (std::find(levels.begin(), levels.end(), text) == levels.end()) return Wrong::not_one_of;
  config.log_level = text;
  return std::nullopt;
}

std::optional<Wrong> add_host(Config& config, const std::string& text) {
  if (!is_ip_address(text) && !is_dns_name(text)) return Wrong::not_host;
  config.hosts.push_back(text);
  return std::nullopt;
}

std::optional<Wrong> take_confirmations(Config& config, const std::string& text) {
  if (text != "ask" && text != "note") return Wrong::not_one_of;
  config.confirmations = text;
  return std::nullopt;
}

// An address, or a network as 10.1.0.0/16.
std::optional<Wrong> add_webhook_private(Config& config, const std::string& text) {
  const auto slash = text.find('/');
  const auto address = text.substr(0, slash);
  const auto length = slash == std::string::npos ? std::string("0") : text.substr(slash + 1);
  const bool number = !length.empty() && length.size() <= 3 &&
                      length.find_first_not_of("0123456789") == std::string::npos;
  const int most = address.find(':') == std::string::npos ? 32 : 128;
  if (!is_ip_address(address) || !number || std::stoi(length) > most) return Wrong::not_address;
  config.webhook_private.push_back(text);
  return std::nullopt;
}

std::optional<Wrong> add_witness(Config& config, const std::string& text) {
  constexpr std::size_t witnesses_max = 16;
  auto key = merkle::WitnessKey::read(text);
  if (!key || config.witnesses.size() == witnesses_max) return Wrong::not_witness_key;
  config.witnesses.push_back(*std::move(key));
  return std::nullopt;
}

std::optional<Wrong> take_webhook_ca(Config& config, const std::string& text) {
  config.webhook_ca = text;
  return std::nullopt;
}

const auto table = std::to_array<Setting>({
    {"listen", Text{"", take_listen}},
    {"port", Integer{0, port_max,
                     [](Config& c, std::int64_t v) { c.port = static_cast<std::uint16_t>(v); }}},
    {"mtls_port",
     Integer{0, port_max,
             [](Config& c, std::int64_t v) { c.mtls_port = static_cast<std::uint16_t>(v); }}},
    {"admin_port",
     Integer{0, port_max,
             [](Config& c, std::int64_t v) { c.admin_port = static_cast<std::uint16_t>(v); }}},
    {"hosts", TextList{[](Config& c) { c.hosts.clear(); }, add_host}},
    {"shards",
     Integer{1, 64, [](Config& c, std::int64_t v) { c.shards = static_cast<unsigned>(v); }}},
    {"connections_max",
     Integer{1, 1'000'000,
             [](Config& c, std::int64_t v) { c.connections_max = static_cast<std::size_t>(v); }}},
    {"strangers_max",
     Integer{1, 1'000'000,
             [](Config& c, std::int64_t v) { c.strangers_max = static_cast<std::size_t>(v); }}},
    {"strangers_per_address_max",
     Integer{0, 1'000'000,
             [](Config& c,
                std::int64_t v) { c.strangers_per_address_max = static_cast<std::size_t>(v); }}},
    {"connections_per_identity_max",
     Integer{1, 1'000'000,
             [](Config& c,
                std::int64_t v) { c.connections_per_identity_max = static_cast<std::size_t>(v); }}},
    {"handshakes_max",
     Integer{1, 4096,
             [](Config& c, std::int64_t v) { c.handshakes_max = static_cast<std::size_t>(v); }}},
    {"alerts_per_second",
     Integer{
         0, 1'000'000,
         [](Config& c, std::int64_t v) { c.alerts.per_second = static_cast<std::uint32_t>(v); }}},
    {"alerts_burst",
     Integer{1, 1'000'000,
             [](Config& c, std::int64_t v) { c.alerts.burst = static_cast<std::uint32_t>(v); }}},
    {"reads_per_second",
     Integer{
         0, 1'000'000,
         [](Config& c, std::int64_t v) { c.reads.per_second = static_cast<std::uint32_t>(v); }}},
    {"reads_burst",
     Integer{1, 1'000'000,
             [](Config& c, std::int64_t v) { c.reads.burst = static_cast<std::uint32_t>(v); }}},
    {"streams_per_second",
     Integer{
         0, 1'000'000,
         [](Config& c, std::int64_t v) { c.streams.per_second = static_cast<std::uint32_t>(v); }}},
    {"streams_burst",
     Integer{1, 1'000'000,
             [](Config& c, std::int64_t v) { c.streams.burst = static_cast<std::uint32_t>(v); }}},
    {"failures_per_second",
     Integer{
         0, 1'000'000,
         [](Config& c, std::int64_t v) { c.failures.per_second = static_cast<std::uint32_t>(v); }}},
    {"failures_burst",
     Integer{1, 1'000'000,
             [](Config& c, std::int64_t v) { c.failures.burst = static_cast<std::uint32_t>(v); }}},
    {"reads_at_once_max",
     Integer{1, 4096,
             [](Config& c, std::int64_t v) { c.reads_at_once_max = static_cast<std::size_t>(v); }}},
    {"documents_bytes_max",
     Integer{
         4 * mebibyte, 65536 * mebibyte,
         [](Config& c, std::int64_t v) { c.documents_bytes_max = static_cast<std::size_t>(v); }}},
    {"answers_bytes_max",
     Integer{4 * mebibyte, 65536 * mebibyte,
             [](Config& c, std::int64_t v) { c.answers_bytes_max = static_cast<std::size_t>(v); }}},
    {"ring_bytes_max",
     Integer{mebibyte, 4096 * mebibyte,
             [](Config& c, std::int64_t v) { c.ring_bytes_max = static_cast<std::size_t>(v); }}},
    {"confirmations", Text{"ask, note", take_confirmations}},
    {"probe_every",
     Integer{0, 86'400,
             [](Config& c, std::int64_t v) { c.probe_every = std::chrono::seconds(v); }}},
    {"feed_public", Flag{[](Config& c, bool v) { c.feed_public = v; }}},
    {"feed_tcp_port",
     Integer{0, port_max,
             [](Config& c, std::int64_t v) { c.feed_tcp_port = static_cast<std::uint16_t>(v); }}},
    {"feed_tcp_heartbeat_seconds",
     Integer{1, 60,
             [](Config& c,
                std::int64_t v) { c.feed_tcp_heartbeat_seconds = static_cast<std::uint32_t>(v); }}},
    {"webhook_private",
     TextList{[](Config& c) { c.webhook_private.clear(); }, add_webhook_private}},
    {"webhook_ca", Text{"", take_webhook_ca}},
    {"webhook_retry_seconds",
     Integer{1, 3600,
             [](Config& c, std::int64_t v) { c.webhook_retry = std::chrono::seconds(v); }}},
    {"webhook_give_up_hours",
     Integer{0, 24 * 30,
             [](Config& c, std::int64_t v) { c.webhook_give_up = std::chrono::hours(v); }}},
    {"witnesses", TextList{[](Config& c) { c.witnesses.clear(); }, add_witness}},
    {"disk_free_bytes_min",
     Integer{
         0, std::int64_t{1} << 50,
         [](Config& c, std::int64_t v) { c.disk_free_bytes_min = static_cast<std::uint64_t>(v); }}},
    {"log_level", Text{"debug, info, warn, error", take_log_level}},
});

}  // namespace

std::span<const Setting> settings() { return table; }

const Setting* setting(std::string_view key) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Setting& s) { return s.key == key; });
  return found == table.end() ? nullptr : &*found;
}

std::string_view nearest_key(std::string_view unknown) {
  std::vector<std::string_view> known{"notify"};
  for (const auto& setting : table) known.push_back(setting.key);
  return nearest(unknown, known);
}

}  // namespace noroshi::config
