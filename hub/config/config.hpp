// One immutable configuration: the file noroshi.toml, over it the environment, over it the
// command line.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/config/notify.hpp"
#include "proto/merkle/cosignature.hpp"
#include "proto/result.hpp"

namespace noroshi::config {

struct Config {
  std::filesystem::path data;        // the data directory
  std::string listen = "127.0.0.1";  // door 8443
  std::uint16_t port = 8443;         // 0 picks a free one
  // The mutual-TLS door; see door_for_certificates(). 0 picks a free one.
  std::optional<std::uint16_t> mtls_port;
  std::uint16_t admin_port = 9464;  // loopback: livez, readyz, metrics
  std::vector<std::string>
      hosts;            // what Host may say; always with localhost and the listen address
  unsigned shards = 1;  // threads that fan out
  std::size_t connections_max = 16000;
  // Who has not shown who they are yet: in all, and from one address (0: no limit).
  std::size_t strangers_max = 12000;
  std::size_t strangers_per_address_max = 8000;
  std::size_t connections_per_identity_max = 256;
  std::size_t handshakes_max = 256;  // in progress at once; the rest waits in the backlog
  // How often one identity (failures: one address) may do something; a rate of 0 is no limit.
  struct Rate {
    std::uint32_t per_second;
    std::uint32_t burst;  // at once, after a rest
  };
  Rate alerts{200, 2000};
  Rate reads{200, 2000};
  Rate streams{2, 60};
  Rate failures{20, 1000};
  std::size_t reads_at_once_max = 256;  // of all identities together
  // Of alerts over 32 kB being received, examined and committed, and of answers over 64 kB not
  // taken yet, of everybody; half of it only for those who have nothing there.
  std::size_t documents_bytes_max = 32u << 20;  // the journal's queue is twice that
  std::size_t answers_bytes_max = 64u << 20;
  std::size_t ring_bytes_max = 64u << 20;  // recent frames a shard keeps
  // Less free space than this in the data directory is an alarm; 0: none is.
  std::uint64_t disk_free_bytes_min = 1u << 30;
  std::vector<Notify> notify;      // whom to tell of alarms
  std::string log_level = "info";  // debug info warn error
  // What a person should confirm is asked (409 confirm.required), or only noted as a warning: for
  // sites where one publisher plays many.
  std::string confirmations = "ask";
  // Webhooks: addresses and networks that are called though they are not public, certificates that
  // are trusted beside the system's, the wait after the first failure and for how long there are
  // more.
  std::vector<std::string> webhook_private;
  std::filesystem::path webhook_ca;  // relative to `data`; empty: none
  std::chrono::seconds webhook_retry{5};
  std::chrono::hours webhook_give_up{72};

  // The feed of all live alerts, and the alerts it links to, are for anybody.
  bool feed_public = false;
  std::optional<std::uint16_t> feed_tcp_port;  // of the TCP feed; not set: there is none
  std::uint32_t feed_tcp_heartbeat_seconds = 60;

  std::vector<merkle::WitnessKey> witnesses;  // whose cosignatures of checkpoints are taken

  // How often a probe goes through every outlet; 0: never by itself.
  std::chrono::seconds probe_every{3600};

  [[nodiscard]] std::filesystem::path journal_file() const { return data / "journal.db"; }
  [[nodiscard]] std::filesystem::path view_file() const { return data / "view.db"; }
  [[nodiscard]] std::filesystem::path admin_socket() const { return data / "admin.sock"; }
  [[nodiscard]] std::filesystem::path certificate() const { return data / "tls" / "hub.pem"; }
  [[nodiscard]] std::filesystem::path key() const { return data / "tls" / "hub.key"; }
  [[nodiscard]] std::filesystem::path client_authority() const { return data / "tls" / "ca.pem"; }
  // `mtls_port`, or when that is not set the port above `port` (8444 beside 8443), so that several
  // hubs of one machine do not meet; a free one when `port` is to be picked too.
  [[nodiscard]] std::uint16_t door_for_certificates() const;
};

// Reads `data`/noroshi.toml. Every problem is found, not only the first: the error's detail has one
// line `file:line:column: what is wrong` for each, with code configuration. `environment` holds
// NOROSHI_… variables, which override keys of the same name (NOROSHI_PORT over `port`;
// NOROSHI_HOSTS separated by commas), and LANG or LC_ALL, which decide the language of the
// problems.
Result<Config> load(const std::filesystem::path& data,
                    const std::map<std::string, std::string>& environment);

// Adds what Host may always say: localhost, the loopback addresses, and `listen` unless it stands
// for every address. load() has done it; do it again after changing `listen`.
void admit_own_hosts(Config& config);

// The commented file that `init` writes: every key with its default; `hosts` is set when given.
std::string commented_defaults(const std::vector<std::string>& hosts = {});

}  // namespace noroshi::config
